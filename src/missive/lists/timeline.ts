import type { Page, Pages, Send } from './pages';
import { byCreation, byDelivery, timeOf, untilPages } from './until-pages';

type Row = Readonly<Record<string, unknown>>;

/** What a conversation holds besides its drafts: `kind` → how Missive calls the list, and how it is paged. */
const kinds = {
    message: { list: 'messages', look: byDelivery },
    post: { list: 'posts', look: byCreation },
    comment: { list: 'comments', look: byCreation },
} as const;

/** One of the lists, as far as it is read and not yet passed on. */
interface Source {
    readonly kind: keyof typeof kinds;
    readonly pages: Pages<Row>;
    rows: Row[];
    ended: boolean;
}

/**
 * The messages, posts and comments of a conversation (`/conversations/{id}`) in one list, the newest first, each with its
 * `kind`. A page holds what is sure to be next: up to where one of the three lists has to be read on.
 */
export async function* timelinePages(send: Send, conversation: string, query: Row): Pages<Row> {
    let last: Omit<Page<Row>, 'rows'> | undefined;
    const sources = Object.entries(kinds).map(([kind, { list, look }]): Source => {
        const pages = untilPages<Row>(send, `${conversation}/${list}`, list, query, look);
        return { kind: kind as Source['kind'], pages, rows: [], ended: false };
    });
    const fill = async (source: Source): Promise<void> => {
        while (source.rows.length === 0 && !source.ended) {
            const { done, value } = await source.pages.next();
            if (done) source.ended = true;
            else {
                const cut = last?.cut === true || value.cut === true;
                last = { call: value.call, answer: value.answer, ...(cut && { cut }) };
                source.rows = value.rows.toSorted((a, b) => at(source, b) - at(source, a));
            }
        }
    };
    do {
        await Promise.all(sources.map(fill));
        const rows: Row[] = [];
        while (sources.every((each) => each.ended || each.rows.length > 0)) {
            const newest = sources.filter((each) => each.rows.length > 0).reduce(newer, undefined);
            const row = newest?.rows.shift();
            if (!newest || !row) break;
            rows.push({ ...row, kind: newest.kind });
        }
        if (last) yield { ...last, rows };
    } while (sources.some((each) => !each.ended || each.rows.length > 0));
}

/** The first rows of a list as one page, however many pages they are of. */
export async function* firstRows<T>(pages: Pages<T>, count: number): Pages<T> {
    const rows: T[] = [];
    let last: Page<T> | undefined;
    for await (const page of pages) {
        rows.push(...page.rows);
        last = page;
        if (rows.length >= count) break;
    }
    if (last) yield { ...last, rows: rows.slice(0, count) };
}

const at = ({ kind }: Source, row: Row | undefined): number => timeOf(row, kinds[kind].look.times) ?? 0;

const newer = (best: Source | undefined, each: Source): Source =>
    best && at(best, best.rows[0]) >= at(each, each.rows[0]) ? best : each;
