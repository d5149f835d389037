import { domainToASCII } from 'node:url';
import { isEmail, readMailbox } from './address-text';

/** What an e-mail address has in common with the same one in another case or script; undefined where it is none. */
export function addressKey(text: string): string | undefined {
    if (!isEmail(text)) return undefined;
    const at = text.lastIndexOf('@');
    const domain = domainToASCII(text.slice(at + 1));
    return domain === '' ? undefined : `${text.slice(0, at).normalize('NFC').toLowerCase()}@${domain}`;
}

/** The domain of such a key. */
export const domainOf = (key: string): string => key.slice(key.lastIndexOf('@') + 1);

/** No domain is longer (RFC 1035); one in another script may be written with more signs. */
const longestDomain = 512;

/** A domain, alone or with an @ before it (`example.com`, `@example.com`, `*@example.com`); undefined where it is none. */
export function domainKey(text: string): string | undefined {
    if (text.length > longestDomain) return undefined;
    const [, domain] = /^(?:\*?@)?([^\s@/*.][^\s@/*]*\.[^\s@/*.\d][^\s@/*]*?)\.?$/.exec(text) ?? [];
    return (domain !== undefined && domainToASCII(domain)) || undefined;
}

/** The address of `Ann <ann@x.example>` or of `ann@x.example`; undefined where a text is neither. */
export function addressIn(text: string): string | undefined {
    try {
        return readMailbox(text).address;
    } catch {
        return undefined;
    }
}
