import type { Answer, Call } from '../call';
import { inputError, MissiveError } from '../errors';
import { distinct } from '../lists/page-flow';
import { offsetPages, rowsOf } from '../lists/pages';
import { payloadOf } from '../operations/envelope';
import type { Missive, Outcome } from '../operations/operation';
import { phoneOf } from '../reading/phone';
import { exclusive, type Patience } from './exclusive';
import { type Info, infoKey } from './infos';
import { type Contact, changesOf, toCreate, type Wanted } from './merge';
import { recentOf } from './recent';

/** One upsert: what is wanted, and by what the contact is found. */
interface Upsert {
    readonly input: Wanted;
    readonly missive: Missive;
    readonly book: string;
    readonly sought: Info;
    /** All that match are wanted, not the newest alone. */
    readonly strict: boolean;
}

/**
 * Changes the contact that matches, or creates one; Missive has no upsert of its own (missive-api §6.2). Upserts of one
 * key run one after another, so that twenty messages at once about a new address make one contact; so do those that found
 * one contact by different keys, so that none undoes what another has written.
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
            `E-mail, phone and more (infos) has no entry of kind ${kind}, by which the contact is matched. Add one, or match by something else.`,
        );
    const upsert = { input, missive, book: String(input.contact_book), sought, strict: settings.ambiguous === 'error' };
    const patience = { ...missive.bounds, signal: missive.signal, since: performance.now() };
    return inTurn(upsert, () => write(upsert, patience), patience);
}

/**
 * Runs a task when no other upsert is under way that knows the same contact, be it by another key: of two about somebody
 * new, one by e-mail and one by phone, the second finds what the first has made. The keys are taken in one order, so that
 * no two wait for each other.
 */
function inTurn<T>(upsert: Upsert, task: () => Promise<T>, patience: Patience): Promise<T> {
    const { input, missive, sought } = upsert;
    const infos = (input.infos ?? []).filter((info) => info === sought || reaching.includes(info.kind));
    const keys = [...new Set(infos.map((info) => keyOf(upsert, info)))].sort();
    const inside = (rest: readonly string[]): Promise<T> => {
        const [key, ...more] = rest;
        return key === undefined ? task() : exclusive(missive.shared, key, () => inside(more), patience);
    };
    return inside(keys);
}

/** Kinds of infos that few people share. */
const reaching: readonly string[] = ['email', 'phone_number'];

const keyOf = ({ book, missive }: Upsert, info: Info): string => `${book} ${infoKey(info, missive.country)}`;

const has = ({ missive: { country } }: Upsert, contact: Contact, sought: Info): boolean =>
    contact.infos?.some((info) => infoKey(info, country) === infoKey(sought, country)) === true;

/** `gone`: contacts that a search still finds, and that are deleted, merged with others, or have the info no more. */
async function write(upsert: Upsert, patience: Patience, gone: ReadonlySet<string> = new Set()): Promise<Outcome> {
    const { missive, input, strict, sought } = upsert;
    const found = await search(upsert, gone);
    if (found.contacts.length > 1 && strict)
        throw new MissiveError(
            'ERR_MISSIVE_AMBIGUOUS',
            `${found.contacts.length} contacts match. Merge them in Missive, or let the node change the newest.`,
        );
    const recent = recentOf(missive.shared);
    const listed = newest(found.contacts);
    // One made a moment ago may not be found yet.
    const id = listed?.id ?? recent.get(keyOf(upsert, sought));
    if (id === undefined || gone.has(id)) return create(upsert);
    const change = async (): Promise<Outcome | undefined> => {
        // What was written a moment ago, by another upsert too, is not undone by a list that is older.
        const contact = listed && !recent.get(written(id)) ? listed : await read(missive, id);
        // It may be gone, or somebody has corrected the address in Missive.
        if (!contact || (contact.infos !== undefined && !has(upsert, contact, sought))) return undefined;
        const changes = changesOf(contact, input, missive.country);
        if (changes) return update(upsert, id, changes);
        return { call: found.call, answer: found.answer, payload: contact, notes: { action: 'unchanged' } };
    };
    const outcome = await exclusive(missive.shared, written(id), change, patience);
    if (outcome) return outcome;
    // What it was merged into is there by now.
    return listed && gone.size < mostGone ? write(upsert, patience, new Set([...gone, id])) : create(upsert);
}

