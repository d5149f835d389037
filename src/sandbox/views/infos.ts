import { randomUUID } from 'node:crypto';
import type { Info, Membership } from '../data/book-records';
import type { Data } from '../data/store';
import { invalid } from '../manners/refuse';
import { checked, choice, type Fields, fields, text } from '../manners/shape';

const labels: Readonly<Record<string, readonly string[]>> = {
    email: ['home', 'work', 'personal', 'other'],
    phone_number: ['main', 'mobile', 'home', 'work', 'home_fax', 'work_fax', 'other_fax', 'pager', 'other'],
    twitter: ['work', 'personal', 'other'],
    facebook: ['work', 'personal', 'other'],
    physical_address: ['work', 'home', 'other'],
    url: ['homepage', 'profile', 'blog', 'work', 'personal', 'other'],
    custom: ['other'],
};

const place = ['street', 'extended_address', 'city', 'region', 'postal_code', 'po_box', 'country'] as const;

/** The keys that hold the value of an info; the first is required, save in a postal address. */
const valueKeys = (kind: string): readonly string[] =>
    kind === 'physical_address' ? place : kind === 'facebook' ? ['name'] : ['value'];

/** Checks one of a contact's `infos` and keeps its known keys. */
export function infoOf(given: Fields): Info {
    const kind = String(given.kind);
    const allowed = Object.hasOwn(labels, kind) ? labels[kind] : undefined;
    if (!allowed) throw invalid(`Validation failed: 'kind' must be one of ${Object.keys(labels).join(', ')}`);
    const keys = valueKeys(kind);
    const shape = Object.fromEntries(keys.map((key) => [key, text()]));
    const values = checked(given, shape, kind === 'physical_address' ? [] : keys);
    const { label, custom_label } = checked(given, { label: choice(...allowed), custom_label: text() }, ['label']);
    if (custom_label && label !== 'other') {
        throw invalid("Validation failed: 'custom_label' needs the label 'other'");
    }
    return { kind, label, ...(custom_label && { custom_label }), ...values };
}

/** An info as the API shows it: one with a label of its own comes back without `label`. */
export function infoView({ label, ...info }: Info): Fields {
    return info.kind === 'custom' && info.custom_label ? info : { kind: info.kind, label, ...info };
}

const texts = { title: text(), department: text(), location: text(), description: text() };
const groupShape = { kind: choice('organization', 'group'), name: text() };

/** Checks one of a contact's `memberships`; a group that is not there yet comes about. */
export function membershipOf(given: Fields, book: string, groups: Data['groups']): Membership {
    const { group } = checked(given, { group: fields }, ['group']);
    const { kind, name } = checked(group, groupShape, ['kind', 'name']);
    if (!kind || !name) throw invalid("Validation failed: 'group' needs 'kind' and 'name'");
    const known = [...groups.values()].find(
        (one) => one.contact_book === book && one.kind === kind && one.name.toLowerCase() === name.toLowerCase(),
    );
    const found = known ?? { id: randomUUID(), contact_book: book, kind, name };
    groups.set(found.id, found);
    const details = kind === 'organization' ? checked(given, texts) : {};
    const kept = Object.entries(details).filter(([, value]) => value !== null);
    return { group: found.id, ...Object.fromEntries(kept) };
}

export function membershipView({ group, ...details }: Membership, groups: Data['groups']): Fields {
    const found = groups.get(group);
    return { ...details, group: found && { id: found.id, kind: found.kind, name: found.name } };
}
