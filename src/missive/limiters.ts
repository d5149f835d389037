import { createHash } from 'node:crypto';
import { Limiter } from './limiter';
import type { Policy } from './policy';

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

/** What an account wants of its limiter. */
export interface Settings {
    readonly policy?: Policy | undefined;
}

/**
 * The one limiter of this address and token, kept for a while after the last share in it is given up. The settings of
 * whoever acquires it last count for all; `log` is told where somebody else's are given up for them.
 */
export function acquire(
    address: string,
    token: string,
    settings: Settings = {},
    log?: (sentence: string) => void,
): Share {
    const entries = registry();
    const key = keyOf(address, token);
    const entry = entries.get(key) ?? { limiter: new Limiter(), users: 0, timer: undefined };
    entries.set(key, entry);
    clearTimeout(entry.timer);
    const { policy = 'balanced' } = settings;
    if (entry.users > 0 && entry.limiter.policy !== policy)
        log?.(
            `Another account has the same address and token, but the policy "${entry.limiter.policy}": from now on both share their queue by "${policy}".`,
        );
    entry.limiter.policy = policy;
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
