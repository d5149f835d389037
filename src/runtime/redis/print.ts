import { createHash } from 'node:crypto';

/** The key of what was seen with a print (without a ticket), below the place of a node. */
export const seenKey = (place: string, print: string): string =>
    `${place}:seen:${print.startsWith('body:') ? print : `key:${createHash('sha256').update(print).digest('base64')}`}`;

/** A print carries the ticket by which it is known in Redis, behind this. */
export const mark = '#ticket:';

/** A print and its ticket; that is blank where it has none. */
export function parted(print: string): readonly [print: string, ticket: string] {
    const at = print.lastIndexOf(mark);
    return at < 0 ? [print, ''] : [print.slice(0, at), print.slice(at + mark.length)];
}

/** How long a print is remembered, in milliseconds: an event by its ids, or one that can only be told by its bytes. */
export const remembered = { key: 24 * 60 * 60_000, body: 15 * 60_000 };
