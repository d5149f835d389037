import { type Limits, shareOf } from '../ledger';
import type { Policy } from '../policy';
import { MemoryLedger } from '../windows/memory-ledger';
import type { Known } from './known';

/** Permits that others may have taken since we last heard of them. */
const unheard = 5;

/** An equal part of what was free when Redis was last heard of, until what was used then has come back. */
export function defended(allowed: Limits, known: Known, policy: Policy, since: number | undefined): MemoryLedger {
    const { clients, used, held } = known;
    const local = new MemoryLedger(allowed, clients);
    local.policy = policy;
    shareOf(allowed, clients).windows.forEach(({ limit: share }, at) => {
        const limit = allowed.windows[at]?.limit ?? 0;
        const free = Math.max(0, Math.floor((limit - (used[at] ?? 0) - unheard) / clients));
        local.know(at, Math.max(0, share - free), since);
    });
    if (held > 0) local.hold(held);
    return local;
}
