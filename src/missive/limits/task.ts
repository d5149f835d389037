import type { MissiveError } from '../errors';

/** One start of a task. */
export interface Attempt {
    /** 1 for the first. */
    readonly number: number;
    /** Milliseconds that the task has waited until now, pauses and back-offs included. */
    readonly waited: number;
    /** Says that nothing was written to the wire: the permit was not spent. */
    refund(): void;
    /** Whether it may still be written: the process may have stood still for so long that its permit has gone to others. */
    stands(): boolean;
}

/** A task wants to run again, after so many milliseconds; with `hold` everybody waits for that long. */
export interface Again {
    readonly again: number;
    readonly hold?: boolean;
    /** The limit that Missive says is used up. */
    readonly limit?: number | undefined;
    /** It does not run again after all: it fails with `failure`. */
    readonly over?: boolean;
    /** Why; told to the user where the task never gets to run again. */
    readonly failure?: MissiveError | undefined;
}

/** One request and what came of it; it throws where it has failed for good. */
export type Task<T> = (attempt: Attempt) => Promise<Again | { readonly value: T }>;

/** How long the queue may get, how many bytes may wait, and how many seconds a task may; blank: no deadline. */
export interface Bounds {
    readonly maxQueue?: number | undefined;
    readonly maxWait?: number | undefined;
    readonly maxBytes?: number | undefined;
    /** What this task keeps in memory while it waits. */
    readonly bytes?: number | undefined;
}
