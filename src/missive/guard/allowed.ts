import { MissiveError } from '../errors';
import { phoneOf } from '../reading/phone';
import { addressKey, domainKey, domainOf } from '../reading/reach';

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
        const address = addressKey(recipient);
        if (address !== undefined) return keys.has(`address ${address}`) || keys.has(`domain ${domainOf(address)}`);
        return keys.has(numberKey(recipient, country) ?? `id ${recipient}`);
    };
}

function keyOf(entry: string, country: string | undefined): string {
    const address = addressKey(entry);
    if (address !== undefined) return `address ${address}`;
    const domain = domainKey(entry);
    if (domain !== undefined) return `domain ${domain}`;
    const number = numberKey(entry, country);
    if (number !== undefined) return number;
    throw new MissiveError(
        'ERR_MISSIVE_GUARD',
        `The account’s list of those who may be written to (send_to) holds “${entry.slice(0, 60)}”, which is no address, domain or number with its country code. Nothing is sent until it is put right.`,
    );
}

function numberKey(text: string, country: string | undefined): string | undefined {
    const number = phoneOf(text, country)?.number ?? text;
    return /^\+\d{5,15}$/.test(number) ? `number ${number}` : undefined;
}
