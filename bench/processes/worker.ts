import type { Limits } from '../../src/missive/limits/ledger';
import { Limiter } from '../../src/missive/limits/limiter';
import { policyOf } from '../../src/missive/limits/policy';
import { RedisLedger } from '../../src/missive/limits/redis/redis-ledger';
import { Client } from '../../src/missive/wire/client';

/** What one process is to do. */
export interface Work {
    readonly redis: string;
    readonly address: string;
    readonly limits: Limits;
    readonly policy: string;
    readonly calls: number;
    /** Milliseconds for which a request counts as running without a word from its process. */
    readonly lease?: number;
    /** Milliseconds for which it stands still as soon as its calls wait, or with its first permit before it sends. */
    readonly still?: { readonly at: 'start' | 'permit'; readonly ms: number };
}

/** One Node-RED of several: as many calls as it is told, all at once, through the shipped client, limiter and ledger. */
function work({ redis, address, limits, policy, calls, lease, still }: Work): void {
    const limiter = new Limiter();
    const log = (sentence: string) => process.send?.({ log: sentence });
    limiter.use(new RedisLedger({ address: redis, key: 'the-key-of-the-bench', allowed: limits, lease, log }));
    limiter.policy = policyOf(policy);
    let stood = false;
    const stand = (at: string) => {
        if (stood || still?.at !== at) return;
        stood = true;
        process.send?.({ still: at });
        for (const end = performance.now() + still.ms; performance.now() < end; );
        process.send?.({ still: '' });
    };
    const addressed = async () => {
        stand('permit');
        return address;
    };
    const client = new Client({ address: addressed, token: 'missive_pat-bench', limiter });
    for (let at = 0; at < calls; at++) {
        const sent = client.send({ method: 'POST', path: '/tasks', body: {} }, { node: 'bulk', priority: 'low' });
        sent.then(
            () => process.send?.({ done: 1 }),
            (error: unknown) => process.send?.({ failed: String(error) }),
        );
    }
    stand('start');
}

work(JSON.parse(process.argv[2] ?? '') as Work);
