import { MissiveError } from '../errors';
import type { Backwards } from '../operations/paging';
import { onePage, type Page, type Pages, type Send } from './pages';
import { unseen } from './unseen';

/** Conversations and tasks, by their last activity. */
export const byActivity: Backwards = { limit: 50, times: ['last_activity_at'] };
/** What is inside a conversation. Drafts were never delivered, although Missive names `delivered_at` for them too. */
export const byDelivery: Backwards = { limit: 10, times: ['delivered_at', 'created_at', 'updated_at'] };
export const byCreation: Backwards = { limit: 10, times: ['created_at', 'updated_at'] };

/**
 * All pages of a list that goes back in time by `until`, each row once. `until` is inclusive, so pages overlap; rows
 * with one timestamp come together, so a page can be longer than asked for, and a block can fill several of them: then
 * the next page begins before it. Two full pages in a row that bring nothing new end the list, and are `cut`: that server
 * takes no notice of `until`.
 */
export async function* untilPages<T>(
    send: Send,
    path: string,
    envelope: string,
    query: Readonly<Record<string, unknown>>,
    { limit, times }: Backwards,
): Pages<T> {
    const isNew = unseen();
    let until = typeof query.until === 'number' ? query.until : Infinity;
    for (let barren = 0; barren < 2; ) {
        const page = await onePage<T>(send, path, envelope, {
            ...query,
            limit,
            ...(until < Infinity && { until }),
        });
        const rows = page.rows.filter(isNew);
        barren = rows.length === 0 ? barren + 1 : 0;
        const full = page.rows.length >= limit;
        const cut = full && barren === 2;
        yield { ...page, rows, ...(cut && { cut }) };
        if (!full) return;
        until = before(page, times, until);
    }
}

/** Where the next page begins: with the oldest row, or before it where the whole page was of one moment. */
function before<T>({ rows }: Page<T>, times: readonly string[], until: number): number {
    const found = rows.map((row) => timeOf(row, times)).filter((time) => time !== undefined);
    if (found.length === 0)
        throw new MissiveError(
            'ERR_MISSIVE_SERVER',
            `Missive gave a full page of rows without ${times[0]}: the rest of the list cannot be asked for.`,
            { delivered: 'yes' },
        );
    // Not Math.min(...found): a page of one moment can be as long as it likes.
    const oldest = found.reduce((a, b) => Math.min(a, b));
    const newest = found.reduce((a, b) => Math.max(a, b));
    return oldest < newest && oldest < until ? oldest : Math.min(oldest, until) - 1;
}

/** When a row was, by the first of some properties that has a time. */
export function timeOf(row: unknown, times: readonly string[]): number | undefined {
    if (typeof row !== 'object' || row === null) return undefined;
    for (const name of times) {
        const time: unknown = Reflect.get(row, name);
        if (typeof time === 'number' && Number.isFinite(time)) return time;
    }
    return undefined;
}
