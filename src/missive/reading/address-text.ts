import { hiddenIn, trimmed } from './hidden';

/** An e-mail address with the name before it. */
export interface Mailbox {
    readonly address: string;
    readonly name?: string;
}

/** Signs of a local part: what people have in their addresses, and no bracket, quote or brace of the text around it. */
const local = /^[\p{L}\p{N}_+](?:[\p{L}\p{M}\p{N}._+\-'&=#~!$*^]*[\p{L}\p{M}\p{N}_+\-=~])?$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** No address that reaches anybody is longer (RFC 5321). */
const longestEmail = 320;

/** Whether a text is one e-mail address and nothing else. Missive is the judge of whether it exists. */
export function isEmail(text: string): boolean {
    if (text.length > longestEmail) return false;
    const [name = '', domain = '', ...more] = text.split('@');
    return (
        more.length === 0 &&
        hiddenIn(text) === undefined &&
        local.test(name) &&
        !name.includes('..') &&
        domain.split('.').every((each) => label.test(each))
    );
}

/**
 * The parts of a text: line breaks, commas and semicolons end one, save where the part begins with a name in double
 * quotes: in there commas and semicolons belong to the name. Blank parts are left out.
 */
export const partsOf = (text: string): string[] =>
    text
        .split(/[\r\n\v\f\u0085\u2028\u2029]/)
        .flatMap((line) => line.match(/(?:\s*"(?:[^"\\]|\\.)*")?[^,;]+/g) ?? [])
        .map(trimmed)
        .filter((part) => part !== '');

/** One part as a mailbox: an address, or one in angle brackets with a name before it; throws a TypeError that says why not. */
export function readMailbox(part: string): Mailbox {
    if (isEmail(part)) {
        refuseWhatsApp(part);
        return { address: part };
    }
    const [, inQuotes, words = '', bracketed = ''] =
        /^(?:"((?:[^"\\]|\\.)*)"\s*|([^"<>]*))<([^<>]*)>$/.exec(part) ?? [];
    if (inQuotes === undefined) refuseUnquoted(words, part);
    const address = trimmed(bracketed);
    if (!isEmail(address)) throw new TypeError(why(part));
    refuseWhatsApp(address);
    const name = toName(inQuotes?.replace(/\\(.)/g, '$1') ?? words);
    const addresses = name.split(/[\s,;]+/).filter((word) => /[^@]@[^@]/.test(word));
    if (addresses.length > 1 || /<[^<>@]*@[^<>]*>/.test(name))
        throw new TypeError(`has a list of addresses in quotes: ${quoted(part)}`);
    return { address, ...(name !== '' && { name }) };
}

/** Throws for what WhatsApp's own programs call a person or a group (`351910000001@c.us`): it looks like e-mail and is none. */
export function refuseWhatsApp(address: string): void {
    if (/^[\d.:-]+@(?:[cg]\.us|s\.whatsapp\.net|lid|broadcast|newsletter)$/i.test(address))
        throw new TypeError(`has an id of WhatsApp, which is no e-mail address: ${quoted(address)}`);
}

/** A name without quotes may hold nothing that could be another address, or mean something in the head of a mail. */
function refuseUnquoted(name: string, part: string): void {
    if (/[@\uff20\ufe6b]/.test(name)) throw new TypeError(`has an address inside a name: ${quoted(part)}`);
    if (/\+[\s().-]*(?:\d[\s().-]*){7}/.test(name)) throw new TypeError(`has a number inside a name: ${quoted(part)}`);
    if (/[()]/.test(name)) throw new TypeError(`has a comment, which only a name in quotes may have: ${quoted(part)}`);
    if (/[:\\[\]{}|]|^\s*[•◦▪‣·*]/.test(name)) throw new TypeError(`has a name that needs quotes: ${quoted(part)}`);
}

/** A name as it may stand before an address; throws a TypeError where a mail program could read more into it. */
export function toName(text: string): string {
    const name = trimmed(text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')).replace(/[\t \u00a0]+/g, ' ');
    if (/[\p{Cc}\u2028\u2029]/u.test(name)) throw new TypeError('has a name with a line break or a control sign in it');
    if (/=\?[^?\s]*\?[bq]\?/i.test(name)) throw new TypeError(`has a name that is still encoded: ${quoted(name)}`);
    return name;
}

/** Why a part is no address; it is repeated where it is short, as nobody else can say which of many is meant. */
function why(part: string): string {
    const hidden = part.includes('@') ? hiddenIn(part) : undefined;
    if (hidden) return `has an address with a hidden sign (${hidden}) inside: ${quoted(part)}`;
    return `has a part that is no e-mail address: ${quoted(part)}; write name@example.com or Name <name@example.com>, with a comma between two`;
}

const longest = 80;

/** A part in an error. A long one may be the text of a message in the wrong field, and is not repeated. */
export const quoted = (part: string): string =>
    part.length > longest ? `text of ${part.length} characters` : `“${part.replace(/[\p{Cc}\p{Cf}]/gu, '·')}”`;
