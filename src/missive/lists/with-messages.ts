import { MissiveError } from '../errors';
import { onePage, type Pages, rowsOf, type Send } from './pages';
import { byDelivery, untilPages } from './until-pages';

type Row = Readonly<Record<string, unknown>>;

/** How many messages are read in one call; what Missive takes at most is not published (missive-api §3). */
const idsPerCall = 25;

/** Conversations, each with all its messages in `messages`, newest first, with their bodies: the lists have none. */
export async function* withMessages(pages: Pages<Row>, send: Send): Pages<Row> {
    for await (const page of pages) {
        let cut = page.cut === true;
        const isCut = () => {
            cut = true;
        };
        const lists = await Promise.all(page.rows.map((row) => idsIn(row, send, isCut)));
        const bodies = await read(
            lists.flatMap((ids) => ids ?? []),
            send,
        );
        const rows = page.rows.map((row, place) => {
            const messages = lists[place]?.flatMap((id) => bodies.get(id) ?? []);
            return messages ? { ...row, messages } : row;
        });
        yield { ...page, rows, ...(cut && { cut }) };
    }
}

/** The ids of a conversation's messages; undefined where the token may not read them, as a guest may not. */
async function idsIn({ id, messages_count }: Row, send: Send, isCut: () => void): Promise<string[] | undefined> {
    const ids: string[] = [];
    const path = `/conversations/${encodeURIComponent(String(id))}/messages`;
    try {
        for await (const { rows, cut } of untilPages<Row>(send, path, 'messages', {}, byDelivery)) {
            ids.push(...rows.map((row) => String(row.id)));
            if (cut) isCut();
            // Nobody need ask whether a page that is not full was the last.
            if (rows.length < byDelivery.limit && ids.length >= Number(messages_count)) break;
        }
        return ids;
    } catch (cause) {
        const hidden = cause instanceof MissiveError && (cause.status === 403 || cause.status === 404);
        if (hidden) return undefined;
        throw cause;
    }
}

async function read(ids: readonly string[], send: Send): Promise<Map<string, Row>> {
    const calls: Promise<Row[]>[] = [];
    for (let start = 0; start < ids.length; start += idsPerCall)
        calls.push(readBatch(ids.slice(start, start + idsPerCall), send));
    // Each comes with the whole conversation that it is in, which is around it already.
    const rows = (await Promise.all(calls)).flat().map(({ conversation: _, ...message }) => message);
    return new Map(rows.map((row) => [String(row.id), row]));
}

/** A batch with a message that was deleted meanwhile is refused whole: it is read in halves, until that one is alone. */
async function readBatch(ids: readonly string[], send: Send): Promise<Row[]> {
    try {
        const path = `/messages/${ids.map(encodeURIComponent).join(',')}`;
        const { answer } = await onePage<Row>(send, path, 'messages', {});
        return rowsOf<Row>(answer.body, 'messages');
    } catch (cause) {
        if (!(cause instanceof MissiveError) || cause.code !== 'ERR_MISSIVE_NOT_FOUND') throw cause;
        if (ids.length < 2) return [];
        const half = Math.ceil(ids.length / 2);
        const halves = await Promise.all([readBatch(ids.slice(0, half), send), readBatch(ids.slice(half), send)]);
        return halves.flat();
    }
}
