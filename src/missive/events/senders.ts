import { visible } from '../reading/hidden';
import { phoneKey, phoneOf } from '../reading/phone';
import { addressIn, addressKey, domainKey, domainOf } from '../reading/reach';

type Json = Readonly<Record<string, unknown>>;

/** The texts that name a sender, each in the form in which another way of writing it is the same. */
export interface Senders {
    readonly keys: ReadonlySet<string>;
    /** What is no address, no domain, no number and no id: nobody is meant by it. */
    readonly unusable: readonly string[];
}

/**
 * Reads senders: addresses, with a name too; domains; numbers in any usual form, national ones as those of `country`; ids
 * and user names of channels.
 */
export function sendersOf(texts: readonly string[], country?: string): Senders {
    const keys = new Set<string>();
    const unusable: string[] = [];
    for (const text of texts) {
        const found = keysOf(text, country);
        for (const key of found) keys.add(key);
        if (found.length === 0) unusable.push(text);
    }
    return { keys, unusable };
}

/** What a channel may call somebody: no web address, no pattern, and no e-mail with another sign for its @. */
const isId = /^@?[^\s@＠﹫<>"*/\\.](?:[^\s@＠﹫<>"*/\\]*[^\s@＠﹫<>"*/\\.])?$/;

function keysOf(text: string, country: string | undefined): string[] {
    const plain = visible(text);
    const address = addressKey(addressIn(plain) ?? '');
    if (address !== undefined) return [`address ${address}`];
    // Nobody writes from an extension.
    const phone = phoneOf(plain, country);
    if (phone) return [`number ${phoneKey(phone.number)}`];
    // `@tom` is a user name, `@x.example` may be either.
    const domain = domainKey(plain);
    const id = isId.test(plain) && !/^0\d{5,}$/.test(plain) ? [`id ${plain.toLowerCase()}`] : [];
    // A number without its +, as some lists have them; a national one would be nobody's.
    const digits = plain.replace(/[\s().\-/]/g, '');
    const number = /^[1-9]\d{9,14}$/.test(digits) ? [`number ${digits}`] : [];
    return [...(domain === undefined ? [] : [`domain ${domain}`]), ...number, ...id];
}

/** Whether somebody, as a body names him, is one of them. */
export function isOneOf({ keys }: Senders, who: Json, country?: string): boolean {
    const texts = [who.address, who.email, who.phone_number, who.id, who.username].filter(
        (each): each is string => typeof each === 'string' && each.trim() !== '',
    );
    return texts.some((text) => {
        const plain = visible(text);
        const address = addressKey(plain);
        if (address !== undefined) return keys.has(`address ${address}`) || keys.has(`domain ${domainOf(address)}`);
        return keys.has(`id ${plain.toLowerCase()}`) || keys.has(`number ${phoneKey(plain, country)}`);
    });
}
