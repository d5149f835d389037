import { randomUUID } from 'node:crypto';
import type { Bounds, Departures, Left } from '../../missive/guard/bounds';
import type { Link } from '../redis/link';
import { now } from '../redis/place';

const [hour, day] = [60 * 60_000, 24 * 60 * 60_000];

/** KEYS 1: departures with their moments. ARGV 1 how many, 2 a name for them, 3 and 4 the bounds of an hour and a day, -1: none. */
const add = `${now}
local hour, day = ${hour}, ${day}
for _, each in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + day), '+inf')) do redis.call('ZREM', KEYS[1], each) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - day)
local inHour = redis.call('ZCOUNT', KEYS[1], '(' .. (now - hour), '+inf')
local inDay = redis.call('ZCARD', KEYS[1])
local count, most, mostDay = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
if most >= 0 and inHour + count > most then return {'hour', inHour, inDay} end
if mostDay >= 0 and inDay + count > mostDay then return {'day', inHour, inDay} end
for at = 1, count do redis.call('ZADD', KEYS[1], now, ARGV[2] .. at) end
redis.call('PEXPIRE', KEYS[1], day)
return {'', inHour + count, inDay + count}`;
/** ARGV 1 how many, 2 their name. */
const undo = `
for at = 1, tonumber(ARGV[1]) do redis.call('ZREM', KEYS[1], ARGV[2] .. at) end
return 1`;
/** ARGV 1 how many, 2 their name, 3 how long ago they left: while Redis was gone. */
const tell = `${now}
for at = 1, tonumber(ARGV[1]) do redis.call('ZADD', KEYS[1], now - tonumber(ARGV[3]), ARGV[2] .. at) end
redis.call('PEXPIRE', KEYS[1], ${day})
return 1`;

/**
 * When messages left an account, counted over all instances. While Redis is gone an instance counts on with what the others
 * had sent when it was last there, and tells its own when it is back.
 */
export class DeparturesShared implements Departures {
    /** What others had sent, as last heard of. */
    #others = { hour: 0, day: 0 };
    #own: number[] = [];

    constructor(
        private readonly link: Link,
        private readonly key: string,
        /** What this instance has sent itself, in a file. */
        private readonly here: Departures,
    ) {}

    async add(count: number, bounds: Bounds): Promise<Counted> {
        const name = `${randomUUID()}:`;
        const at = performance.now();
        try {
            const given = [count, name, bounds.hour ?? -1, bounds.day ?? -1];
            const said = (await this.link.run(add, this.key, ...given)) as unknown[];
            const full = String(said[0]);
            if (full === '') this.#own.push(...Array.from({ length: count }, () => at));
            this.#hear(Number(said[1]), Number(said[2]));
            if (full === 'hour' || full === 'day') return { full };
        } catch {
            return this.#alone(count, bounds, name, at);
        }
        const here = await this.here.add(count, none).catch(() => undefined);
        return { undo: () => this.#undo(count, name, at, here) };
    }

    async left(): Promise<Left> {
        try {
            const [, hour, day] = (await this.link.run(add, this.key, 0, '', -1, -1)) as unknown[];
            this.#hear(Number(hour), Number(day));
            return { hour: Number(hour), day: Number(day) };
        } catch {
            const here = await this.here.left();
            return { hour: here.hour + this.#others.hour, day: here.day + this.#others.day };
        }
    }

    async #alone(count: number, bounds: Bounds, name: string, at: number) {
        const left = (kind: keyof Bounds) => {
            const bound = bounds[kind];
            return bound === undefined ? undefined : Math.max(0, bound - this.#others[kind]);
        };
        const here = await this.here.add(count, { hour: left('hour'), day: left('day') });
        if ('full' in here) return here;
        this.#own.push(...Array.from({ length: count }, () => at));
        this.link.surely(() => this.link.run(tell, this.key, count, name, Math.round(performance.now() - at)));
        return { undo: () => this.#undo(count, name, at, here) };
    }

    #undo(count: number, name: string, at: number, here: Counted | undefined): void {
        if (here && 'undo' in here) here.undo();
        for (let left = count; left > 0; left -= 1) {
            const found = this.#own.indexOf(at);
            if (found >= 0) this.#own.splice(found, 1);
        }
        this.link.surely(() => this.link.run(undo, this.key, count, name));
    }

    #hear(inHour: number, inDay: number): void {
        const since = (ms: number) => this.#own.filter((at) => performance.now() - at < ms).length;
        this.#own = this.#own.filter((at) => performance.now() - at < day);
        this.#others = { hour: Math.max(0, inHour - since(hour)), day: Math.max(0, inDay - since(day)) };
    }
}

type Counted = Awaited<ReturnType<Departures['add']>>;

const none: Bounds = { hour: undefined, day: undefined };
