import { readFileSync } from 'node:fs';
import type { Redis, RedisOptions } from 'ioredis';
import { isReplica } from './trouble';

/** How every connection to Redis behaves: nothing is kept for later, as by then it would be wrong; back within a second. */
const usual = {
    connectTimeout: 2000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    retryStrategy: () => 250,
    reconnectOnError: isReplica,
} as const satisfies RedisOptions;

/**
 * A client for an address: redis:// or rediss://, with host, user, password and database, and behind `?ca=` the file of the
 * certificate that vouches for it, where no known authority does. `commandTimeout`: milliseconds after which a command has
 * failed. Only who shares something needs ioredis, so only then is it loaded.
 */
export function clientFor(address: string, commandTimeout: number): Redis {
    const { Redis: Client } = require('ioredis') as typeof import('ioredis');
    const url = new URL(address);
    const file = url.searchParams.get('ca');
    url.searchParams.delete('ca');
    if (!file) return new Client(address, { ...usual, commandTimeout });
    return new Client(url.href, { ...usual, commandTimeout, tls: { ca: readFileSync(file) } });
}
