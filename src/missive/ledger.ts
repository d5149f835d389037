/** At most `limit` requests within any `span` milliseconds. */
export interface Window {
    readonly limit: number;
    readonly span: number;
}

/** What Missive allows to one token. */
export const limits = {
    inFlight: 5,
    windows: [
        { limit: 300, span: 60_000 },
        { limit: 900, span: 900_000 },
    ] as readonly Window[],
} as const;

/** The right to send one request; a thing of its own so that it cannot be given back twice. */
export type Permit = symbol;

/** A permit, or how many milliseconds to wait before asking again; `Infinity`: until a permit is given back. */
export type Grant = { readonly permit: Permit } | { readonly wait: number };

/** What the limiter has spent at this moment. */
export interface LedgerState {
    readonly inFlight: number;
    readonly windows: readonly (Window & { readonly used: number })[];
    /** Milliseconds until Missive takes requests again after a 429; 0 where nothing is held. */
    readonly held: number;
}

/** Who may send, and when. The limiter knows no more of it than this. */
export interface Ledger {
    acquire(): Grant;
    /** The request is over; it goes on counting for its windows. */
    release(permit: Permit): void;
    /** The request never reached the wire: as if the permit had not been taken. */
    refund(permit: Permit): void;
    /** Nobody starts for that long, then one request goes ahead alone. Call it before the permit's release. */
    hold(ms: number): void;
    state(): LedgerState;
}
