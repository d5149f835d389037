import { randomUUID } from 'node:crypto';
import type { Bounds, Departures, Left } from '../../missive/guard/bounds';
import type { Link } from '../redis/link';
import { now } from '../redis/place';

const [hour, day] = [60 * 60_000, 24 * 60 * 60_000];
/** So many are told at once. */
const handful = 500;

/**
 * KEYS 1: departures with their moments. ARGV 1 how many, 2 a name for them, 3 and 4 the bounds of an hour and a day, -1:
 * none, 5 since when Redis counts, as the asking instance knows it, or blank: where that has changed, some are forgotten.
 */
const add = `${now}
local hour, day = ${hour}, ${day}
for _, each in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. (now + day), '+inf')) do redis.call('ZREM', KEYS[1], each) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - day)
local inHour = redis.call('ZCOUNT', KEYS[1], '(' .. (now - hour), '+inf')
local inDay = redis.call('ZCARD', KEYS[1])
redis.call('SETNX', KEYS[1] .. ':born', now)
local born = redis.call('GET', KEYS[1] .. ':born')
if ARGV[5] ~= '' and ARGV[5] ~= born then return {'forgotten', inHour, inDay, born} end
local count, most, mostDay = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
if most >= 0 and inHour + count > most then return {'hour', inHour, inDay, born} end
if mostDay >= 0 and inDay + count > mostDay then return {'day', inHour, inDay, born} end
for at = 1, count do redis.call('ZADD', KEYS[1], now, ARGV[2] .. at) end
redis.call('PEXPIRE', KEYS[1], day)
return {'', inHour + count, inDay + count, born}`;
/** ARGV 1 how many, 2 their name. */
const undo = `
for at = 1, tonumber(ARGV[1]) do redis.call('ZREM', KEYS[1], ARGV[2] .. at) end
return 1`;
/** Pairs of a departure and how long ago it was: while Redis was gone, or before it forgot. */
const tell = `${now}
for at = 1, #ARGV, 2 do redis.call('ZADD', KEYS[1], now - tonumber(ARGV[at + 1]), ARGV[at]) end
redis.call('PEXPIRE', KEYS[1], ${day})
return 1`;

/**
 * When messages left an account, counted over all instances. While Redis is gone an instance counts on with what the others
 * had sent when it was last there, and tells its own when it is back, and one that has forgotten all of them.
 */
export class DeparturesShared implements Departures {
    /** What others had sent, as last heard of. */
    #others = { hour: 0, day: 0 };
    /** Since when Redis counts. */
    #born = '';
    /** Name → when it left. */
    #own = new Map<string, number>();

    constructor(
        private readonly link: Link,
        private readonly key: string,
        /** What this instance has sent itself, in a file. */
        private readonly here: Departures,
    ) {
        // All do, before anybody asks a Redis that may have come back empty.
        link.onBack(() => void this.#tell([...this.#own.keys()]).catch(() => undefined));
    }

    async add(count: number, bounds: Bounds): Promise<Counted> {
        const name = `${randomUUID()}:`;
        const at = performance.now();
        try {
            const [full, inHour, inDay] = await this.#ask(count, name, bounds.hour ?? -1, bounds.day ?? -1);
            if (full === '') this.#note(name, count, at);
            this.#hear(inHour, inDay);
            if (full === 'hour' || full === 'day') return { full };
        } catch {
            return this.#alone(count, bounds, name, at);
        }
        const here = await this.here.add(count, none).catch(() => undefined);
        return { undo: () => this.#undo(count, name, here) };
    }

    async left(): Promise<Left> {
        try {
            const [, hour, day] = await this.#ask(0, '', -1, -1);
            this.#hear(hour, day);
            return { hour, day };
        } catch {
            const here = await this.here.left();
            return { hour: here.hour + this.#others.hour, day: here.day + this.#others.day };
        }
    }

    async #ask(...given: readonly (string | number)[]): Promise<readonly [full: string, hour: number, day: number]> {
        const said = (await this.link.run(add, this.key, ...given, this.#born)) as unknown[];
        this.#born = String(said[3]);
        if (String(said[0]) !== 'forgotten') return [String(said[0]), Number(said[1]), Number(said[2])];
        await this.#tell([...this.#own.keys()]);
        return this.#ask(...given);
    }

    async #tell(names: readonly string[]): Promise<void> {
        const age = (name: string) => Math.round(performance.now() - (this.#own.get(name) ?? 0));
        for (let from = 0; from < names.length; from += handful) {
            const pairs = names.slice(from, from + handful).flatMap((name) => [name, age(name)]);
            await this.link.run(tell, this.key, ...pairs);
        }
    }

    #note(name: string, count: number, at: number): void {
        for (const each of namesOf(name, count)) this.#own.set(each, at);
    }

    #ownWithin(ms: number): number {
        for (const [name, at] of this.#own) if (performance.now() - at >= day) this.#own.delete(name);
        return [...this.#own.values()].filter((at) => performance.now() - at < ms).length;
    }

    async #alone(count: number, bounds: Bounds, name: string, at: number) {
        const left = (kind: keyof Bounds) => {
            const bound = bounds[kind];
            return bound === undefined ? undefined : Math.max(0, bound - this.#others[kind]);
        };
        const here = await this.here.add(count, { hour: left('hour'), day: left('day') });
        if ('full' in here) return here;
        this.#note(name, count, at);
        this.link.surely(() => this.#tell(namesOf(name, count).filter((each) => this.#own.has(each))));
        return { undo: () => this.#undo(count, name, here) };
    }

    #undo(count: number, name: string, here: Counted | undefined): void {
        if (here && 'undo' in here) here.undo();
        for (const each of namesOf(name, count)) this.#own.delete(each);
        this.link.surely(() => this.link.run(undo, this.key, count, name));
    }

    #hear(inHour: number, inDay: number): void {
        const own = { hour: this.#ownWithin(hour), day: this.#ownWithin(day) };
        this.#others = { hour: Math.max(0, inHour - own.hour), day: Math.max(0, inDay - own.day) };
    }
}

const namesOf = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) => `${name}${at + 1}`);

type Counted = Awaited<ReturnType<Departures['add']>>;

const none: Bounds = { hour: undefined, day: undefined };
