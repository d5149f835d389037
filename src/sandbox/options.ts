import type { Ceilings } from './limits';

/** How this Missive behaves where the real one leaves several ways open, and how patient it is. */
export interface SandboxOptions {
    /** False: as many requests as you like. Default: Missive's own ceilings. */
    readonly limits?: false | Ceilings;
    /** Answer creations with a 201 without a body, as Missive may. */
    readonly emptyCreated?: boolean;
    readonly deleteStatus?: 200 | 204;
    readonly token?: string;
    /** Milliseconds between the attempts of a webhook; at most five count. */
    readonly retryDelays?: readonly number[];
    /** Milliseconds that a webhook's receiver may take. */
    readonly webhookTimeout?: number;
    /** Whether the owner of the token is an administrator. */
    readonly admin?: boolean;
    /** Milliseconds until a report is ready. */
    readonly reportDelay?: number;
    /** Milliseconds that every request takes longer. */
    readonly latency?: number;
}

/** Five repetitions within eight minutes. */
export const usualDelays: readonly number[] = [5_000, 20_000, 60_000, 120_000, 240_000];
