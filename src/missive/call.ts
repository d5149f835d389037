export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Priority = 'high' | 'normal' | 'low';

/** One request to Missive's API. */
export interface Call {
    readonly method: Method;
    /** Below the account's address, starting with `/`, already percent-encoded. */
    readonly path: string;
    /** Values are joined with commas where they are arrays; `undefined` is left out. */
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
}

/** How a call waits its turn. */
export interface Turn {
    /** Id of the Node-RED node that asks; nodes take turns, one node's own calls keep their order. */
    readonly node: string;
    readonly priority?: Priority | undefined;
    /** Called whenever the call goes out: its turn has come. */
    readonly started?: (() => void) | undefined;
    /** Called in the call's turn, before each try goes out; where it rejects, nothing goes out and the call ends with that. */
    readonly departing?: (() => Promise<void>) | undefined;
    /** Called where a try was surely not carried out and the call waits for another one. */
    readonly returned?: (() => void) | undefined;
    /** Aborted when the node is stopped: a call that still waits is dropped, one that is on the wire ends. */
    readonly signal?: AbortSignal | undefined;
}

/** What Missive answered to a call. */
export interface Answer {
    readonly status: number;
    /** The parsed JSON; `undefined` where the answer had no body. */
    readonly body: unknown;
    /** How often the call was sent, the last time included. */
    readonly attempts: number;
    /** Milliseconds in the limiter's queue, pauses included. */
    readonly waited: number;
    /** What time it was there, in Unix seconds, where it says so. */
    readonly date?: number;
    /** The account is dry: nothing was sent, and this is no answer of Missive's. */
    readonly dry?: true;
}
