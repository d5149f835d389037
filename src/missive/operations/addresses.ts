import { addressParser, type Address as Parsed } from 'postal-mime';
import { expected } from '../expected';

/** A sender or recipient as the API has it (missive-api §5.1): e-mail, phone number, or a channel's own id. */
export type Address =
    | { address: string; name?: string }
    | { phone_number: string; type?: string }
    | { id: string; username?: string; name?: string };

/**
 * Recipients from `"Ann <ann@x.example>, +351 910 000 001"`, from the API's objects, or from a list of either.
 */
export function parseAddresses(value: unknown): Address[] {
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => (typeof item === 'string' ? fromText(item) : [fromObject(item)]));
}

/** Exactly one sender or recipient. */
export function parseAddress(value: unknown): Address {
    const [first, ...others] = parseAddresses(value);
    if (!first) throw expected('one address', value);
    if (others.length > 0) throw new TypeError(`should be one address, but there are ${others.length + 1}`);
    return first;
}

function fromText(text: string): Address[] {
    if (!text.includes('@')) return text.split(/[,;]/).filter(isText).map(fromPhoneText);
    return addressParser(text)
        .flatMap((entry: Parsed) => entry.group ?? [entry])
        .map(({ address = '', name }) => ({ address: toEmail(address), ...given({ name }) }));
}

/** Told from e-mail before that is parsed: in a mail header the brackets of `+1 (555) 010-0000` are a comment. */
const fromPhoneText = (text: string): Address =>
    /^[+\d\s().-]+$/.test(text) ? { phone_number: toPhoneNumber(text) } : { address: toEmail(text) };

function fromObject(item: unknown): Address {
    if (typeof item !== 'object' || item === null) throw expected('an address', item);
    const { address, phone_number, id, username, name, type } = item as Record<string, unknown>;
    if (isText(address)) return { address: toEmail(address), ...given({ name }) };
    if (isText(phone_number)) return { phone_number: toPhoneNumber(phone_number), ...given({ type }) };
    if (isText(id) || typeof id === 'number') return { id: String(id), ...given({ username, name }) };
    throw new TypeError('should have an address, a phone_number or an id in each object');
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Those of some texts that are there; Missive answers `null` for a name that nobody gave. */
const given = <K extends string>(texts: Record<K, unknown>): { [P in K]?: string } =>
    Object.fromEntries(Object.entries(texts).filter(([, text]) => isText(text))) as { [P in K]?: string };

function toEmail(text: string): string {
    const email = text.trim();
    // Missive is the judge of what exists; this only stops what cannot be an address at all.
    if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(email))
        throw new TypeError('has a part that is no e-mail address; write name@example.com or Name <name@example.com>');
    return email;
}

/** Missive takes `+` and digits only (E.164). */
export function toPhoneNumber(text: string): string {
    const digits = text.replace(/^\s*00/, '+').replace(/[\s().-]/g, '');
    if (!/^\+\d{5,15}$/.test(digits))
        throw new TypeError('has a phone number without its country code; write it like +351910000001');
    return digits;
}
