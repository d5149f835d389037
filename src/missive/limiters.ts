import { createHash } from 'node:crypto';
import { Limiter } from './limiter';
import { MemoryLedger } from './memory-ledger';
import type { Policy } from './policy';
import { SpendingFile } from './spending-file';

/** Longer than Missive's longest window: what was spent before a deploy is not forgotten after it. */
const keep = 16 * 60_000;

interface Entry {
    readonly limiter: Limiter;
    readonly file: SpendingFile | undefined;
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
    /** Where to keep what was spent for the next start; nowhere where it is blank. */
    readonly folder?: string | undefined;
}

/** Told what somebody should know who runs the flow. */
export type Log = (sentence: string) => void;

/**
 * The one limiter of this address and token, kept for a while after the last share in it is given up. The settings of
 * whoever acquires it last count for all; `log` is told where somebody else's are given up for them.
 */
export function acquire(address: string, token: string, settings: Settings = {}, log: Log = () => {}): Share {
    const entries = registry();
    const key = keyOf(address, token);
    const entry = entries.get(key) ?? entryFor(key, settings, log);
    entries.set(key, entry);
    clearTimeout(entry.timer);
    const { policy = 'balanced' } = settings;
    const { limiter } = entry;
    if (entry.users > 0 && limiter.policy !== policy)
        log(
            `Another account has the same address and token, but the policy "${limiter.policy}": from now on both share their queue by "${policy}".`,
        );
    limiter.policy = policy;
    entry.users++;
    let held = true;
    return {
        limiter,
        release() {
            if (!held) return;
            held = false;
            if (--entry.users > 0) return;
            entry.file?.close();
            entry.timer = setTimeout(() => entries.delete(key), keep);
            entry.timer.unref();
        },
    };
}

function entryFor(key: string, { folder }: Settings, log: Log): Entry {
    const ledger = new MemoryLedger();
    const file = folder ? new SpendingFile(folder, key, log) : undefined;
    const before = file?.read();
    if (before === 'damaged') ledger.doubt();
    else if (before) ledger.recall(before);
    file?.follow(ledger);
    return { limiter: new Limiter(ledger), file, users: 0, timer: undefined };
}
