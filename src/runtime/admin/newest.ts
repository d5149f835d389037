import type { Send } from '../../missive/lists/pages';
import type { Entry } from '../../missive/names/directory';
import type { Searched } from '../../missive/names/searched';

type Row = Readonly<Record<string, unknown>>;

/** How many of the newest a menu offers; for senders, so many conversations are looked into. */
const conversations = 50;
const contacts = 200;
const looked = 8;

/** The newest conversations, contacts and senders of an account, for the editor's menus. */
export const newest: Readonly<Record<Searched, (send: Send) => Promise<readonly Entry[]>>> = {
    async conversation(send) {
        return (await recent(send, conversations)).flatMap((row) => {
            const id = textOf(row.id);
            const name = textOf(row.subject) ?? textOf(row.latest_message_subject);
            const [author] = rowsIn(row, 'authors');
            const email = author && (textOf(author.name) ?? textOf(author.address));
            return id === undefined ? [] : [{ id, name: name ?? email ?? id, ...(email && name ? { email } : {}) }];
        });
    },
    async contact(send) {
        const found: Entry[] = [];
        for (const book of await rowsAt(send, 'contact_books', { limit: 50 })) {
            const query = { contact_book: book.id, order: 'last_modified', limit: contacts };
            for (const row of await rowsAt(send, 'contacts', query))
                found.push(...contactEntry(row, textOf(book.name)));
        }
        return found;
    },
    async sender(send) {
        const found = new Set<string>();
        for (const { id } of await recent(send, looked))
            for (const list of ['messages', 'drafts'])
                for (const row of await rowsAt(send, `conversations/${String(id)}/${list}`, { limit: 10 }, list))
                    if (row.author || row.draft === true) found.add(addressOf(row.from_field) ?? '');
        found.delete('');
        return [...found].map((text) => ({ id: text, name: text }));
    },
};

const recent = (send: Send, limit: number): Promise<Row[]> => rowsAt(send, 'conversations', { all: true, limit });

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
