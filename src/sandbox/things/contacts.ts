import { randomUUID } from 'node:crypto';
import type { Contact } from '../data/book-records';
import { type Data, find, now } from '../data/store';
import type { Endpoint } from '../data/world';
import { changes, many } from '../manners/envelope';
import { byOffset, numberOf } from '../manners/paging';
import { invalid, unknown } from '../manners/refuse';
import { checked, fields, flag, id, list, text } from '../manners/shape';
import { contactView, deletedView, resembles } from '../views/contact-view';
import { infoOf, membershipOf } from '../views/infos';

const names = ['first_name', 'middle_name', 'last_name', 'prefix', 'suffix', 'nickname', 'file_as', 'gender'] as const;
const phonetic = ['phonetic_first_name', 'phonetic_middle_name', 'phonetic_last_name'] as const;

const details = {
    ...Object.fromEntries([...names, ...phonetic, 'notes'].map((name) => [name, text()])),
    starred: flag,
};
const parts = { contact_book: id, infos: list(fields), memberships: list(fields) };

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
    const groups = new Map(data.groups);
    const made = many(body, 'contacts').map((row): Contact => {
        const { contact_book, infos, memberships } = checked(row, parts, ['contact_book']);
        const book = find(data.books, contact_book ?? '', 'Contact book').id;
        return {
            ...{ id: randomUUID(), contact_book: book, deleted: false, modified_at: now() },
            details: checked(row, details),
            infos: (infos ?? []).map(infoOf),
            memberships: (memberships ?? []).map((one) => membershipOf(one, book, groups)),
        };
    });
    // Nothing of what is refused comes about, groups neither.
    for (const [id, group] of groups) data.groups.set(id, group);
    for (const contact of made) data.contacts.set(contact.id, contact);
    store.touch();
    return { contacts: made.map((contact) => contactView(data, contact)) };
};

/** PATCH /contacts/:ids; `infos` and `memberships` are replaced whole. */
export const changeContacts: Endpoint = ({ world: { store }, ids, body }) => {
    const { data } = store;
    const all = new Map(data.groups);
    const changed = changes(body, 'contacts', ids).map((row) => {
        const contact = live(data, row.id);
        const { infos, memberships } = checked(row, parts);
        const groups = memberships?.map((one) => membershipOf(one, contact.contact_book, all));
        const found = { details: checked(row, details), infos: infos?.map(infoOf), memberships: groups };
        return { contact, found };
    });
    for (const [id, group] of all) data.groups.set(id, group);
    for (const { contact, found } of changed) {
        contact.details = { ...contact.details, ...found.details };
        contact.infos = found.infos ?? contact.infos;
        contact.memberships = found.memberships ?? contact.memberships;
        contact.modified_at = now();
    }
    store.touch();
    return { contacts: changed.map(({ contact }) => contactView(data, contact)) };
};
