import type { Answer, Call } from '../call';
import { idOf, unseen } from './unseen';

/** Rows that Missive gives at most on one page of a list that counts by offset (missive-api §4). */
const rowsPerPage = 200;

/** Rows of the page before that a page begins with, so that a list that has become shorter meanwhile is seen to. */
const overlap = 2;

/**
 * A page that is not full is the last, says Missive (missive-api §4). One that is nearly full is asked about: a server may
 * give fewer rows than were asked for. This part of a page is nearly full; a call for each short list would cost too much.
 */
export const nearlyFull = 0.5;

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
 * others forward: a page that does not begin with a row that is known has a gap before it, which is gone back over. A
 * page that is not full is believed to be the last where there was a full one, where the next one brings nothing new, or
 * where it is less than half full. Two full pages in a row that bring nothing new end the list: that server does not count.
 */
export async function* offsetPages<T>(send: Send, path: string, envelope: string, query: Query): Pages<T> {
    const known = new Set<unknown>();
    const isNew = unseen(known);
    const looks = new Map<number, number>();
    const start = Number(query.offset ?? 0);
    let [step, end, first, enough] = [rowsPerPage, 0, true, nearlyFull * rowsPerPage];
    for (let [offset, barren, overlapped] = [start, 0, false]; ; first = false) {
        const page = await onePage<T>(send, path, envelope, { ...query, limit: rowsPerPage, offset });
        const looked = looks.get(offset) ?? 0;
        if (offset > start && overlapped && !known.has(idOf(page.rows[0])) && looked < mostLooks) {
            looks.set(offset, looked + 1);
            offset = Math.max(start, offset - step);
            step *= 2;
            continue;
        }
        step = rowsPerPage;
        const rows = page.rows.filter(isNew);
        const count = page.rows.length;
        if (rows.length > 0) barren = 0;
        // On the way back from a gap pages are known, too.
        else if (offset + count > end) barren += 1;
        const back = count > 0 && offset + count < end;
        end = Math.max(end, offset + count);
        const full = count >= rowsPerPage;
        // What has no id would come again and again.
        if (full || page.rows.some((row) => idOf(row) === undefined)) enough = rowsPerPage;
        const cut = full && barren === 2;
        if (first || rows.length > 0 || full) yield { ...page, rows, ...(cut && { cut }) };
        if (cut || (!full && !back && (rows.length === 0 || count < enough))) return;
        overlapped = count > overlap && idOf(page.rows.at(-1)) !== undefined;
        offset += count - (overlapped ? overlap : 0);
    }
}

/** The list in an answer's envelope; one thing instead of a list is a list of one. */
export function rowsOf<T>(body: unknown, envelope: string): T[] {
    const inside = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[envelope] : undefined;
    return (Array.isArray(inside) ? inside : inside === undefined || inside === null ? [] : [inside]) as T[];
}
