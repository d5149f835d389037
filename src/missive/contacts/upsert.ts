import type { Answer, Call } from '../call';
import { inputError, MissiveError } from '../errors';
import { offsetPages, rowsOf } from '../lists/pages';
import { payloadOf } from '../operations/envelope';
import type { Missive, Outcome } from '../operations/operation';
import { exclusive } from './exclusive';
import { type Info, infoKey } from './infos';
import { type Contact, changesOf, toCreate, type Wanted } from './merge';
import { recentOf } from './recent';

/**
 * Changes the contact that matches, or creates one; Missive has no upsert of its own (missive-api §6.2). Upserts of one
 * key run one after another, so that twenty messages at once about a new address make one contact.
 */
export async function findOrWrite(
    input: { readonly contact_book?: string | null } & Wanted,
    missive: Missive,
    settings: Readonly<Record<string, string>>,
): Promise<Outcome> {
    const kind = settings.match ?? 'email';
    const sought = input.infos?.find((info) => info.kind === kind);
    if (!sought)
        throw inputError(
            `Infos (infos) has no entry of kind ${kind}, by which the contact is matched. Add one, or match by something else.`,
        );
    const key = `${input.contact_book} ${infoKey(sought)}`;
    return exclusive(missive.shared, key, async () => {
        const found = await search(missive, String(input.contact_book), sought);
        if (found.contacts.length > 1 && settings.ambiguous === 'error')
            throw new MissiveError(
                'ERR_MISSIVE_AMBIGUOUS',
                `${found.contacts.length} contacts match. Merge them in Missive, or let the node change the newest.`,
            );
        const contact = newest(found.contacts) ?? (await remembered(missive, key));
        if (!contact) return create(missive, key, input);
        const changes = changesOf(contact, input);
        if (changes) return update(missive, contact, changes);
        return { call: found.call, answer: found.answer, payload: contact, notes: { action: 'unchanged' } };
    });
}

interface Found {
    readonly contacts: readonly Contact[];
    readonly call: Call;
    readonly answer: Answer;
}

/** The contacts that really have the info: the search looks loosely through all fields and gives many pages. */
async function search(missive: Missive, book: string, sought: Info): Promise<Found> {
    let last: Found | undefined;
    for (const text of textsFor(sought)) {
        const matches = new Map<string, Contact>();
        const query = { contact_book: book, search: text };
        for await (const { rows, call, answer } of offsetPages<Contact>(missive.send, '/contacts', 'contacts', query)) {
            for (const contact of rows)
                if (!contact.deleted && contact.infos?.some((info) => infoKey(info) === infoKey(sought)))
                    matches.set(contact.id, contact);
            last = { contacts: [...matches.values()], call, answer };
        }
        if (matches.size > 0) break;
    }
    if (!last) throw inputError(`Infos (infos) has an entry of kind ${sought.kind} without a value.`);
    return last;
}

/** What to search for: a phone number may be stored as it was typed, or as bare digits. */
function textsFor(sought: Info): readonly string[] {
    const value = String(sought.value ?? '').trim();
    const texts = sought.kind === 'phone_number' ? [value, value.replace(/\D/g, '')] : [value];
    return [...new Set(texts)].filter((text) => text !== '');
}

const newest = (contacts: readonly Contact[]): Contact | undefined =>
    contacts.reduce<Contact | undefined>(
        (best, each) => (best && (best.modified_at ?? 0) >= (each.modified_at ?? 0) ? best : each),
        undefined,
    );

/** A contact made a moment ago that the search does not know yet. */
async function remembered(missive: Missive, key: string): Promise<Contact | undefined> {
    const id = recentOf(missive.shared).get(key);
    if (id === undefined) return undefined;
    try {
        const { body } = await missive.send({ method: 'GET', path: `/contacts/${encodeURIComponent(id)}` });
        return rowsOf<Contact>(body, 'contacts').find((contact) => !contact.deleted);
    } catch (cause) {
        if (cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND') return undefined;
        throw cause;
    }
}

async function create(missive: Missive, key: string, input: Wanted): Promise<Outcome> {
    const call: Call = { method: 'POST', path: '/contacts', body: { contacts: [toCreate(input)] } };
    const answer = await missive.send(call);
    const [contact] = rowsOf<Contact>(answer.body, 'contacts');
    if (contact?.id) recentOf(missive.shared).set(key, contact.id);
    return { call, answer, payload: payloadOf({ envelope: 'contacts' }, answer), notes: { action: 'created' } };
}

async function update(missive: Missive, { id }: Contact, changes: Record<string, unknown>): Promise<Outcome> {
    const path = `/contacts/${encodeURIComponent(id)}`;
    const call: Call = { method: 'PATCH', path, body: { contacts: [{ id, ...changes }] } };
    const answer = await missive.send(call);
    return { call, answer, payload: payloadOf({ envelope: 'contacts' }, answer), notes: { action: 'updated' } };
}