/** So many of those that were found may be gone before a new one is made. */
const mostGone = 3;

/** The key of a contact whatever it was found by. */
const written = (id: string): string => `id ${id}`;

interface Found {
    readonly contacts: readonly Contact[];
    readonly call: Call;
    readonly answer: Answer;
}

/** The contacts that really have the info: the search looks loosely through all fields and gives many pages. */
async function search(upsert: Upsert, gone: ReadonlySet<string>): Promise<Found> {
    const { missive, book, sought, strict } = upsert;
    let last: Found | undefined;
    const matches = new Map<string, Contact>();
    for (const text of textsFor(sought, missive.country)) {
        const query = { contact_book: book, search: text };
        const pages = distinct(offsetPages<Contact>(missive.send, '/contacts', 'contacts', query));
        for await (const { rows, call, answer } of pages) {
            for (const contact of rows)
                if (!contact.deleted && !gone.has(contact.id) && has(upsert, contact, sought))
                    matches.set(contact.id, contact);
            last = { contacts: [...matches.values()], call, answer };
        }
        if (matches.size > 0 && !strict) break;
    }
    if (!last) throw inputError(`E-mail, phone and more (infos) has an entry of kind ${sought.kind} without a value.`);
    return last;
}

/** What to search for: a phone number may be stored as it was typed, as one of the world, or as one dialled at home. */
function textsFor(sought: Info, country: string | undefined): readonly string[] {
    const value = String(sought.value ?? '').trim();
    const phone = sought.kind === 'phone_number' ? phoneOf(value, country) : undefined;
    const digits = sought.kind === 'phone_number' ? (phone?.national ?? value.replace(/\D/g, '')) : '';
    return [...new Set([value, phone?.number ?? '', digits])].filter((text) => text !== '');
}

const newest = (contacts: readonly Contact[]): Contact | undefined =>
    contacts.reduce<Contact | undefined>(
        (best, each) => (best && (best.modified_at ?? 0) >= (each.modified_at ?? 0) ? best : each),
        undefined,
    );

/** A contact by its id; undefined where it is gone. */
async function read(missive: Missive, id: string): Promise<Contact | undefined> {
    try {
        const { body } = await missive.send({ method: 'GET', path: `/contacts/${encodeURIComponent(id)}` });
        return rowsOf<Contact>(body, 'contacts').find((contact) => !contact.deleted);
    } catch (cause) {
        if (cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND') return undefined;
        throw cause;
    }
}

async function create(upsert: Upsert): Promise<Outcome> {
    const { missive, input } = upsert;
    const call: Call = {
        method: 'POST',
        path: '/contacts',
        body: { contacts: [toCreate(input, missive.country)] },
    };
    const answer = await missive.send(call);
    const [contact] = rowsOf<Contact>(answer.body, 'contacts');
    if (contact?.id) remember(upsert, contact.id);
    return { call, answer, payload: payloadOf({ envelope: 'contacts' }, answer), notes: { action: 'created' } };
}

/** A search may not find it yet by what was written. */
function remember(upsert: Upsert, id: string): void {
    const { input, missive } = upsert;
    for (const key of [...(input.infos ?? []).map((info) => keyOf(upsert, info)), written(id)])
        recentOf(missive.shared).set(key, id);
}

/** `undefined` where the contact is gone. */
async function update(upsert: Upsert, id: string, changes: Record<string, unknown>): Promise<Outcome | undefined> {
    const { missive } = upsert;
    const path = `/contacts/${encodeURIComponent(id)}`;
    const call: Call = { method: 'PATCH', path, body: { contacts: [{ id, ...changes }] } };
    try {
        const answer = await missive.send(call);
        return { call, answer, payload: payloadOf({ envelope: 'contacts' }, answer), notes: { action: 'updated' } };
    } catch (cause) {
        const isMissing = cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND';
        if (isMissing && !(await read(missive, id))) return undefined;
        throw cause;
    } finally {
        // Missive may have done it even where its answer was lost.
        remember(upsert, id);
    }
}
