import type { Limits, Pace, Window } from '../ledger';
import { type Policy, policies, type Rules } from '../policy';
import { Foreign } from './foreign';
import { pacing, spacing } from './pacing';
import { Spent } from './spent';

/** Milliseconds for each call where five at once go as fast as they can, for a forecast. */
const usually = 40;

/** A window with its number, and what somebody else takes of it. */
export interface Counted extends Window {
    readonly index: number;
    readonly foreign: Foreign;
}

/** The windows with what is used of each: when there is room again, and how far apart patient calls go. */
export class CountedWindows {
    readonly spent: Spent;
    readonly all: readonly Counted[];
    readonly #margin: number;
    readonly #running: () => number;
    readonly #policy: () => Policy;
    /** Whether others send just now, so that what is known of them is a moment old. */
    crowded = false;

    /** `running`: requests on their way; they count like those that have finished. */
    constructor(allowed: Limits, running: () => number, policy: () => Policy) {
        this.spent = new Spent(allowed);
        this.all = allowed.windows.map((window, index) => ({ ...window, index, foreign: new Foreign(window) }));
        this.#margin = allowed.margin;
        this.#running = running;
        this.#policy = policy;
    }

    used({ index }: Counted): number {
        return this.#running() + this.spent.in(index);
    }

    /** Milliseconds until every window has room; `Infinity` where that hangs on requests which still run. */
    wait(pace: Pace, now: number): number {
        return Math.max(...this.all.map((window) => this.#waitFor(window, pace, now)));
    }

    /** Milliseconds between two patient calls. */
    gap(now: number): number {
        const [shortest] = this.all;
        const longest = this.all.at(-1);
        if (!shortest || !longest) return 0;
        const room = Math.max(1, this.#room(longest, 'patient', now));
        const margin = this.#margin;
        const known = { window: longest, index: longest.index, used: this.used(longest), room, margin };
        const even = spacing(shortest, Math.max(1, this.#room(shortest, 'patient', now)), margin);
        return Math.max(
            this.#rulesFor(shortest, now).spaced ? even : 0,
            pacing(known, this.spent, this.#rulesFor(longest, now), now),
        );
    }

    /** About how many milliseconds until so many calls have had their permits; `paced`: when the last patient one had. */
    forecast(pace: Pace, ahead: number, paced: number, now: number): number {
        const returns = Math.max(...this.all.map((window) => this.#returnOf(window, pace, ahead, now)));
        return pace === 'patient' ? Math.max(returns, this.#turns(ahead, paced, now)) : returns;
    }

    /** How many permits of a window a call may find used and still go. */
    #room(window: Counted, pace: Pace, now: number): number {
        const { reserve } = policies[this.#policy()];
        const own = pace === 'urgent' ? window.limit : Math.floor(window.limit * (1 - reserve));
        // What somebody may have learned wrongly never stops everything; what was surely spent does.
        return Math.max(0, Math.max(1, own - window.foreign.learnedAt(now)) - window.foreign.certainAt(now));
    }

    #waitFor(window: Counted, pace: Pace, now: number): number {
        const excess = this.used(window) - this.#room(window, pace, now);
        if (excess < 0) return 0;
        // Whichever comes first: a permit of ours, or one that was left to somebody else.
        const back = this.spent.backAt(window.index, excess) ?? Infinity;
        return Math.min(back - now, window.foreign.fades(excess + 1, now));
    }

    /** Full speed would run into the wall where somebody else uses the token too: nobody knows where it stands. */
    #rulesFor(window: Counted, now: number): Rules {
        return this.crowded || window.foreign.at(now) > 0 ? policies.steady : policies[this.#policy()];
    }

    #returnOf(window: Counted, pace: Pace, ahead: number, now: number): number {
        const nth = ahead - (this.#room(window, pace, now) - this.used(window));
        if (nth < 0) return 0;
        const rounds = Math.floor(nth / window.limit);
        const later = nth % window.limit;
        const unsent = now + window.span + this.#margin + later * usually;
        const back = this.spent.backAt(window.index, later) ?? unsent;
        return rounds * window.span + back - now;
    }

    /** The first calls after a quiet time go at full speed, the others evenly. */
    #turns(ahead: number, paced: number, now: number): number {
        const longest = this.all.at(-1);
        if (!longest) return 0;
        const gap = this.gap(now);
        const quick = Math.max(0, this.#rulesFor(longest, now).burst * longest.limit - this.used(longest));
        const slow = Math.max(gap, spacing(longest, Math.max(1, this.#room(longest, 'patient', now)), this.#margin));
        const turns = Math.min(ahead, quick) * gap + Math.max(0, ahead - quick) * slow;
        return Math.max(0, paced + gap - now) + turns;
    }
}
