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

const membershipKey = ({ group }: Membership): string => `${group.kind} ${group.name.trim().toLowerCase()}`;

/** A new contact: every info needs a label. */
export const toCreate = (wanted: Wanted): Wanted => ({
    ...wanted,
    ...(wanted.infos && { infos: wanted.infos.map(labelled) }),
});

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
    { contact_book: _, infos, memberships, ...plain }: Wanted,
): Record<string, unknown> | undefined {
    const changes = differing(contact, plain);
    const allInfos = merged(contact.infos ?? [], infos ?? [], infoKey);
    if (allInfos) changes.infos = allInfos.map(labelled);
    const allMemberships = merged(contact.memberships ?? [], memberships ?? [], membershipKey);
    if (allMemberships) changes.memberships = allMemberships;
    return Object.keys(changes).length > 0 ? changes : undefined;
}

/** The parts that make the key of an info or a membership: where the keys agree, they stay as Missive holds them. */
const keyParts = new Set(['kind', 'value', 'name', 'group']);

/** Theirs, with ours added or laid over the one of the same key; `undefined` where that changes nothing. */
function merged<T extends Readonly<Record<string, unknown>>>(
    theirs: readonly T[],
    ours: readonly T[],
    keyOf: (item: T) => string,
): T[] | undefined {
    const result = [...theirs];
    let changed = false;
    for (const item of ours) {
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
