import { domainToASCII } from 'node:url';
import { MissiveError } from '../errors';
import { isEmail } from '../reading/address-text';
import { phoneOf } from '../reading/phone';

/** Whether somebody may be written to. */
export type Allowed = (recipient: string) => boolean;

/**
 * What an account's `send_to` allows: addresses, domains (`example.com` or `@example.com`, not what is below them),
 * numbers in any usual form, as a list or text with commas, semicolons or line breaks. `undefined` where it is blank.
 * Throws `ERR_MISSIVE_GUARD` where an entry is none of these: an entry that is misread would hold nobody up.
 */
export function allowedBy(sendTo: unknown, country?: string): Allowed | undefined {
    const entries = [sendTo]
        .flat()
        .flatMap((each) => String(each ?? '').split(/[,;\r\n]+/))
        .map((each) => each.trim())
        .filter((each) => each !== '');
    if (entries.length === 0) return undefined;
    const keys = new Set(entries.map((entry) => keyOf(entry, country)));
    return (recipient) => {
        const own = addressKey(recipient) ?? numberKey(recipient, country) ?? `id ${recipient}`;
        const domain = own.startsWith('address ') ? `domain ${own.slice(own.lastIndexOf('@') + 1)}` : undefined;
        return keys.has(own) || (domain !== undefined && keys.has(domain));
    };
}

function keyOf(entry: string, country: string | undefined): string {
    const key = addressKey(entry) ?? domainKey(entry) ?? numberKey(entry, country);
    if (key) return key;
    throw new MissiveError(
        'ERR_MISSIVE_GUARD',
        `The account’s list of those who may be written to (send_to) holds “${entry.slice(0, 60)}”, which is no address, domain or number with its country code. Nothing is sent until it is put right.`,
    );
}

function addressKey(text: string): string | undefined {
    if (!isEmail(text)) return undefined;
    const at = text.lastIndexOf('@');
    const ascii = domainToASCII(text.slice(at + 1));
    return ascii === '' ? undefined : `address ${text.slice(0, at).toLowerCase()}@${ascii}`;
}

function domainKey(text: string): string | undefined {
    const ascii = /^@?[^\s@/]+\.[^\s@/.\d][^\s@/]*$/.test(text) ? domainToASCII(text.replace(/^@/, '')) : '';
    return ascii === '' ? undefined : `domain ${ascii}`;
}

function numberKey(text: string, country: string | undefined): string | undefined {
    const number = phoneOf(text, country)?.number ?? text;
    return /^\+\d{5,15}$/.test(number) ? `number ${number}` : undefined;
}
