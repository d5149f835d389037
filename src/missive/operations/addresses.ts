import { expected } from '../expected';
import { isEmail, partsOf, quoted, readMailbox, refuseWhatsApp, toName } from '../reading/address-text';
import { trimmed } from '../reading/hidden';
import { hasDigit, toPhoneNumber } from '../reading/phone';

/** A sender or recipient as the API has it (missive-api §5.1): e-mail, phone number, or a channel's own id. */
export type Address =
    | { address: string; name?: string }
    | { phone_number: string; type?: string }
    | { id: string; username?: string; name?: string };

/**
 * Recipients from `"Ann <ann@x.example>, +351 910 000 001"`, from the API's objects, or from a list of either. Every
 * address in a text is a recipient, or none is: what is not understood throws a TypeError that names it. National phone
 * numbers are read as those of `country`.
 */
export function parseAddresses(value: unknown, country?: string): Address[] {
    if (Array.isArray(value)) return value.flatMap((item: unknown) => parseAddresses(item, country));
    if (typeof value !== 'string') return [fromObject(value, country)];
    return partsOf(value).map((part, place) => {
        try {
            return fromPart(part, country);
        } catch (cause) {
            if (value.length <= short || part.includes('@')) throw cause;
            throw new TypeError(`has no address in its part ${place + 1}, which is text of ${part.length} characters`);
        }
    });
}

/** Longer text may be the body of a message in the wrong field: what is no address in it is not repeated. */
const short = 200;

/** Exactly one sender or recipient. */
export function parseAddress(value: unknown, country?: string): Address {
    const [first, ...others] = parseAddresses(value, country);
    if (!first) throw expected('one address', value);
    if (others.length > 0) throw new TypeError(`should be one address, but there are ${others.length + 1}`);
    return first;
}

/** Told from e-mail before that is read: in a mail header the brackets of `+1 (555) 010-0000` are a comment. */
function fromPart(part: string, country?: string): Address {
    if (part.includes('@')) return readMailbox(part);
    if (/^[A-Z]{2}\.\d{6,}$/.test(part))
        throw new TypeError(
            'has an id of WhatsApp, which is no phone number: in a conversation leave To out, set From to your number, and the reply goes to whoever it is with',
        );
    if (!/\p{L}/u.test(part) && hasDigit(part)) return { phone_number: phoneIn(part, country) };
    return readMailbox(part);
}

function fromObject(item: unknown, country?: string): Address {
    if (typeof item !== 'object' || item === null) throw expected('an address', item);
    const { address, phone_number, id, username, name, type } = item as Record<string, unknown>;
    if (isText(address) && (isText(phone_number) || typeof phone_number === 'number'))
        throw new TypeError('has an entry with an address and a phone_number: make two of it, or take one out');
    if (isText(address)) return { address: toEmail(address), ...given({ name: nameOf(name) }) };
    if (isText(phone_number)) return { phone_number: phoneIn(phone_number, country), ...given({ type }) };
    if (isText(id) || (typeof id === 'number' && Number.isFinite(id)))
        return { id: String(id).trim(), ...given({ username, name: nameOf(name) }) };
    throw new TypeError('should have an address, a phone_number or an id in each object');
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const nameOf = (name: unknown): unknown => (isText(name) ? toName(name) : undefined);

/** Those of some texts that are there; Missive answers `null` for a name that nobody gave. */
const given = <K extends string>(texts: Record<K, unknown>): { [P in K]?: string } =>
    Object.fromEntries(Object.entries(texts).filter(([, text]) => isText(text))) as { [P in K]?: string };

function toEmail(text: string): string {
    const email = trimmed(text);
    if (isEmail(email)) {
        refuseWhatsApp(email);
        return email;
    }
    throw new TypeError(
        `has a part that is no e-mail address: ${quoted(email)}; in an object the address stands alone, and the name in name`,
    );
}

/** The number of one part; the error names it. */
function phoneIn(text: string, country?: string): string {
    try {
        return toPhoneNumber(text, country);
    } catch (cause) {
        throw new TypeError(`${cause instanceof Error ? cause.message : cause} (${quoted(text)})`);
    }
}
