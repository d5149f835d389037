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
}

/** One Node-RED of several: as many calls as it is told, all at once, through the shipped client, limiter and ledger. */
function work({ redis, address, limits, policy, calls }: Work): void {
    const limiter = new Limiter();
    const log = (sentence: string) => process.send?.({ log: sentence });
    limiter.use(new RedisLedger({ address: redis, key: 'the-key-of-the-bench', allowed: limits, log }));
    limiter.policy = policyOf(policy);
    const client = new Client({ address: async () => address, token: 'missive_pat-bench', limiter });
    for (let at = 0; at < calls; at++) {
        const sent = client.send({ method: 'POST', path: '/tasks', body: {} }, { node: 'bulk', priority: 'low' });
        sent.then(
            () => process.send?.({ done: 1 }),
            (error: unknown) => process.send?.({ failed: String(error) }),
        );
    }
}

work(JSON.parse(process.argv[2] ?? '') as Work);
