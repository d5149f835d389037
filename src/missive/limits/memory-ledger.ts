import { Foreign } from './foreign';
import {
    type Grant,
    type Ledger,
    type LedgerState,
    type Limits,
    limits,
    type Pace,
    type Permit,
    type Spending,
    shareOf,
    type Window,
} from './ledger';
import { pacing, spacing } from './pacing';
import { type Policy, policies, type Rules } from './policy';
import { Spent } from './spent';

/** Milliseconds for each call where five at once go as fast as they can, for a forecast. */
const usually = 40;

/** A window with its number, and what somebody else takes of it. */
interface Counted extends Window {
    readonly index: number;
    readonly foreign: Foreign;
}

/**
 * Exact sliding windows in memory. A permit counts from its grant until a window and a margin after its request
 * *finished*: whichever instant in between Missive takes for the request's, and whether its own windows slide, are
 * fixed or are a bucket, it never sees too many.
 */
export class MemoryLedger implements Ledger {
    policy: Policy = 'balanced';
    wake: (() => void) | undefined;
    changed: (() => void) | undefined;
    readonly #limits: Limits;
    readonly #instances: number;
    readonly #windows: readonly Counted[];
    readonly #spent: Spent;
    readonly #inFlight = new Set<Permit>();
    #heldUntil = 0;
    /** After a hold: the request that goes ahead; `next` while it has not started. */
    #probe: Permit | 'next' | undefined;
    /** When the last patient call got its permit. */
    #paced = -Infinity;

    /** Keeps to an equal part of the limits where several instances share them. */
    constructor(of: Limits = limits, instances = 1) {
        const allowed = instances > 1 ? shareOf(of, instances) : of;
        this.#instances = instances;
        this.#limits = allowed;
        this.#windows = allowed.windows.map((window, index) => ({ ...window, index, foreign: new Foreign(window) }));
        this.#spent = new Spent(allowed);
    }

