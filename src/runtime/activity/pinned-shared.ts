import type { NodeAPI } from 'node-red';
import { deployedAccount } from '../account';
import { whoseOf } from '../user-folder';
import { type Pinned, pinnedOf } from './pinned';

const read = `return redis.call('HVALS', KEYS[1])`;
const write = `return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])`;
const remove = `return redis.call('HDEL', KEYS[1], ARGV[1])`;

/** So long an editor waits for a Redis that is not there, in milliseconds. */
const patience = 500;

/**
 * Events pinned to a node whose account has a Redis lie there, for every Node-RED: what was pinned here is moved, and what
 * others have pinned is known. Without Redis what was last known stays.
 */
export async function refreshPinned(RED: NodeAPI): Promise<void> {
    const pinned = pinnedOf(RED);
    const places = placesOf(RED);
    if (places.size === 0) return;
    const found: Pinned[] = [];
    for (const address of new Set(places.values()))
        await withRedis(RED, address, async (run) => {
            for (const own of pinned.own().filter(({ node }) => places.get(node) === address)) {
                await run(write, own.id, JSON.stringify(own));
                pinned.forget(own.id);
            }
            const all = (await run(read)) as unknown[];
            found.push(...all.map((text) => JSON.parse(String(text)) as Pinned));
        }).then(
            () => undefined,
            () => found.push(...pinned.shared.filter(({ node }) => places.get(node) === address)),
        );
    pinned.shared = found.sort((one, other) => one.at - other.at);
}

/** An event is pinned no more, anywhere. Rejects where Redis is not there. */
export async function unpinShared(RED: NodeAPI, id: string): Promise<void> {
    const pinned = pinnedOf(RED);
    const address = placesOf(RED).get(pinned.get(id)?.node ?? '');
    if (address) await withRedis(RED, address, (run) => run(remove, id));
    pinned.unpin(id);
}

/** Node → the address of the Redis that its account has. */
function placesOf(RED: NodeAPI): ReadonlyMap<string, string> {
    const places = new Map<string, string>();
    RED.nodes.eachNode((each) => {
        const { id, account } = each as unknown as { readonly id: string; readonly account?: unknown };
        const redis = account === undefined ? undefined : deployedAccount(RED, account)?.redis;
        if (redis) places.set(id, redis);
    });
    return places;
}

async function withRedis<T>(
    RED: NodeAPI,
    address: string,
    work: (run: (lua: string, ...values: string[]) => Promise<unknown>) => Promise<T>,
): Promise<T> {
    // What it takes to share is loaded with the first account that does.
    const { linkTo } = require('../redis/links') as typeof import('../redis/links');
    const { placeOf } = require('../redis/place') as typeof import('../redis/place');
    const { link, release } = linkTo(address);
    try {
        await link.ready(patience);
        return await work((lua, ...values) => link.run(lua, placeOf('pinned', whoseOf(RED, 'events')), ...values));
    } finally {
        release();
    }
}
