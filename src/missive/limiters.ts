import { createHash } from 'node:crypto';
import { Limiter } from './limiter';

/** Longer than Missive's longest window: what was spent before a deploy is not forgotten after it. */
const keep = 16 * 60_000;

interface Entry {
    readonly limiter: Limiter;
    users: number;
    timer: NodeJS.Timeout | undefined;
}

/** Global, so that every copy of this module in the process counts the requests of a token together. */
const slot = Symbol.for('@missive-community/node-red-missive.limiters.v1');

function registry(): Map<string, Entry> {
    const shared = globalThis as { [slot]?: Map<string, Entry> };
    shared[slot] ??= new Map();
    return shared[slot];
}

/** One address has several spellings: capitals in the host, a default port, slashes at the end. */
function normalised(address: string): string {
    const text = address.trim();
    return (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, '');
}

/** The registry's key: a digest, so that no token can be read out of it. */
const keyOf = (address: string, token: string): string =>
    createHash('sha256')
        .update(`${normalised(address)}\n${token.trim()}`)
        .digest('hex');

/** A share in the limiter of an address and a token; `release` gives it up, a second time does nothing. */
export interface Share {
    readonly limiter: Limiter;
    release(): void;
}

/** The one limiter of this address and token, kept for a while after the last share in it is given up. */
export function acquire(address: string, token: string): Share {
    const entries = registry();
    const key = keyOf(address, token);
    const entry = entries.get(key) ?? { limiter: new Limiter(), users: 0, timer: undefined };
    entries.set(key, entry);
    clearTimeout(entry.timer);
    entry.users++;
    let held = true;
    return {
        limiter: entry.limiter,
        release() {
            if (!held) return;
            held = false;
            if (--entry.users > 0) return;
            entry.timer = setTimeout(() => entries.delete(key), keep);
            entry.timer.unref();
        },
    };
}
