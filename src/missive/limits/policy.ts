/** How an account divides what Missive allows between bulk and people. */
export type Policy = 'balanced' | 'fast' | 'steady';

/** A policy in numbers; shares of a limit, so that they hold for a part of the limits too. */
export interface Rules {
    /** Share of every window that is kept for urgent calls. */
    readonly reserve: number;
    /** Share of the longest window that may be spent at full speed before patient calls are paced. */
    readonly burst: number;
    /** Whether patient calls are spaced even before that; else they go as fast as five at once allow. */
    readonly spaced: boolean;
}

/**
 * Found by simulation. Pacing, not the reserve, keeps people's waits short: permits then come back evenly, and the next
 * one is for the urgent lane. The reserve covers a handful of clicks at once and costs 2 % of a bulk job.
 */
export const policies: Readonly<Record<Policy, Rules>> = {
    balanced: { reserve: 0.02, burst: 1 / 3, spaced: true },
    fast: { reserve: 0.02, burst: 1, spaced: false },
    steady: { reserve: 0.02, burst: 0, spaced: true },
};

/** The policy of that name; `balanced` where there is none. */
export const policyOf = (name: unknown): Policy =>
    typeof name === 'string' && Object.hasOwn(policies, name) ? (name as Policy) : 'balanced';