    acquire(pace: Pace = 'urgent'): Grant {
        const now = performance.now();
        this.#spent.forget(now);
        if (now < this.#heldUntil) return { wait: this.#heldUntil - now };
        if (typeof this.#probe === 'symbol' || this.#inFlight.size >= this.#limits.inFlight) return { wait: Infinity };
        const wait = Math.max(...this.#windows.map((window) => this.#waitFor(window, pace, now)));
        if (wait > 0) return { wait };
        if (pace === 'patient') {
            const turn = this.#paced + this.#gap(now);
            if (now < turn) return { wait: turn - now };
            this.#paced = now;
        }
        const permit = Symbol('permit');
        this.#inFlight.add(permit);
        if (this.#probe === 'next') this.#probe = permit;
        this.changed?.();
        return { permit };
    }

    release(permit: Permit): void {
        if (!this.#inFlight.delete(permit)) return;
        this.#spent.add(performance.now());
        if (this.#probe === permit) this.#probe = undefined;
        this.changed?.();
    }

    refund(permit: Permit): void {
        this.#inFlight.delete(permit);
        // Missive has not been asked, so the next one is the probe.
        if (this.#probe === permit) this.#probe = 'next';
    }

    hold(ms: number, limit?: number): void {
        const now = performance.now();
        this.#heldUntil = Math.max(this.#heldUntil, now + ms);
        this.#probe = 'next';
        this.#spent.forget(now);
        for (const window of this.#windows)
            if (window.limit === limit) window.foreign.learn(Math.max(0, window.limit - this.#used(window)), now);
        this.changed?.();
    }

    /** Nobody knows what was spent: nine tenths of everything are left free at first, and come back by and by. */
    doubt(): void {
        const now = performance.now();
        for (const window of this.#windows) window.foreign.learn(0.9 * window.limit, now);
    }

    /** So many of this window were spent by others until then. */
    know(window: number, permits: number, since = performance.now()): void {
        const counted = this.#windows[window];
        counted?.foreign.knows(permits, since + counted.span + this.#limits.margin);
    }

    spending(): Spending {
        const now = performance.now();
        this.#spent.forget(now);
        const finished = this.#spent.all.map((at) => now - at);
        return { finished, inFlight: this.#inFlight.size, held: Math.max(0, this.#heldUntil - now) };
    }

    recall({ finished, inFlight, held }: Spending): void {
        const now = performance.now();
        for (const age of finished) this.#spent.add(now - Math.max(0, age));
        // Nobody will say when these have ended.
        for (let at = 0; at < inFlight; at++) this.#spent.add(now);
        if (held > 0) this.hold(held);
    }

    forecast(pace: Pace, ahead: number): number {
        const now = performance.now();
        this.#spent.forget(now);
        const waits = this.#windows.map((window) => this.#returnOf(window, pace, ahead, now));
        if (pace === 'patient') waits.push(this.#pacedFor(ahead, now));
        return Math.max(this.#heldUntil - now, ...waits, 0);
    }

    state(): LedgerState {
        const now = performance.now();
        this.#spent.forget(now);
        const windows = this.#windows.map((window) => ({
            limit: window.limit,
            span: window.span,
            used: this.#used(window),
        }));
        const sharing = this.#instances > 1 ? 'parted' : 'alone';
        return {
            sharing,
            instances: this.#instances,
            inFlight: this.#inFlight.size,
            windows,
            held: Math.max(0, this.#heldUntil - now),
        };
    }

    #used({ index }: Counted): number {
        return this.#inFlight.size + this.#spent.in(index);
    }

    /** How many permits of a window a call may find used and still go. */
    #room(window: Counted, pace: Pace, now: number): number {
        const { reserve } = policies[this.policy];
        const own = pace === 'urgent' ? window.limit : Math.floor(window.limit * (1 - reserve));
        return Math.max(1, own - window.foreign.at(now));
    }

    /** Milliseconds until this window has room; `Infinity` where that hangs on requests which still run. */
    #waitFor(window: Counted, pace: Pace, now: number): number {
        const excess = this.#used(window) - this.#room(window, pace, now);
        if (excess < 0) return 0;
        // Whichever comes first: a permit of ours, or one that was left to somebody else.
        const back = this.#spent.backAt(window.index, excess) ?? Infinity;
        return Math.min(back - now, window.foreign.fades(excess + 1, now));
    }

    /** Full speed would run into the wall where somebody else uses the token too: nobody knows where it stands. */
    #rulesFor(window: Counted, now: number): Rules {
        return window.foreign.at(now) > 0 ? policies.steady : policies[this.policy];
    }

    /** Milliseconds between two patient calls. */
    #gap(now: number): number {
        const [shortest] = this.#windows;
        const longest = this.#windows.at(-1);
        if (!shortest || !longest) return 0;
        const { margin } = this.#limits;
        const room = this.#room(longest, 'patient', now);
        const known = { window: longest, index: longest.index, used: this.#used(longest), room, margin };
        const even = spacing(shortest, this.#room(shortest, 'patient', now), margin);
        return Math.max(
            this.#rulesFor(shortest, now).spaced ? even : 0,
            pacing(known, this.#spent, this.#rulesFor(longest, now), now),
        );
    }

    #returnOf(window: Counted, pace: Pace, ahead: number, now: number): number {
        const nth = ahead - (this.#room(window, pace, now) - this.#used(window));
        if (nth < 0) return 0;
        const rounds = Math.floor(nth / window.limit);
        const later = nth % window.limit;
        const unsent = now + window.span + this.#limits.margin + later * usually;
        const back = this.#spent.backAt(window.index, later) ?? unsent;
        return rounds * window.span + back - now;
    }

    /** The first calls after a quiet time go at full speed, the others evenly. */
    #pacedFor(ahead: number, now: number): number {
        const longest = this.#windows.at(-1);
        if (!longest) return 0;
        const gap = this.#gap(now);
        const quick = Math.max(0, this.#rulesFor(longest, now).burst * longest.limit - this.#used(longest));
        const slow = Math.max(gap, spacing(longest, this.#room(longest, 'patient', now), this.#limits.margin));
        const turns = Math.min(ahead, quick) * gap + Math.max(0, ahead - quick) * slow;
        return Math.max(0, this.#paced + gap - now) + turns;
    }
}
