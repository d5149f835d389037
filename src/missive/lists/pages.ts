import type { Answer, Call } from '../call';
import { idOf, unseen } from './unseen';

/** Rows that Missive gives at most on one page of a list that counts by offset (missive-api §4). */
const rowsPerPage = 200;

/** Rows of the page before that a page begins with, so that a list that has become shorter meanwhile is seen to. */
const overlap = 2;

/** How often the same place is looked for, in a list that has no order at all. */
const mostLooks = 3;

/** One page of a list, with the call that asked for it. */
export interface Page<T> {
    readonly rows: readonly T[];
    readonly call: Call;
    readonly answer: Answer;
    /** The server gave the same rows again and again: whether the list ends here cannot be told. */
    readonly cut?: boolean;
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
 * All rows of a list that counts by offset, from where the query says, each once. What is deleted meanwhile moves the
 * others forward: a page that does not begin with a row that is known has a gap before it, which is gone back over. The
 * last page has fewer rows than were asked for. Two pages in a row that bring nothing new end the list: that server
 * does not count.
 */
export async function* offsetPages<T>(send: Send, path: string, envelope: string, query: Query): Pages<T> {
    const known = new Set<unknown>();
    const isNew = unseen(known);
    const looks = new Map<number, number>();
    const start = Number(query.offset ?? 0);
    let step = rowsPerPage;
    let end = 0;
    for (let [offset, barren] = [start, 0]; ; ) {
        const page = await onePage<T>(send, path, envelope, { ...query, limit: rowsPerPage, offset });
        const first = idOf(page.rows[0]);
        const looked = looks.get(offset) ?? 0;
        if (offset > start && known.size > 0 && !known.has(first) && looked < mostLooks) {
            looks.set(offset, looked + 1);
            offset = Math.max(start, offset - step);
            step *= 2;
            continue;
        }
        step = rowsPerPage;
        const rows = page.rows.filter(isNew);
        if (rows.length > 0) barren = 0;
        // On the way back from a gap pages are known, too.
        else if (offset + page.rows.length > end) barren += 1;
        end = Math.max(end, offset + page.rows.length);
        const full = page.rows.length >= rowsPerPage;
        const cut = full && barren === 2;
        yield { ...page, rows, ...(cut && { cut }) };
        if (!full || cut) return;
        offset += page.rows.length - (idOf(page.rows.at(-1)) === undefined ? 0 : overlap);
    }
}

/** The list in an answer's envelope; one thing instead of a list is a list of one. */
export function rowsOf<T>(body: unknown, envelope: string): T[] {
    const inside = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[envelope] : undefined;
    return (Array.isArray(inside) ? inside : inside === undefined || inside === null ? [] : [inside]) as T[];
}
