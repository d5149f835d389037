import type { Missive, Outcome } from './operation';

/**
 * How much of Missive's limits is used: both windows (in seconds), the least that is free, how many calls are on their
 * way and waiting, and how many milliseconds everything is held after a 429. Nothing is asked for it.
 */
export async function quotaOf(missive: Missive): Promise<Outcome> {
    const { windows, inFlight, waiting, held } = missive.spent();
    const each = windows.map(({ limit, span, used }) => ({
        ...{ seconds: Math.round(span / 1000), limit, used, free: Math.max(0, limit - used) },
    }));
    const free = Math.min(...each.map((window) => window.free));
    return {
        call: { method: 'GET', path: '' },
        answer: { status: 200, body: undefined, attempts: 0, waited: 0 },
        payload: { windows: each, free, in_flight: inFlight, waiting, held },
        notes: { method: undefined, path: undefined, status: undefined },
    };
}
