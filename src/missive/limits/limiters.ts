import { createHash } from 'node:crypto';
import { type Ledger, limits } from './ledger';
import { Limiter } from './limiter';
import type { Policy } from './policy';
import { RedisLedger } from './redis/redis-ledger';
import { SpendingFile } from './spending-file';
import { MemoryLedger } from './windows/memory-ledger';

/** Longer than Missive's longest window: what was spent before a deploy is not forgotten after it. */
const keep = 16 * 60_000;

interface Entry {
    readonly limiter: Limiter;
    file: SpendingFile | undefined;
    /** With whom its ledger shares. */
    sharing: string;
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
    /** Address of the Redis through which others share the limits; blank: none. */
    readonly redis?: string | undefined;
    /** How many programs use the token; they part the limits where there is no Redis. */
    readonly instances?: number | undefined;
}

/** Told what somebody should know who runs the flow. */
export type Log = (sentence: string) => void;

/**
 * The one limiter of this address and token, kept for a while after the last share in it is given up. The settings of
 * whoever acquires it last count for all; `log` is told where somebody else's are given up for them. Who brings no settings is a guest: what
 * is there stays as it is.
 */
export function acquire(address: string, token: string, settings?: Settings, log: Log = () => {}): Share {
    const entries = registry();
    const key = keyOf(address, token);
    const known = entries.get(key);
    const entry = known ?? entryFor(key, settings ?? {}, log);
    entries.set(key, entry);
    clearTimeout(entry.timer);
    if (known && settings) follow(known, key, settings, log);
    else if (known) known.limiter.ledger.open?.();
    if (settings) entry.limiter.policy = settings.policy ?? 'balanced';
    entry.users++;
    let held = true;
    return {
        limiter: entry.limiter,
        release() {
            if (!held) return;
            held = false;
            if (--entry.users > 0) return;
            entry.file?.close();
            entry.limiter.ledger.close?.();
            entry.timer = setTimeout(() => entries.delete(key), keep);
            entry.timer.unref();
        },
    };
}

/** The limiter of somebody who comes first: what the file knows still counts. */
function entryFor(key: string, settings: Settings, log: Log): Entry {
    const file = fileFor(key, settings, log);
    const before = file?.read();
    const ledger = ledgerFor(key, settings, log);
    if (before === 'damaged' && ledger instanceof MemoryLedger) ledger.doubt();
    else if (before && before !== 'damaged') ledger.recall(before);
    file?.follow(ledger);
    return { limiter: new Limiter(ledger), file, sharing: sharingOf(settings), users: 0, timer: undefined };
}

/** A limiter that is there already does what the newest account says. */
function follow(entry: Entry, key: string, settings: Settings, log: Log): void {
    const { limiter, users } = entry;
    const { policy = 'balanced' } = settings;
    const sharing = sharingOf(settings);
    if (users > 0 && (limiter.policy !== policy || entry.sharing !== sharing))
        log(
            `Another account has the same address and token, but other settings (policy "${limiter.policy}"): from now on both share their queue by those of this account (policy "${policy}").`,
        );
    if (entry.sharing === sharing) limiter.ledger.open?.();
    else {
        entry.file?.close();
        entry.sharing = sharing;
        entry.file = fileFor(key, settings, log);
        limiter.use(ledgerFor(key, settings, log));
        entry.file?.follow(limiter.ledger);
    }
}

const sharingOf = ({ redis = '', instances = 1 }: Settings): string => `${redis} ${instances}`;

/** Redis remembers by itself. */
const fileFor = (key: string, { folder, redis }: Settings, log: Log): SpendingFile | undefined =>
    folder && !redis ? new SpendingFile(folder, key, log) : undefined;

const ledgerFor = (key: string, { redis, instances }: Settings, log: Log): Ledger =>
    redis ? new RedisLedger({ address: redis, key, instances, log }) : new MemoryLedger(limits, instances);
