import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MissiveError } from '../../missive/errors';
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
/** Gives the text, and how often it was written: a key that is there has been written. */
const read = `
local written = redis.call('GET', KEYS[1] .. ':written')
return {redis.call('GET', KEYS[1]), written or '0'}`;
/** ARGV 1 text, 2 how often it was written: where less is known, it was forgotten. */
const remind = `
if tonumber(redis.call('GET', KEYS[1] .. ':written') or 0) >= tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[1] .. ':written', ARGV[2])
return 1`;
const takeAway = `
local text = redis.call('GET', KEYS[1])
if text then redis.call('DEL', KEYS[1]) end
return text`;
/** ARGV 1 text. */
const put = `return redis.call('SET', KEYS[1], ARGV[1], 'NX')`;
/** ARGV 1 who, 2 how often the list was written as far as is known there: whoever stood still may have lost the lock meanwhile. */
const isAlone = `
local function isAlone(known)
    return redis.call('GET', KEYS[1] .. ':lock') == ARGV[1] and (redis.call('GET', KEYS[1] .. ':written') or '0') == known
end`;
const check = `${isAlone}
return isAlone(ARGV[2]) and 1 or 0`;
/** ARGV 1 who, 2 text, 3 how often it was written before: only by who has the lock, and has had it since. */
const write = `${isAlone}
if not isAlone(ARGV[3]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return redis.call('INCR', KEYS[1] .. ':written')`;
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

const another = 'Another Node-RED looks after the rules by now.';

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
    /** The text as it was last in Redis, and how often it had been written by then. */
    #stored = { text: '{}', written: 0 };
    /** Nobody else changes the list just now, and what is changed here may not be in Redis yet. */
    #isAlone = false;

    /** `whose`: what stands for the account in its project; `account`: where its list was before projects had their own. */
    constructor(
        private readonly address: string,
        whose: string,
        account = whose,
        private readonly warn: (text: string) => void = () => {},
    ) {
        this.#place = placeOf('rules', whose);
        this.#before = placeOf('rules', account);
    }

    /** Reads what the others have written. Rejects where Redis is not there. */
    refresh(): Promise<void> {
        return this.#with((link) => this.#follow(link));
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
        const { text } = this;
        const before = this.#stored.written;
        const written = Number(await this.#with((link) => link.run(write, this.#place, this.#id, text, before)));
        if (written === 0) throw new Error(another);
        this.#stored = { text, written };
    }

    /** Rejects where another instance may have changed the list since. To be called in `together`, before what cannot be undone. */
    async stillAlone(): Promise<void> {
        const { written } = this.#stored;
        const is = await this.#with((link) => link.run(check, this.#place, this.#id, written));
        if (is !== 1) throw new MissiveError('ERR_MISSIVE_CLOSED', another);
    }

    /** This instance wants a node's rule, for a while; sees to it that Redis still knows which that is. */
    async want(node: string, isWanted: boolean): Promise<void> {
        await this.#with(async (link) => {
            await link.run(want, this.#place, this.#id, node, isWanted ? wantedFor : 0);
            await this.#follow(link);
        });
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
            this.#isAlone = true;
            const before = this.text;
            try {
                return await work();
            } finally {
                if (this.text !== before) await this.stored();
            }
        } finally {
            this.#isAlone = false;
            clearInterval(saying);
            await link.run(unlock, this.#place, this.#id).catch(() => undefined);
        }
    }

    async #follow(link: Link): Promise<void> {
        if (!this.#isAlone) await this.#read(link);
    }

    async #read(link: Link): Promise<void> {
        const [found, written] = (await link.run(read, this.#place)) as [unknown, unknown];
        if (Number(written) < this.#stored.written && (await this.#remind(link))) return this.#read(link);
        const text = String(found ?? (await this.#former(link)) ?? '{}');
        this.#stored = { text, written: Number(written) };
        if (text !== this.text) this.change(text);
    }

    /** A Redis that began anew without its data is told: else each node would make a second rule in Missive. */
    async #remind(link: Link): Promise<boolean> {
        const { text, written } = this.#stored;
        if ((await link.run(remind, this.#place, text, written)) !== 1) return false;
        this.warn(
            'Redis has forgotten which rules were made in Missive: this Node-RED has told it again. Set Redis so that it loses nothing (appendonly yes).',
        );
        return true;
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
