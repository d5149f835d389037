import type { Contact } from '../data/book-records';
import type { Data } from '../data/store';
import { infoView, membershipView } from './infos';

/** A contact as the API shows it: what is empty is left out. */
export function contactView({ groups }: Data, contact: Contact) {
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

/** All that is left of a deleted contact. */
export const deletedView = ({ id, modified_at }: Contact) => ({ id, deleted: true, modified_at });

/** The texts of a contact, without what is only the name of a field or of a kind, and without ids. */
function wordsIn(value: unknown, key = ''): string[] {
    if (typeof value === 'string') return ['id', 'kind', 'label'].includes(key) ? [] : [value];
    if (Array.isArray(value)) return value.flatMap((each) => wordsIn(each));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, each]) => wordsIn(each, name));
}

/** Loose, as Missive's: every word somewhere in the contact, notes and organizations included; or the digits. */
export function resembles(data: Data, contact: Contact, search: string): boolean {
    const { id: _, contact_book: __, ...shown } = contactView(data, contact);
    const haystack = wordsIn(shown).join('\n').toLowerCase();
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const digits = search.replace(/\D/g, '');
    const numbers = contact.infos.map(({ value }) => String(value ?? '').replace(/\D/g, ''));
    const byNumber = /^[\d\s+().-]+$/.test(search) && digits.length > 3;
    return (
        words.every((word) => haystack.includes(word)) ||
        (byNumber && numbers.some((number) => number.includes(digits)))
    );
}
