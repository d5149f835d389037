import type { Link } from '../../src/runtime/redis/link';
import { type Linked, linkTo } from '../../src/runtime/redis/links';
import { RedisServer, redisOrSkip } from './redis';

/** What a suite has with a Redis. */
export interface OneRedis {
    readonly redis: RedisServer;
    /** The connection that all share who ask for this Redis. */
    readonly link: Link;
    /** Where the things of a node lie in it: another place for each test. */
    readonly place: string;
}

/** In a suite: one Redis for all its tests, where wanted with its `link`; without a redis-server they are skipped. */
export function oneRedis({ link = false } = {}): OneRedis {
    let redis: RedisServer | undefined;
    let linked: Linked | undefined;
    let count = 0;
    before(async function () {
        this.timeout(30_000);
        redisOrSkip.call(this);
        redis = await RedisServer.start();
        if (!link) return;
        linked = linkTo(redis.address);
        await linked.link.ready(5000);
    });
    after(async () => {
        linked?.release();
        await redis?.kill();
    });
    beforeEach(() => {
        count += 1;
    });
    const there = <T>(value: T | undefined): T => {
        if (!value) throw new Error('It is there in tests alone.');
        return value;
    };
    return {
        get redis() {
            return there(redis);
        },
        get link() {
            return there(linked).link;
        },
        get place() {
            return `{missive:node:${count}}`;
        },
    };
}
