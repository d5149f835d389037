import type { Answer, Call } from './call';

/** Rows that Missive gives at most on one page of a list that counts by offset (missive-api §4). */
const rowsPerPage = 200;

/** One page of a list, with the call that asked for it. */
export interface Page<T> {
    readonly rows: readonly T[];
    readonly call: Call;
    readonly answer: Answer;
}

/**
 * All pages of a list that counts by offset. The last one has fewer rows than were asked for; a page of a broken server
 * that never ends is the caller's to leave.
 */
export async function* offsetPages<T>(
    send: (call: Call) => Promise<Answer>,
    path: string,
    envelope: string,
    query: Readonly<Record<string, unknown>>,
): AsyncGenerator<Page<T>, void, void> {
    for (let offset = 0; ; ) {
        const call: Call = { method: 'GET', path, query: { ...query, limit: rowsPerPage, offset } };
        const answer = await send(call);
        const rows = rowsOf<T>(answer.body, envelope);
        yield { rows, call, answer };
        if (rows.length < rowsPerPage) return;
        offset += rows.length;
    }
}

/** The list in an answer's envelope; one thing instead of a list is a list of one. */
export function rowsOf<T>(body: unknown, envelope: string): T[] {
    const inside = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[envelope] : undefined;
    return (Array.isArray(inside) ? inside : inside === undefined || inside === null ? [] : [inside]) as T[];
}
