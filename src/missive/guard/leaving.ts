import type { Call } from '../call';

/** A message that a call would let leave Missive, with those whom it would reach. */
export interface Leaving {
    /** Addresses, numbers or ids as the draft has them; empty where it names nobody. */
    readonly recipients: readonly string[];
}

const recipientFields = ['to_fields', 'cc_fields', 'bcc_fields'];

/**
 * The messages that leave Missive by a call: drafts with `send` or `send_at` (missive-api §6.5). Whatever the spelling of
 * the path, and whatever stands in the two keys besides nothing: in doubt it leaves.
 */
export function leavingBy({ method, path, body }: Call): Leaving[] {
    if (method !== 'POST' || !/^\/+drafts\/*$/i.test(decoded(path.split('?')[0] ?? ''))) return [];
    const inside = objectOf(body).drafts;
    return [inside]
        .flat()
        .map(objectOf)
        .filter(({ send, send_at }) => isSet(send) || isSet(send_at))
        .map((draft) => ({ recipients: recipientFields.flatMap((key) => [draft[key] ?? []].flat().map(nameOf)) }));
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false && value !== '';

/** Text where somebody is named in a way of his own: nobody may be written to who cannot be told apart. */
function nameOf(recipient: unknown): string {
    if (typeof recipient === 'string') return recipient.trim();
    const { address, phone_number, id, username } = objectOf(recipient);
    return String([address, phone_number, id, username].find((each) => isSet(each)) ?? '').trim();
}

function decoded(path: string): string {
    try {
        return decodeURIComponent(path);
    } catch {
        return path;
    }
}
