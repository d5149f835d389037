import { expected } from '../expected';
import { type Info, infoKey } from './infos';

/** A contact's place in an organization or a group (missive-api §6.2). */
export interface Membership {
    readonly group: { readonly kind: string; readonly name: string };
    readonly [part: string]: unknown;
}

/** A contact as Missive answers it. */
export interface Contact {
    readonly id: string;
    readonly deleted?: boolean;
    readonly modified_at?: number;
    readonly infos?: readonly Info[];
    readonly memberships?: readonly Membership[];
    readonly [field: string]: unknown;
}

/** What a message says of a contact. */
export interface Wanted {
    readonly infos?: readonly Info[] | null;
    readonly memberships?: readonly Membership[] | null;
    /** What the contact is not to have. */
    readonly remove_infos?: readonly Info[] | null | undefined;
    /** Names of groups and companies that it is not to be in. */
    readonly remove_memberships?: readonly string[] | null | undefined;
    readonly [field: string]: unknown;
}

export function parseMemberships(value: unknown): Membership[] {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.map((item) => {
        if (typeof item !== 'object' || item === null) throw expected('a list of memberships', item);
        const { group } = item as { group?: Partial<Membership['group']> };
        if (group?.kind !== 'organization' && group?.kind !== 'group')
            throw new TypeError('has a membership whose group has no kind; it is organization or group');
        if (typeof group.name !== 'string' || group.name.trim() === '')
            throw new TypeError('has a membership whose group has no name');
        return item as Membership;
    });
}

const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase();
const membershipKey = ({ group }: Membership): string => `${group.kind} ${folded(group.name)}`;

/** A new contact: every info needs a label; what is to be taken off is not put on. */
export function toCreate({ remove_infos, remove_memberships, ...wanted }: Wanted, country?: string): Wanted {
    const goes = goneWith({ remove_infos, remove_memberships }, country);
    return {
        ...wanted,
        ...(wanted.infos && { infos: wanted.infos.filter((info) => !goes.info(info)).map(labelled) }),
        ...(wanted.memberships && { memberships: wanted.memberships.filter((each) => !goes.membership(each)) }),
    };
}

/** Tells what is to be taken off. */
function goneWith({ remove_infos, remove_memberships }: Wanted, country?: string) {
    const infos = new Set((remove_infos ?? []).map((info) => infoKey(info, country)));
    const names = new Set((remove_memberships ?? []).map(folded));
    return {
        info: (info: Info) => infos.has(infoKey(info, country)),
        membership: ({ group }: Membership) => names.has(folded(group.name)),
    };
}

/** Missive wants a label on every info, and a custom_label only beside the label `other`. */
function labelled({ custom_label, ...info }: Info): Info {
    const label = info.label ?? 'other';
    return { ...info, label, ...(label === 'other' && custom_label !== undefined && { custom_label }) };
}

/**
 * What has to be written so that a contact has all that is wanted: only the fields that differ. Missive replaces the
 * lists `infos` and `memberships` whole, so those that it holds are sent along. `undefined`: nothing is to be written.
 */
export function changesOf(
    contact: Contact,
    { contact_book: _, infos, memberships, remove_infos, remove_memberships, ...plain }: Wanted,
    country?: string,
): Record<string, unknown> | undefined {
    const changes = differing(contact, plain);
    const goes = goneWith({ remove_infos, remove_memberships }, country);
    const allInfos = merged(contact.infos ?? [], infos ?? [], (info) => infoKey(info, country), goes.info);
    if (allInfos) changes.infos = allInfos.map(labelled);
    const allMemberships = merged(contact.memberships ?? [], memberships ?? [], membershipKey, goes.membership);
    if (allMemberships) changes.memberships = allMemberships;
    return Object.keys(changes).length > 0 ? changes : undefined;
}

/** The parts that make the key of an info or a membership: where the keys agree, they stay as Missive holds them. */
const keyParts = new Set(['kind', 'value', 'name', 'group']);

/** Theirs without what goes, with ours added or laid over the one of the same key; `undefined` where that changes nothing. */
function merged<T extends Readonly<Record<string, unknown>>>(
    theirs: readonly T[],
    ours: readonly T[],
    keyOf: (item: T) => string,
    goes: (item: T) => boolean,
): T[] | undefined {
    const result = theirs.filter((item) => !goes(item));
    let changed = result.length < theirs.length;
    for (const item of ours) {
        if (goes(item)) continue;
        const place = result.findIndex((each) => keyOf(each) === keyOf(item));
        const held = result[place];
        const news = held
            ? differing(held, Object.fromEntries(Object.entries(item).filter(([part]) => !keyParts.has(part))))
            : item;
        if (Object.keys(news).length === 0) continue;
        result.splice(held ? place : result.length, held ? 1 : 0, { ...held, ...news } as T);
        changed = true;
    }
    return changed ? result : undefined;
}

const differing = (
    held: Readonly<Record<string, unknown>>,
    wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
    Object.fromEntries(Object.entries(wanted).filter(([part, value]) => !isSame(held[part], value)));

/** Missive leaves out what is empty: null, blank text, an unset star and a missing field are the same. */
const isSame = (held: unknown, wanted: unknown): boolean => (held || null) === (wanted || null);
