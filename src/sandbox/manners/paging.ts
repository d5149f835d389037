import { invalid } from './refuse';

/** A whole number of the query; `undefined` where it is not there. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
    const given = query.get(name);
    if (given === null || given === '') return undefined;
    if (!/^\d+$/.test(given)) throw invalid(`'${name}' must be an integer`);
    return Number(given);
}

interface Bounds {
    readonly usual: number;
    readonly min: number;
    readonly max: number;
}

function limitOf(query: URLSearchParams, { usual, min, max }: Bounds): number {
    const limit = numberOf(query, 'limit') ?? usual;
    if (limit < min) throw invalid(`min 'limit' value is ${min}`);
    if (limit > max) throw invalid(`max 'limit' value is ${max}`);
    return limit;
}

/** `limit` (50, at most 200) rows from `offset` on. */
export function byOffset<T>(rows: readonly T[], query: URLSearchParams): T[] {
    const limit = limitOf(query, { usual: 50, min: 1, max: 200 });
    const offset = numberOf(query, 'offset') ?? 0;
    return rows.slice(offset, offset + limit);
}

/** The bounds of lists that go by activity, and of those inside a conversation. */
export const activity: Bounds = { usual: 25, min: 2, max: 50 };
export const thread: Bounds = { usual: 10, min: 1, max: 10 };

/**
 * Newest first, up to and including `until`. Rows with one timestamp come together, so a page may hold more rows than
 * `limit`, and the next page begins with the rows that ended this one.
 */
export function byTime<T>(
    rows: Iterable<T>,
    at: (row: T) => number,
    query: URLSearchParams,
    bounds: Bounds,
): readonly T[] {
    const limit = limitOf(query, bounds);
    const until = numberOf(query, 'until') ?? Number.POSITIVE_INFINITY;
    const found = [...rows].filter((row) => at(row) <= until).reverse();
    found.sort((a, b) => at(b) - at(a));
    const last = found[limit - 1];
    return last === undefined ? found : found.filter((row, index) => index < limit || at(row) === at(last));
}
