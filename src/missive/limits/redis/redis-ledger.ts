import { randomUUID } from 'node:crypto';
import {
    type Grant,
    type Ledger,
    type LedgerState,
    type Limits,
    limits,
    type Pace,
    type Permit,
    type Spending,
} from '../ledger';
import { type Policy, policies } from '../policy';
import { Alone, soon } from './alone';
import { Connection, type Reply } from './connection';
import { Known, poll } from './known';
import { Reliance, renewal } from './reliance';
import { Reminder } from './reminder';
import { RunningRequests } from './running';
import { stopwatch } from './stopwatch';

/** A short restart of Redis is waited for, in milliseconds; then each instance goes on with what it can defend. */
const patience = 3000;
/** A program that has just started and is connected may only be slow: it knows of nobody yet, and takes no part. */
const firstPatience = 10_000;

export interface RedisOptions {
    readonly address: string;
    /** The limiter's key in the registry: a digest. */
    readonly key: string;
    /** How many programs share the limits where Redis has never told. */
    readonly instances?: number | undefined;
    readonly allowed?: Limits | undefined;
    /** Milliseconds for which a request counts as running without a word from its program. */
    readonly lease?: number | undefined;
    /** Told in words when Redis is lost and when it is back. */
    readonly log?: ((sentence: string) => void) | undefined;
}

/**
 * Exact windows over all programs with one token: permits lie in Redis. A request's lease is renewed while its program
 * lives, so permits of one that was killed come back. Without Redis each goes on with what is kept free for it there, and
 * returns by itself; so those that still have Redis and those that have lost it meet no limit. A Redis that knows less than this program has sent has forgotten
 * something: it is told again before it is believed.
 */
export class RedisLedger implements Ledger {
    policy: Policy = 'balanced';
    wake: (() => void) | undefined;
    changed: (() => void) | undefined;
    readonly #allowed: Limits;
    readonly #log: (sentence: string) => void;
    readonly #running: RunningRequests;
    readonly #known: Known;
    readonly #reminder: Reminder;
    readonly #alone: Alone;
    readonly #redis: Reliance;

    constructor({ address, key, instances = 2, allowed = limits, lease = 15_000, log = () => {} }: RedisOptions) {
        const id = randomUUID().slice(0, 8);
        this.#allowed = allowed;
        this.#log = log;
        const running = new RunningRequests(id, lease);
        const known = new Known(allowed, instances);
        const reminder = new Reminder(allowed, known, running);
        const alone = new Alone(allowed, known, running);
        this.#running = running;
        this.#known = known;
        this.#reminder = reminder;
        this.#alone = alone;
        this.#redis = new Reliance({
            ...{ id, allowed, known, running, reminder, log },
            connect: () => new Connection(address, key, () => this.#redis.name, allowed),
            news: () => this.wake?.(),
            alone: () => alone.ledger !== undefined,
            back: () => this.#back(),
        });
    }

    acquire(pace: Pace): Grant | Promise<Grant> {
        const { lostAt, isHanding } = this.#redis;
        if (isHanding) return { wait: soon };
        if (lostAt === undefined) return this.#known.held > 0 ? { wait: this.#known.held } : this.#ask(pace);
        if (!this.#alone.ledger) {
            const { connection } = this.#redis;
            const isStarting = this.#known.promise === undefined && connection.isReached;
            if (!this.#redis.isLostFor(isStarting ? firstPatience : patience)) return { wait: soon };
            this.#log(
                `${connection.trouble ?? 'Redis is not there'}: until that is mended this Node-RED keeps to one part of ${this.#parts} of Missive's limits.`,
            );
            this.#alone.begin(this.policy, lostAt);
        }
        // Those who have Redis keep nothing free for it while it counts there.
        return this.#redis.mayCount ? { wait: soon } : this.#alone.acquire(pace);
    }

    stands(permit: Permit): boolean {
        return this.#running.stands(permit);
    }

    release(permit: Permit): void {
        const one = this.#running.take(permit);
        if (!one) return;
        this.#reminder.finished(one.id);
        this.#alone.release(one);
        this.#redis.tell('release', one.id);
        this.changed?.();
    }

    refund(permit: Permit): void {
        const one = this.#running.take(permit);
        if (!one) return;
        this.#alone.refund(one);
        this.#redis.tell('refund', one.id);
    }

    hold(ms: number, limit?: number): void {
        const { connection } = this.#redis;
        this.#alone.ledger?.hold(ms, limit);
        this.#known.hold(ms);
        void connection.send('hold', Math.ceil(ms), connection.channel, limit ?? 0).catch(() => {});
    }

    forecast(pace: Pace, ahead: number): number {
        return this.#alone.ledger?.forecast(pace, ahead) ?? this.#known.forecast(pace, ahead);
    }

    state(): LedgerState {
        const local = this.#alone.ledger;
        if (local) return { ...local.state(), sharing: 'defended', instances: this.#parts };
        const now = performance.now();
        // A moment's loss is not worth a word.
        return this.#known.state(now - (this.#redis.lostAt ?? now) < renewal ? 'redis' : 'defended');
    }

    spending(): Spending {
        return { finished: this.#reminder.ages, inFlight: this.#running.size, held: this.#known.held };
    }

    recall({ finished, inFlight, held }: Spending): void {
        const now = performance.now();
        const before = (at: number) => this.#reminder.finished(`${this.#running.nextId()}-before`, at);
        for (const age of finished) before(now - age);
        for (let at = 0; at < inFlight; at++) before(now);
        this.#known.hold(held);
    }

    open(): void {
        this.#redis.open();
    }

    close(): void {
        this.#redis.close();
    }

    /** Of how many parts of Missive's limits it keeps to one while it is alone. */
    get #parts(): number {
        return this.#known.promise?.clients ?? this.#known.clients;
    }

    async #ask(pace: Pace): Promise<Grant> {
        const id = this.#running.nextId();
        const { reserve, burst, spaced } = policies[this.policy];
        const { windows } = this.#allowed;
        const room = windows.map(({ limit }) => (pace === 'urgent' ? limit : Math.floor(limit * (1 - reserve))));
        const quick = burst * (windows.at(-1)?.limit ?? 0);
        try {
            const values = [id, this.#running.lease, ...room, pace === 'patient' ? 1 : 0, quick, spaced ? 1 : 0];
            const sinceAsked = stopwatch();
            const reply = await this.#redis.connection.ask('acquire', ...values);
            if (this.#reminder.hasForgotten(reply)) return this.#remind(id, reply);
            this.#known.learn(reply);
            if (!reply.granted) return { wait: Math.min(reply.wait, poll) };
            return { permit: this.#running.give(id, sinceAsked) };
        } catch {
            // If it was granted all the same, its lease ends by itself and it counts as spent.
            this.#redis.lose();
            return { wait: soon };
        }
    }

    /** What was granted by a Redis that has forgotten something is given back; then it is told what it should know. */
    async #remind(id: string, { granted }: Reply): Promise<Grant> {
        const { connection } = this.#redis;
        if (granted) await connection.send('refund', id, connection.channel);
        await this.#reminder.restore(connection);
        return { wait: soon };
    }

    #back(): void {
        if (this.#alone.ledger) this.#log("Redis is back: Missive's limits are shared again.");
        this.#alone.end();
        this.wake?.();
    }
}
