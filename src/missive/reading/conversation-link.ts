import { trimmed } from './hidden';

/** Where Missive shows a conversation: on the web, or in its own program. */
const place = /^(?:(?:https?:\/\/)?(?:[\w-]+\.)*missiveapp\.com(?::\d+)?\/|missive:\/\/)/i;

/**
 * The id of a conversation that may be named by the address which Missive shows for it
 * (`https://mail.missiveapp.com/#inbox/conversations/<id>`, `missive://…`); any other text as it is. Throws a TypeError
 * for an address that names none.
 */
export function conversationId(text: string): string {
    const plain = trimmed(text);
    if (!/^[a-z][a-z\d+.-]*:\/\//i.test(plain) && !place.test(plain)) return plain;
    // Behind a blank there may be another one.
    const [, id] = (place.test(plain) && !/\s/.test(plain) && /\/conversations\/([\w-]+)/.exec(decoded(plain))) || [];
    if (id !== undefined) return id;
    throw new TypeError(
        'is an address that names no conversation; copy it from Missive, such as https://mail.missiveapp.com/#inbox/conversations/…, or give the id',
    );
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}
