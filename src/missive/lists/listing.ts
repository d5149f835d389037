import { callOf } from '../operations/envelope';
import type { Fields, Input } from '../operations/fields';
import type { Operation } from '../operations/operation';
import { ahead, atMost, distinct } from './page-flow';
import { offsetPages, onePage, type Page, type Pages, type Send } from './pages';
import { untilPages } from './until-pages';
import { withMessages } from './with-messages';

export type Row = Readonly<Record<string, unknown>>;

/**
 * The pages that a list was asked for: all of them, or one of so many rows. Each is asked for while the one before it
 * is in use. `return_all`, `limit`, `max_rows` and `with_messages` are the list's own; all else goes to Missive.
 */
export function pagesOf(op: Operation, input: Input<Fields>, send: Send): Pages<Row> {
    const { return_all, limit, max_rows, with_messages, ...wanted } = input;
    const { path, query = {} } = callOf(op, wanted);
    const asked = limit === undefined || limit === null ? query : { ...query, limit };
    const pages = return_all === true ? every(op, path, query, send) : single(onePage(send, path, op.envelope, asked));
    const cut = typeof max_rows === 'number' ? atMost(pages, max_rows) : pages;
    return ahead(with_messages === true ? withMessages(cut, send) : cut);
}

function every({ pages = 'once', envelope }: Operation, path: string, query: Row, send: Send): Pages<Row> {
    if (pages === 'offset') return distinct(offsetPages(send, path, envelope, query));
    if (pages === 'once') return single(onePage(send, path, envelope, query));
    return untilPages(send, path, envelope, query, pages);
}

async function* single(page: Promise<Page<Row>>): Pages<Row> {
    yield await page;
}
