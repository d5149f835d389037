import type { Pages } from './pages';
import { unseen } from './unseen';
import { timeOf } from './until-pages';

/**
 * The pages without the rows that came before: a list that counts by offset shifts when something is added to it. Two
 * pages in a row that bring nothing new end it: that server does not count.
 */
export async function* distinct<T>(pages: Pages<T>): Pages<T> {
    const isNew = unseen();
    let barren = 0;
    for await (const page of pages) {
        const rows = page.rows.filter(isNew);
        yield { ...page, rows };
        barren = rows.length === 0 ? barren + 1 : 0;
        if (barren === 2) return;
    }
}

/**
 * The pages, and what has moved to the front of the list while they were read: of more than one page the list is looked
 * at again from its `front`, as long as that brings something new or `isFresh` says of a page's last row that it may.
 */
export async function* withMoved<T>(pages: Pages<T>, front: () => Pages<T>, isFresh: (row: T) => boolean): Pages<T> {
    const isNew = unseen();
    let count = 0;
    for await (const page of pages) {
        count += 1;
        yield { ...page, rows: page.rows.filter(isNew) };
    }
    if (count < 2) return;
    for await (const page of front()) {
        const rows = page.rows.filter(isNew);
        if (rows.length > 0) yield { ...page, rows };
        const last: T | undefined = page.rows.at(-1);
        if (rows.length === 0 && !(last !== undefined && isFresh(last))) return;
    }
}

/** The first so many rows; no page is asked for once they are there. */
export async function* atMost<T>(pages: Pages<T>, rows: number): Pages<T> {
    let left = rows;
    for await (const page of pages) {
        yield { ...page, rows: page.rows.slice(0, left) };
        left -= page.rows.length;
        if (left <= 0) return;
    }
}

/** The rows of that moment (Unix seconds) or later, of a list with the latest first; what is older is not asked for. */
export async function* touchedSince<T>(pages: Pages<T>, since: number, times: readonly string[]): Pages<T> {
    for await (const page of pages) {
        const rows = page.rows.filter((row) => (timeOf(row, times) ?? since) >= since);
        yield { ...page, rows };
        if (rows.length < page.rows.length) return;
    }
}

/** The same pages, each asked for while the one before it is still in use. */
export async function* ahead<T>(pages: Pages<T>): Pages<T> {
    let next = pages.next();
    try {
        for (;;) {
            const { done, value } = await next;
            if (done) return;
            next = pages.next();
            // Whoever leaves early never asks for it: its failure must not be an unhandled one.
            next.catch(() => {});
            yield value;
        }
    } finally {
        await pages.return();
    }
}
