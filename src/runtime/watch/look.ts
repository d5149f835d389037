import { distinct } from '../../missive/lists/page-flow';
import type { Send } from '../../missive/lists/pages';
import type { KnownRows } from './known-rows';
import { Reversed } from './reversed';
import { type Query, type Row, touchedAt, type Watched } from './watched';

/** Rows that were touched so long before the last one that was told are read again, in seconds: equal seconds, late commits. */
const overlap = 60;
/** A row that was touched so many seconds after Missive's own time says nothing of how far all is told. */
const ahead = 60;

/** One look at a list: what it asks, what it knows, and whom it tells. */
export interface Look {
    readonly watched: Watched;
    readonly send: Send;
    readonly query: Query;
    readonly known: KnownRows;
    /** What the first look tells: nothing (`skip`), or every row as new. */
    readonly first: 'skip' | 'emit';
    readonly signal: AbortSignal;
    /** Whether all news of a look are told together. */
    readonly together: boolean;
    /** Called once where nobody can tell whether there is more news. */
    cut(): void;
    /** Called with the news, the oldest first; they count as told when it resolves. */
    tell(news: readonly News[]): Promise<void>;
}

/** A row that is new, changed or gone. */
export interface News {
    readonly topic: string;
    readonly row: Row;
}

/**
 * Looks once. What came since the last look is told, the oldest first, each state once; a row that moves to the front
 * while the list is read is found by the next look, as the moment that counts is the one from the first page. A look
 * that fails in the middle leaves that moment where it was: the next one tells the rest. A moment that is still to come
 * does not count.
 */
export async function look(given: Look): Promise<void> {
    const { watched, send, query, known, first, signal } = given;
    const since = known.cursor === undefined ? undefined : Math.max(0, known.cursor - overlap);
    const silent = since === undefined && first === 'skip';
    const news = new Reversed();
    let cursor = known.cursor;
    let oldest: number | undefined;
    let isCut = false;
    try {
        for await (const { rows, answer, cut } of distinct(watched.pages(send, query, since))) {
            if (signal.aborted) return;
            isCut ||= cut === true;
            const recent = rows.filter((row) => since === undefined || (touchedAt(watched, row) ?? since) >= since);
            for (const at of recent.flatMap((row) => touchedAt(watched, row) ?? [])) {
                if (answer.date === undefined || at <= answer.date + ahead) cursor = Math.max(cursor ?? at, at);
                oldest = Math.min(oldest ?? at, at);
            }
            if (silent) meet(watched, known, recent, cursor);
            else await news.add(recent.filter((row) => !isTold(known, row)));
            // Sorted by the moment: what follows is older.
            if (recent.length < rows.length) break;
            // The first look reads on only to know the ids, and what comes again with the next one.
            if (
                silent &&
                !watched.knowsIds &&
                !(oldest !== undefined && cursor !== undefined && oldest >= cursor - overlap)
            )
                break;
        }
        if (isCut) given.cut();
        await tellAll(given, news);
        // Where all is still to come, what comes after the rows that were read.
        const reached = cursor ?? (oldest === undefined ? 0 : oldest + overlap);
        if (!signal.aborted) await known.reach(reached, reached - overlap);
    } finally {
        await news.close();
    }
}

/** Tells the rows one by one, or together; what is told is remembered, so that a look that fails later tells the rest. */
async function tellAll({ watched, known, signal, together, tell }: Look, rows: Reversed): Promise<void> {
    let waiting: News[] = [];
    const tellThem = async () => {
        if (signal.aborted || waiting.length === 0) return;
        await tell(waiting);
        for (const { row } of waiting) known.tell(String(row.id), row, touchedAt(watched, row));
        waiting = [];
    };
    for await (const row of rows.rows()) {
        if (signal.aborted) return;
        const topic = watched.topic(row, known.has(String(row.id)));
        if (topic) waiting.push({ topic, row });
        else known.tell(String(row.id), row, touchedAt(watched, row));
        if (!together) await tellThem();
    }
    await tellThem();
}

const isTold = (known: KnownRows, row: Row): boolean =>
    row.id === undefined || row.id === null || known.told(String(row.id), row);

/** What is there at the first look: the latest with their states, as these come again. */
function meet(watched: Watched, known: KnownRows, rows: readonly Row[], cursor = 0): void {
    known.meet(rows.map(({ id }) => String(id)));
    for (const row of rows) {
        const at = touchedAt(watched, row);
        if (at !== undefined && at >= cursor - overlap) known.tell(String(row.id), row, at);
    }
}
