import { type Limits, shareOf } from '../ledger';
import type { Policy } from '../policy';
import { MemoryLedger } from '../windows/memory-ledger';
import type { Known } from './known';

/** Permits that others may have taken since we last heard of them. */
const unheard = 5;

/**
 * What is kept free in Redis for a program that loses it, until what was used then has come back; then an equal part. Where
 * it was never told, an equal part of what was free when Redis was last heard of.
 */
export function defended(allowed: Limits, known: Known, policy: Policy, since: number | undefined): MemoryLedger {
    const { used, held, promise } = known;
    const clients = promise?.clients ?? known.clients;
    const local = new MemoryLedger(allowed, clients);
    local.policy = policy;
    shareOf(allowed, clients).windows.forEach(({ limit: share }, at) => {
        const limit = allowed.windows[at]?.limit ?? 0;
        const free = promise?.windows[at] ?? Math.max(0, Math.floor((limit - (used[at] ?? 0) - unheard) / clients));
        local.know(at, Math.max(0, share - free), since);
    });
    if (held > 0) local.hold(held);
    return local;
}
