import type { Policy } from './policy';

/** At most `limit` requests within any `span` milliseconds. */
export interface Window {
    readonly limit: number;
    readonly span: number;
}

/** What is allowed to one token, or to a part of those who use it. */
export interface Limits {
    readonly inFlight: number;
    readonly windows: readonly Window[];
    /** Kept on top of each window, in milliseconds: clocks differ a little, and an answer takes its way back. */
    readonly margin: number;
}

/** What Missive allows to one token. */
export const limits = {
    inFlight: 5,
    windows: [
        { limit: 300, span: 60_000 },
        { limit: 900, span: 900_000 },
    ],
    margin: 1000,
} as const satisfies Limits;

/** An equal part of the limits for each of several programs which cannot see one another; more than five at once is no part of five. */
export const shareOf = (of: Limits, instances: number): Limits => ({
    ...of,
    inFlight: Math.max(1, Math.floor(of.inFlight / instances)),
    windows: of.windows.map(({ limit, span }) => ({ limit: Math.max(1, Math.floor(limit / instances)), span })),
});

/** The right to send one request; a thing of its own so that it cannot be given back twice. */
export type Permit = symbol;

/** A permit, or how many milliseconds to wait before asking again; `Infinity`: until a permit is given back. */
export type Grant = { readonly permit: Permit } | { readonly wait: number };

/** `urgent` calls may use everything and go at once; `patient` ones leave a reserve and are spaced and paced. */
export type Pace = 'urgent' | 'patient';

/**
 * Whom the limits are shared with: nobody; others through Redis; others who cannot be seen, so that they are parted;
 * or others while Redis is not there, so that each defends a part.
 */
export type Sharing = 'alone' | 'redis' | 'parted' | 'defended';

/** What the limiter has spent at this moment. */
export interface LedgerState {
    readonly sharing: Sharing;
    /** How many programs share the limits, this one included, as far as is known. */
    readonly instances: number;
    readonly inFlight: number;
    readonly windows: readonly (Window & { readonly used: number })[];
    /** Milliseconds until Missive takes requests again after a 429; 0 where nothing is held. */
    readonly held: number;
}

/** What has been spent, in ages instead of times of a clock, so that another process can go on with it. */
export interface Spending {
    /** Milliseconds since each request finished, the oldest first. */
    readonly finished: readonly number[];
    /** How many were on their way. */
    readonly inFlight: number;
    /** Milliseconds that a hold still lasts. */
    readonly held: number;
}

/** What others have spent of the same limits, in ages as in `Spending`. */
export interface Beside {
    /** Milliseconds since each request finished, or since it was last seen on its way. */
    readonly finished: readonly number[];
    /** How many of them send just now. */
    readonly active: number;
    readonly held: number;
}

/** Who may send, and when. The limiter knows no more of it than this. */
export interface Ledger {
    /** Obeyed from the next permit on. */
    policy: Policy;
    acquire(pace: Pace): Grant | Promise<Grant>;
    /** The request is over; it goes on counting for its windows. */
    release(permit: Permit): void;
    /** The request never reached the wire: as if the permit had not been taken. */
    refund(permit: Permit): void;
    /**
     * Whether a permit still stands; absent: always. What has not been written to the wire while it did is refunded and
     * asks again, as somebody else may have its place by now.
     */
    stands?(permit: Permit): boolean;
    /**
     * Nobody starts for that long, then one request goes ahead alone. Call it before the permit's release. `limit`:
     * the limit that Missive named; below it somebody else must have spent the rest, and that much is left free.
     */
    hold(ms: number, limit?: number): void;
    /** About how many milliseconds a call waits that has so many others before it. */
    forecast(pace: Pace, ahead: number): number;
    state(): LedgerState;
    spending(): Spending;
    /** Counts what was spent before, in another process or by another ledger; call it before the first permit. */
    recall(spending: Spending): void;
    /** Called without arguments when it is worth asking again before the time that `acquire` named. */
    wake?: (() => void) | undefined;
    /** Called whenever something was spent. */
    changed?: (() => void) | undefined;
    /** Asked before a permit is given; `undefined` where there is nothing new. */
    beside?: (() => Beside | undefined) | undefined;
    /** Lets go of timers and connections; `open` takes them up again. */
    close?(): void;
    open?(): void;
}
