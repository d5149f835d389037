import { MissiveError } from '../errors';
import type { Backwards } from '../operations/paging';
import { nearlyFull, onePage, type Page, type Pages, type Send } from './pages';
import { idOf, unseen } from './unseen';

/** Conversations and tasks, by their last activity. */
export const byActivity: Backwards = { limit: 50, times: ['last_activity_at'] };
/** What is inside a conversation. Drafts were never delivered, although Missive names `delivered_at` for them too. */
export const byDelivery: Backwards = { limit: 10, times: ['delivered_at', 'created_at', 'updated_at'] };
export const byCreation: Backwards = { limit: 10, times: ['created_at', 'updated_at'] };

/**
 * All pages of a list that goes back in time by `until`, each row once. `until` is inclusive, so pages overlap; rows
 * with one timestamp come together, so a page can be longer than asked for, and a block can fill several of them: then
 * the next page begins before it. A page that is not full is believed to be the last where it is less than half full,
 * or the next one brings nothing new. Pages are `cut` where rows may be missing: after two full pages in a row that bring nothing new (that server takes
 * no notice of `until`), and after a block of one moment that was cut off at a page's end, as nothing reaches its rest.
 */
export async function* untilPages<T>(
    send: Send,
    path: string,
    envelope: string,
    query: Readonly<Record<string, unknown>>,
    { limit, times }: Backwards,
): Pages<T> {
    const known = new Set<unknown>();
    const isNew = unseen(known);
    const start = typeof query.until === 'number' ? query.until : Infinity;
    /** What a server needs in addition that leaves out the moment itself; whether that is known. */
    let [beyond, sure] = [0, false];
    const ask = (until: number, most = limit) =>
        onePage<T>(send, path, envelope, {
            ...query,
            limit: most,
            ...(until < Infinity && { until: until + (until < start ? beyond : 0) }),
        });
    /** A page that should hold a row that is known; where it does not, that one has moved, or `until` leaves out its own moment. */
    const askFrom = async (until: number, most?: number): Promise<Page<T>> => {
        const page = await ask(until, most);
        const meets = ({ rows }: Page<T>) => rows.some((row) => known.has(idOf(row)));
        if (sure || meets(page)) {
            sure = true;
            return page;
        }
        beyond = 1;
        const wider = await ask(until, most);
        sure = meets(wider);
        if (sure) return wider;
        beyond = 0;
        return page;
    };
    let until = start;
    let [barren, meets, together, cut] = [0, false, false, false];
    /** The last page, and the longest one that was not full and had others behind it: such a server gives less than asked. */
    let [before, longest]: [Page<T> | undefined, number] = [undefined, Infinity];
    for (;;) {
        const page = meets ? await askFrom(until) : await ask(until);
        const count = page.rows.length;
        const [full, rows, span] = [count >= limit, page.rows.filter(isNew), spanOf(page, times)];
        const single = span !== undefined && span[0] === span[1];
        barren = rows.length === 0 ? barren + 1 : 0;
        const stuck = full && barren === 2;
        if (before && before.rows.length < limit && rows.length > 0) {
            longest = Math.max(longest === Infinity ? 0 : longest, before.rows.length);
            cut ||= !meets;
        }
        cut ||= stuck || (single && count >= longest);
        if (!before || rows.length > 0 || full || cut) yield { ...page, rows, ...(cut && { cut }) };
        // The block that ended the page before may be all that such a server gives at once.
        const block = single && meets;
        if (stuck || count < 2 || count < nearlyFull * limit || (!full && rows.length === 0 && !block)) return;
        // What has no id would come again and again.
        if (!full && (!span || page.rows.some((row) => idOf(row) === undefined))) return;
        if (!span) throw withoutTime(times);
        together ||= count > limit;
        if (single && !cut && count > 2 && !(together && sure)) {
            // Whoever gives a block as a whole does so for a page that is one shorter.
            const { rows } = await askFrom(span[0], Math.min(limit, count - 1));
            together ||= rows.length >= count;
            cut = !together;
        }
        meets = !single && span[0] < until;
        until = meets ? span[0] : Math.min(span[0], until) - 1;
        before = page;
    }
}

/** The first and the last moment of a page. */
function spanOf<T>({ rows }: Page<T>, times: readonly string[]): [number, number] | undefined {
    const found = rows.map((row) => timeOf(row, times)).filter((time) => time !== undefined);
    if (found.length === 0) return undefined;
    // Not Math.min(...found): a page of one moment can be as long as it likes.
    return [found.reduce((a, b) => Math.min(a, b)), found.reduce((a, b) => Math.max(a, b))];
}

const withoutTime = (times: readonly string[]): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_SERVER',
        `Missive gave a full page of rows without ${times[0]}: the rest of the list cannot be asked for.`,
        { delivered: 'yes' },
    );

/** When a row was, by the first of some properties that has a time. */
export function timeOf(row: unknown, times: readonly string[]): number | undefined {
    if (typeof row !== 'object' || row === null) return undefined;
    for (const name of times) {
        const time: unknown = Reflect.get(row, name);
        if (typeof time === 'number' && Number.isFinite(time)) return time;
    }
    return undefined;
}
