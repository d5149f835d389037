import type { Send } from '../../missive/lists/pages';
import type { Entry } from '../../missive/names/directory';
import type { Searched } from '../../missive/names/searched';
import { uuid } from '../../missive/operations/uuid';
import { conversationId } from '../../missive/reading/conversation-link';

type Row = Readonly<Record<string, unknown>>;

/** How many of the newest a menu offers; for senders, so many conversations are looked into. */
const conversations = 50;
const contacts = 200;
const looked = 8;
const lookedFor = 24;
/** Missive has no search for conversations: so many pages are looked through, until so many are found. */
const pages = 8;
const enough = 20;

/** The newest conversations, contacts and senders of an account, for the editor's menus. */
export const newest: Readonly<Record<Searched, (send: Send, search: string) => Promise<readonly Entry[]>>> = {
    async conversation(send, search) {
        const rows = search === '' ? await recent(send, conversations) : await older(send, search);
        return rows.flatMap((row) => {
            const id = textOf(row.id);
            const name = textOf(row.subject) ?? textOf(row.latest_message_subject);
            const [author] = rowsIn(row, 'authors');
            const email = author && (textOf(author.name) ?? textOf(author.address));
            return id === undefined ? [] : [{ id, name: name ?? email ?? id, ...(email && name ? { email } : {}) }];
        });
    },
    async contact(send, search) {
        const found: Entry[] = [];
        for (const book of await rowsAt(send, 'contact_books', { limit: 50 })) {
            const sought = search === '' ? { order: 'last_modified' } : { search };
            const query = { contact_book: book.id, limit: contacts, ...sought };
            for (const row of await rowsAt(send, 'contacts', query))
                found.push(...contactEntry(row, textOf(book.name)));
        }
        return found;
    },
    async sender(send, search) {
        const found = new Set<string>();
        for (const { id } of await recent(send, search === '' ? looked : lookedFor))
            for (const list of ['messages', 'drafts'])
                for (const row of await rowsAt(send, `conversations/${String(id)}/${list}`, { limit: 10 }, list))
                    if (row.author || row.draft === true) found.add(addressOf(row.from_field) ?? '');
        found.delete('');
        return [...found].map((text) => ({ id: text, name: text }));
    },
};

const recent = (send: Send, limit: number): Promise<Row[]> => rowsAt(send, 'conversations', { all: true, limit });

/** Conversations by their address or id, by somebody's address, else by the words that they show. */
async function older(send: Send, search: string): Promise<Row[]> {
    const id = idIn(search);
    if (id !== undefined) return rowsAt(send, `conversations/${encodeURIComponent(id)}`, {}, 'conversations');
    const all = { all: true, limit: conversations };
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(search)) return rowsAt(send, 'conversations', { ...all, email: search });
    const words = search.toLowerCase().split(/\s+/);
    const found = new Map<unknown, Row>();
    let until: unknown;
    for (let page = 0; page < pages && found.size < enough; page += 1) {
        const rows = await rowsAt(send, 'conversations', until === undefined ? all : { ...all, until });
        for (const row of rows) {
            const text = JSON.stringify([row.subject, row.latest_message_subject, row.authors]).toLowerCase();
            if (words.every((word) => text.includes(word))) found.set(row.id, row);
        }
        const last = rows.at(-1)?.last_activity_at;
        if (rows.length < conversations || last === undefined) break;
        // A whole page of one second would come again and again.
        until = last === until ? Number(last) - 1 : last;
    }
    return [...found.values()];
}

function idIn(text: string): string | undefined {
    try {
        const id = conversationId(text);
        return uuid.test(id) ? id : undefined;
    } catch {
        return undefined;
    }
}

async function rowsAt(send: Send, path: string, query: Row, envelope = path): Promise<Row[]> {
    const { body } = await send({
        method: 'GET',
        path: `/${path}`,
        query: query as Record<string, string | number | boolean>,
    });
    return rowsIn(body, envelope);
}

const rowsIn = (value: unknown, key: string): Row[] => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return Array.isArray(found) ? found.filter((row): row is Row => typeof row === 'object' && row !== null) : [];
};

function contactEntry(row: Row, within: string | undefined): Entry[] {
    const id = textOf(row.id);
    if (id === undefined) return [];
    const email = rowsIn(row, 'infos')
        .map(({ value }) => textOf(value))
        .find((text) => text !== undefined);
    const name = [row.first_name, row.last_name].flatMap((text) => textOf(text) ?? []).join(' ');
    return [{ id, name: name || email || id, ...(email && name ? { email } : {}), ...(within ? { within } : {}) }];
}

/** A sender as people write it. */
function addressOf(field: unknown): string | undefined {
    if (typeof field !== 'object' || field === null) return undefined;
    const { address, phone_number, id, name } = field as Row;
    const own = textOf(address) ?? textOf(phone_number) ?? textOf(id);
    const called = textOf(name);
    return own && address && called && called !== own ? `${called.replace(/[",;<>]/g, ' ')} <${own}>` : own;
}

const textOf = (value: unknown): string | undefined =>
    typeof value === 'string' && value.trim() !== '' ? value : undefined;
