import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Link } from '../redis/link';
import { linkTo } from '../redis/links';
import { now, placeOf } from '../redis/place';

/** Milliseconds: so long a step may take without a word of who takes it, and so often it says one. */
const [lease, word] = [20_000, 5_000];
/** So long a node counts as wanted by an instance that says nothing, in milliseconds. */
export const wantedFor = 20_000;

/** ARGV 1 who, 2 milliseconds. */
const lock = `
local owner = redis.call('GET', KEYS[1] .. ':lock')
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1] .. ':lock', ARGV[1], 'PX', ARGV[2])
return 1`;
const unlock = `
if redis.call('GET', KEYS[1] .. ':lock') == ARGV[1] then redis.call('DEL', KEYS[1] .. ':lock') end
return 1`;
const read = `return redis.call('GET', KEYS[1])`;
const takeAway = `
local text = redis.call('GET', KEYS[1])
if text then redis.call('DEL', KEYS[1]) end
return text`;
/** ARGV 1 text. */
const put = `return redis.call('SET', KEYS[1], ARGV[1], 'NX')`;
/** ARGV 1 who, 2 text: only by who has the lock. */
const write = `
if redis.call('GET', KEYS[1] .. ':lock') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`;
/** ARGV 1 who, 2 node, 3 how long it counts (ms), 0: no more. */
const want = `${now}
local key = KEYS[1] .. ':wanted:' .. ARGV[2]
if ARGV[3] == '0' then return redis.call('ZREM', key, ARGV[1]) end
redis.call('ZADD', key, now + tonumber(ARGV[3]), ARGV[1])
redis.call('PEXPIRE', key, tonumber(ARGV[3]))
return 1`;
/** ARGV 1 node. */
const wanted = `${now}
return redis.call('ZCOUNT', KEYS[1] .. ':wanted:' .. ARGV[1], now, '+inf')`;

/** The list of rules that the nodes of an account have made, in Redis: one for all instances, changed by one at a time. */
export class SharedRules {
    readonly #id = randomUUID();
    readonly #place: string;
    readonly #before: string;
    /** What was last read, or is to be written. */
    text = '{}';
    /** Goes up with each text. */
    version = 0;
    #turn: Promise<unknown> = Promise.resolve();

    /** `whose`: what stands for the account in its project; `account`: where its list was before projects had their own. */
    constructor(
        private readonly address: string,
        whose: string,
        account = whose,
    ) {
        this.#place = placeOf('rules', whose);
        this.#before = placeOf('rules', account);
    }

    /** Reads what the others have written. Rejects where Redis is not there. */
    refresh(): Promise<void> {
        return this.#with((link) => this.#read(link));
    }

    /** Does something with the list while no other instance does, and stores what has changed. */
    together<T>(work: () => Promise<T>): Promise<T> {
        const turn = this.#turn.then(() => this.#with((link) => this.#alone(link, work)));
        this.#turn = turn.catch(() => undefined);
        return turn;
    }

    change(text: string): void {
        this.text = text;
        this.version += 1;
    }

    /** Resolves when what has changed is in Redis. To be called in `together`. */
    async stored(): Promise<void> {
        const is = await this.#with((link) => link.run(write, this.#place, this.#id, this.text));
        if (is !== 1) throw new Error('Another Node-RED looks after the rules by now.');
    }

    /** This instance wants a node's rule, for a while. */
    async want(node: string, isWanted: boolean): Promise<void> {
        await this.#with((link) => link.run(want, this.#place, this.#id, node, isWanted ? wantedFor : 0));
    }

    /** Whether an instance wants a node's rule. */
    async isWanted(node: string): Promise<boolean> {
        return Number(await this.#with((link) => link.run(wanted, this.#place, node))) > 0;
    }

    async #alone<T>(link: Link, work: () => Promise<T>): Promise<T> {
        const take = () => link.run(lock, this.#place, this.#id, lease);
        while ((await take()) !== 1) await pause(200, undefined, { ref: false });
        const saying = setInterval(() => void take().catch(() => undefined), word).unref();
        try {
            await this.#read(link);
            const before = this.text;
            try {
                return await work();
            } finally {
                if (this.text !== before) await this.stored();
            }
        } finally {
            clearInterval(saying);
            await link.run(unlock, this.#place, this.#id).catch(() => undefined);
        }
    }

    async #read(link: Link): Promise<void> {
        const text = String((await link.run(read, this.#place)) ?? (await this.#former(link)) ?? '{}');
        if (text !== this.text) this.change(text);
    }

    /** The list of before is the project's that is the first to ask. */
    async #former(link: Link): Promise<unknown> {
        if (this.#before === this.#place) return undefined;
        const text = await link.run(takeAway, this.#before);
        if (typeof text === 'string') await link.run(put, this.#place, text);
        return text;
    }

    async #with<T>(work: (link: Link) => Promise<T>): Promise<T> {
        const { link, release } = linkTo(this.address);
        try {
            await link.ready();
            return await work(link);
        } finally {
            release();
        }
    }
}
