import { createHmac, randomBytes } from 'node:crypto';
import { sameSecret } from './key';

/** How long a page may ask without being loaded anew, in milliseconds. */
const lifetime = 12 * 60 * 60 * 1000;

/**
 * What a page shows in place of the key from its first request on: its own name, drawn at random, and an end, sealed
 * with the key of one node. It opens nothing at another node, and nothing after the key was changed.
 */
export function makeToken(key: string, node: string, now = Date.now()): string {
    const page = randomBytes(12).toString('base64url');
    const end = (now + lifetime).toString(36);
    return `${page}.${end}.${seal(key, node, page, end)}`;
}

/** The page that a token names; `undefined` where it is forged, over, or not for this node and key. */
export function pageOf(token: string, key: string, node: string, now = Date.now()): string | undefined {
    const [, page, end, mac] = /^([\w-]{16})\.([\da-z]{1,12})\.([\w-]{43})$/.exec(token) ?? [];
    if (page === undefined || end === undefined || mac === undefined || key === '') return undefined;
    if (!sameSecret(mac, seal(key, node, page, end))) return undefined;
    return Number.parseInt(end, 36) > now ? page : undefined;
}

const seal = (key: string, node: string, page: string, end: string): string =>
    createHmac('sha256', key)
        .update(JSON.stringify(['missive-sidebar', node, page, end]))
        .digest('base64url');
