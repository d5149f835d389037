import type { Answer, Call } from '../call';

/** Rows that Missive gives at most on one page of a list that counts by offset (missive-api §4). */
const rowsPerPage = 200;

/** One page of a list, with the call that asked for it. */
export interface Page<T> {
    readonly rows: readonly T[];
    readonly call: Call;
    readonly answer: Answer;
}

/** The pages of a list, one after another, as they are asked for. */
export type Pages<T> = AsyncGenerator<Page<T>, void, void>;

export type Send = (call: Call) => Promise<Answer>;
type Query = Readonly<Record<string, unknown>>;

/** One page, as long and from where the query says. */
export async function onePage<T>(send: Send, path: string, envelope: string, query: Query): Promise<Page<T>> {
    const call: Call = { method: 'GET', path, query };
    const answer = await send(call);
    return { rows: rowsOf<T>(answer.body, envelope), call, answer };
}

/**
 * All pages of a list that counts by offset, from where the query says. The last one has fewer rows than were asked for; a page of a broken server
 * that never ends is the caller's to leave.
 */
export async function* offsetPages<T>(send: Send, path: string, envelope: string, query: Query): Pages<T> {
    for (let offset = Number(query.offset ?? 0); ; ) {
        const page = await onePage<T>(send, path, envelope, { ...query, limit: rowsPerPage, offset });
        yield page;
        if (page.rows.length < rowsPerPage) return;
        offset += page.rows.length;
    }
}

/** The list in an answer's envelope; one thing instead of a list is a list of one. */
export function rowsOf<T>(body: unknown, envelope: string): T[] {
    const inside = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[envelope] : undefined;
    return (Array.isArray(inside) ? inside : inside === undefined || inside === null ? [] : [inside]) as T[];
}
