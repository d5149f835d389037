import type { LedgerState, Limits, Pace, Sharing } from '../ledger';
import type { Reply } from './connection';

/** The longest wait before asking again, should no news come through. */
export const poll = 1000;

/** Milliseconds for a call, for a forecast. */
const usually = 200;

/** What a program may take should Redis be lost: of each window, and of how many programs it is one. */
export interface Promised {
    readonly windows: readonly number[];
    readonly clients: number;
}

/** What Redis has told last, and a pause that it may forget: an answer 429 is kept here, whatever becomes of it there. */
export class Known {
    readonly #allowed: Limits;
    #reply: Reply;
    #at = 0;
    #heldUntil = 0;
    /** When Redis began to know of this limiter. */
    #born: number | undefined;
    #promise: Promised | undefined;

    constructor(allowed: Limits, clients: number) {
        this.#allowed = allowed;
        this.#reply = {
            granted: false,
            wait: 0,
            inFlight: 0,
            used: [0, 0],
            gap: 0,
            held: 0,
            clients,
            age: 0,
            born: 0,
            promised: undefined,
            missing: [],
        };
    }

    get clients(): number {
        return this.#reply.clients;
    }

    /** Kept free in Redis for this program; `undefined` where it was never told. */
    get promise(): Promised | undefined {
        return this.#promise;
    }

    get used(): readonly number[] {
        return this.#reply.used;
    }

    /** Milliseconds that the pause after a 429 still lasts. */
    get held(): number {
        return Math.max(0, this.#heldUntil - performance.now());
    }

    hold(ms: number): void {
        this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    }

    /** Whether Redis knows of this limiter only since later than before: something was thrown away. Told only once. */
    isReborn({ born }: Reply): boolean {
        const isReborn = this.#born !== undefined && born !== this.#born;
        this.#born = born;
        return isReborn;
    }

    learn(reply: Reply): void {
        const { promised, clients } = reply;
        if (promised) this.#promise = { windows: promised, clients };
        this.#reply = reply;
        this.#at = performance.now();
        this.hold(reply.held);
    }

    forecast(pace: Pace, ahead: number): number {
        const { wait, gap } = this.#reply;
        const next = Math.max(this.held, (wait === Infinity ? poll : wait) - (performance.now() - this.#at));
        const longest = this.#allowed.windows.at(-1);
        const each = pace === 'patient' ? Math.max(gap, usually) : usually;
        const rounds = longest ? Math.floor(ahead / longest.limit) * longest.span : 0;
        return Math.max(0, next) + Math.max(ahead * each, rounds);
    }

    state(sharing: Sharing): LedgerState {
        const { clients, inFlight, used } = this.#reply;
        const windows = this.#allowed.windows.map((window, at) => ({ ...window, used: used[at] ?? 0 }));
        return { sharing, instances: clients, inFlight, windows, held: this.held };
    }
}
