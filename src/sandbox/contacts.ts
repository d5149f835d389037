import { randomUUID } from 'node:crypto';
import type { Contact } from './book-records';
import { changes, many } from './envelope';
import { infoOf, infoView, membershipOf, membershipView } from './infos';
import { byOffset, numberOf } from './paging';
import { invalid, unknown } from './refuse';
import { checked, fields, flag, id, list, text } from './shape';
import { type Data, find, now } from './store';
import type { Endpoint } from './world';

const names = ['first_name', 'middle_name', 'last_name', 'prefix', 'suffix', 'nickname', 'file_as', 'gender'] as const;
const phonetic = ['phonetic_first_name', 'phonetic_middle_name', 'phonetic_last_name'] as const;

const details = {
    ...Object.fromEntries([...names, ...phonetic, 'notes'].map((name) => [name, text()])),
    starred: flag,
};
const parts = { contact_book: id, infos: list(fields), memberships: list(fields) };

function contactView({ groups }: Data, contact: Contact) {
    const given = Object.entries(contact.details).filter(([, value]) => value !== null && value !== '');
    return {
        id: contact.id,
        contact_book: contact.contact_book,
        starred: false,
        ...Object.fromEntries(given),
        deleted: false,
        modified_at: contact.modified_at,
        ...(contact.infos.length > 0 && { infos: contact.infos.map(infoView) }),
        ...(contact.memberships.length > 0 && {
            memberships: contact.memberships.map((one) => membershipView(one, groups)),
        }),
    };
}

/** All contacts of all books as the API shows them, the newest change last. */
export const contactViews = (data: Data) =>
    [...data.contacts.values()].filter(({ deleted }) => !deleted).map((contact) => contactView(data, contact));

const deletedView = ({ id, modified_at }: Contact) => ({ id, deleted: true, modified_at });

/** Loose, as Missive's: every word somewhere in the contact, notes and organizations included; or the digits. */
function resembles(data: Data, contact: Contact, search: string): boolean {
    const { id: _, contact_book: __, ...shown } = contactView(data, contact);
    const haystack = JSON.stringify(shown).toLowerCase();
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const digits = search.replace(/\D/g, '');
    const numbers = contact.infos.map(({ value }) => String(value ?? '').replace(/\D/g, ''));
    const byNumber = /^[\d\s+().-]+$/.test(search) && digits.length > 3;
    return (
        words.every((word) => haystack.includes(word)) ||
        (byNumber && numbers.some((number) => number.includes(digits)))
    );
}

const lastName = ({ details }: Contact): string => String(details.last_name ?? details.first_name ?? '').toLowerCase();

/** GET /contacts */
export const listContacts: Endpoint = ({ world: { store }, query }) => {
    const { data } = store;
    const book = query.get('contact_book');
    if (!book) throw invalid("'contact_book' is required");
    find(data.books, book, 'Contact book');
    const order = query.get('order') ?? 'last_name';
    if (order !== 'last_name' && order !== 'last_modified') {
        throw invalid("'order' must be one of last_name, last_modified");
    }
    const since = numberOf(query, 'modified_since');
    const search = query.get('search')?.trim();
    const withDeleted = since !== undefined && query.get('include_deleted') === 'true';
    const rows = [...data.contacts.values()]
        .filter((one) => one.contact_book === book && (withDeleted || !one.deleted))
        .filter((one) => one.modified_at >= (since ?? 0))
        .filter((one) => !search || (!one.deleted && resembles(data, one, search)));
    if (order === 'last_modified') rows.reverse().sort((a, b) => b.modified_at - a.modified_at);
    else rows.sort((a, b) => lastName(a).localeCompare(lastName(b)));
    return { contacts: byOffset(rows, query).map((one) => (one.deleted ? deletedView(one) : contactView(data, one))) };
};

const live = ({ contacts }: Data, id: string): Contact => {
    const contact = find(contacts, id, 'Contact');
    if (contact.deleted) throw unknown('Contact', id);
    return contact;
};

/** GET /contacts/:id gives a list of one. */
export const getContact: Endpoint = ({ world: { store }, ids: [id = ''] }) => ({
    contacts: [contactView(store.data, live(store.data, id))],
});

/** POST /contacts. Keys like `email` at the top are lost in silence, as in Missive. */
export const createContacts: Endpoint = ({ world: { store }, body }) => {
    const { data } = store;
    const made = many(body, 'contacts').map((row): Contact => {
        const { contact_book, infos, memberships } = checked(row, parts, ['contact_book']);
        const book = find(data.books, contact_book ?? '', 'Contact book').id;
        return {
            ...{ id: randomUUID(), contact_book: book, deleted: false, modified_at: now() },
            details: checked(row, details),
            infos: (infos ?? []).map(infoOf),
            memberships: (memberships ?? []).map((one) => membershipOf(one, book, data.groups)),
        };
    });
    for (const contact of made) data.contacts.set(contact.id, contact);
    store.touch();
    return { contacts: made.map((contact) => contactView(data, contact)) };
};

/** PATCH /contacts/:ids; `infos` and `memberships` are replaced whole. */
export const changeContacts: Endpoint = ({ world: { store }, ids, body }) => {
    const { data } = store;
    const changed = changes(body, 'contacts', ids).map((row) => {
        const contact = live(data, row.id);
        const { infos, memberships } = checked(row, parts);
        const groups = memberships?.map((one) => membershipOf(one, contact.contact_book, data.groups));
        const found = { details: checked(row, details), infos: infos?.map(infoOf), memberships: groups };
        return { contact, found };
    });
    for (const { contact, found } of changed) {
        contact.details = { ...contact.details, ...found.details };
        contact.infos = found.infos ?? contact.infos;
        contact.memberships = found.memberships ?? contact.memberships;
        contact.modified_at = now();
    }
    store.touch();
    return { contacts: changed.map(({ contact }) => contactView(data, contact)) };
};
