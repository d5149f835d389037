import { callOf } from '../operations/envelope';
import type { Fields, Input } from '../operations/fields';
import type { Operation } from '../operations/operation';
import { ahead, atMost, touchedSince, withMoved } from './page-flow';
import { offsetPages, onePage, type Page, type Pages, type Send } from './pages';
import { firstRows, timelinePages } from './timeline';
import { byActivity, untilPages } from './until-pages';
import { withMessages } from './with-messages';

export type Row = Readonly<Record<string, unknown>>;

/**
 * The pages that a list was asked for: all of them, or one of so many rows. Each is asked for while the one before it
 * is in use. `return_all`, `limit`, `max_rows`, `active_since` and `with_messages` are the list's own; all else goes to Missive.
 */
export function pagesOf(op: Operation, input: Input<Fields>, send: Send): Pages<Row> {
    const { return_all, limit, max_rows, active_since, with_messages, ...wanted } = input;
    const { path, query = {} } = callOf(op, wanted);
    const asked = limit === undefined || limit === null ? query : { ...query, limit };
    const found = return_all === true ? every(op, path, query, send) : some(op, path, asked, send);
    const pages = typeof active_since === 'number' ? touchedSince(found, active_since, byActivity.times) : found;
    const cut = typeof max_rows === 'number' ? atMost(pages, max_rows) : pages;
    return ahead(with_messages === true ? withMessages(cut, send) : cut);
}

function some({ pages, envelope }: Operation, path: string, query: Row, send: Send): Pages<Row> {
    if (pages !== 'timeline') return single(onePage(send, path, envelope, query));
    const { limit, ...rest } = query;
    return firstRows(timelinePages(send, path, rest), typeof limit === 'number' ? limit : 10);
}

function every({ pages = 'once', envelope }: Operation, path: string, query: Row, send: Send): Pages<Row> {
    if (pages === 'timeline') return timelinePages(send, path, query);
    if (pages === 'once') return single(onePage(send, path, envelope, query));
    if (pages !== 'offset') {
        const all = () => untilPages<Row>(send, path, envelope, query, pages);
        // What is inside of a conversation stays where it is; up to a moment nothing moves, it only goes.
        return pages === byActivity && query.until === undefined ? withMoved(all(), all, () => false) : all();
    }
    const all = offsetPages<Row>(send, path, envelope, query);
    if (envelope !== 'contacts' || Number(query.offset ?? 0) > 0) return all;
    const since = Math.floor(Date.now() / 1000);
    // The latest first, whatever this computer's clock says: it may be ahead of Missive's by hours.
    const changed = () => offsetPages<Row>(send, path, envelope, { ...query, order: 'last_modified' });
    return withMoved(all, changed, ({ modified_at }) => Number(modified_at) >= since);
}

async function* single(page: Promise<Page<Row>>): Pages<Row> {
    yield await page;
}
