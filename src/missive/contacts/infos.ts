import { expected } from '../expected';
import { isEmail, partsOf, quoted, refuseWhatsApp } from '../reading/address-text';
import { visible } from '../reading/hidden';
import { hasDigit, phoneKey, phoneOf } from '../reading/phone';
import { addressKey } from '../reading/reach';

/** One way to reach a contact, or a fact about it, as the API has it (missive-api §6.2). */
export interface Info {
    readonly kind: string;
    readonly label?: string;
    readonly value?: string;
    readonly name?: string;
    readonly custom_label?: string;
    readonly [part: string]: unknown;
}

/** The kinds of infos: the labels that Missive takes, and the key that holds the value. */
const kinds: Readonly<Record<string, { readonly labels: readonly string[]; readonly value?: 'value' | 'name' }>> = {
    email: { labels: ['home', 'work', 'personal', 'other'], value: 'value' },
    phone_number: {
        labels: ['main', 'mobile', 'home', 'work', 'home_fax', 'work_fax', 'other_fax', 'pager', 'other'],
        value: 'value',
    },
    twitter: { labels: ['work', 'personal', 'other'], value: 'value' },
    facebook: { labels: ['work', 'personal', 'other'], value: 'name' },
    physical_address: { labels: ['work', 'home', 'other'] },
    url: { labels: ['homepage', 'profile', 'blog', 'work', 'personal', 'other'], value: 'value' },
    custom: { labels: ['other'], value: 'value' },
};

/** Parts of a physical address, which has no single value. */
const addressParts = ['street', 'extended_address', 'city', 'region', 'postal_code', 'po_box', 'country'];

/**
 * Infos from the API's objects, or from text such as `ann@x.example, +351 910 000 001`, or a list of either. The label
 * may be missing: an info that the contact has already keeps its label, a new one gets `other`. National phone numbers
 * in text are those of `country`.
 */
export function parseInfos(value: unknown, country?: string): Info[] {
    if (Array.isArray(value)) return value.flatMap((item: unknown) => parseInfos(item, country));
    if (typeof value !== 'string') return [checked(value)];
    return partsOf(value).map((part) => fromText(part, country));
}

function fromText(text: string, country?: string): Info {
    if (text.includes('@')) return checked({ kind: 'email', value: text });
    const phone = phoneOf(text, country);
    if (phone && !phone.extension) return { kind: 'phone_number', value: phone.number };
    // A national number is one, whatever country it is of; anything with words may be a name in the wrong field.
    const digits = text.replace(/\D/g, '').length;
    if (/^\+?[\d\s().\-/]+$/.test(text) && digits > 3 && digits < 16)
        return checked({ kind: 'phone_number', value: text });
    throw new TypeError(`has a part that is neither an e-mail address nor a phone number: ${quoted(text)}`);
}

function checked(item: unknown): Info {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw expected('a list of infos', item);
    const parts = Object.entries(item).filter(([, part]) => part !== null && part !== undefined);
    const info = Object.fromEntries(parts) as Info;
    const kind = Object.hasOwn(kinds, info.kind) ? kinds[info.kind] : undefined;
    if (!kind) throw new TypeError(`has an info whose kind is none of ${Object.keys(kinds).join(', ')}`);
    if (info.label !== undefined && !kind.labels.includes(info.label))
        throw new TypeError(
            `has a label that an info of kind ${info.kind} cannot have; it takes ${kind.labels.join(', ')}`,
        );
    const text = kind.value && info[kind.value];
    if (kind.value && (typeof text !== 'string' || text.trim() === '')) {
        if (typeof text === 'number') return checked({ ...info, [kind.value]: String(text) });
        throw new TypeError(`has an info of kind ${info.kind} without its ${kind.value}`);
    }
    if (!kind.value && !addressParts.some((part) => info[part]))
        throw new TypeError(`has a physical_address without any of ${addressParts.join(', ')}`);
    if (info.kind === 'email' && !isEmail(visible(String(text))))
        throw new TypeError(`has an info of kind email whose value is no e-mail address: ${quoted(String(text))}`);
    if (info.kind === 'email') refuseWhatsApp(visible(String(text)));
    if (info.kind === 'phone_number') checkNumber(String(text));
    if (info.kind === 'custom' && (typeof info.custom_label !== 'string' || info.custom_label.trim() === ''))
        throw new TypeError('has an info of kind custom without its custom_label, the name of the field');
    if (info.custom_label !== undefined && (info.label ?? 'other') !== 'other')
        throw new TypeError('has a custom_label beside a label; Missive takes it only with the label other');
    return {
        ...info,
        ...(kind.value && { [kind.value]: isReach(info) ? visible(String(text)) : String(text).trim() }),
        ...(info.custom_label !== undefined && { label: 'other' }),
    };
}

/** What two people write into one field, or a spreadsheet makes of a number, would find nobody again. */
function checkNumber(text: string): void {
    if (!hasDigit(text)) throw new TypeError(`has an info of kind phone_number without a digit: ${quoted(text)}`);
    if (partsOf(text).filter((part) => part.replace(/\P{Nd}/gu, '').length > 6).length > 1)
        throw new TypeError(
            `has an info of kind phone_number with several numbers: ${quoted(text)}; make one info of each`,
        );
    if (/^[\d.,]+e[+-]?\d+$/i.test(text.trim()))
        throw new TypeError(
            `has an info of kind phone_number that a spreadsheet has rounded: ${quoted(text)}; make text of that column`,
        );
}

/** Names may hold hidden signs that they need; addresses and numbers have none. */
const isReach = ({ kind }: Info): boolean => kind === 'email' || kind === 'phone_number';

/**
 * What makes two infos the same: e-mail without case and hidden signs, phone by its number in the world (national ones
 * are those of `country`), custom by custom_label and value.
 */
export function infoKey(info: Info, country?: string): string {
    const value = String(info[kinds[info.kind]?.value ?? 'value'] ?? '').trim();
    switch (info.kind) {
        case 'email':
            return `email ${addressKey(visible(value)) ?? visible(value).normalize('NFC').toLowerCase()}`;
        case 'phone_number':
            return `phone_number ${phoneKey(value, country)}`;
        case 'twitter':
            return `twitter ${value.toLowerCase().replace(/^@/, '')}`;
        case 'custom':
            return `custom ${JSON.stringify([String(info.custom_label ?? '').trim(), value])}`;
        case 'physical_address':
            return `physical_address ${JSON.stringify(addressParts.map((part) => String(info[part] ?? '').trim()))}`;
        default:
            return `${info.kind} ${value}`;
    }
}
