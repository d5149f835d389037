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
    shareOf,
} from '../ledger';
import { type Policy, policies } from '../policy';
import type { MemoryLedger } from '../windows/memory-ledger';
import { Connection, type Reply } from './connection';
import { defended } from './defence';
import { Known, poll } from './known';
import { OwnLog } from './own-log';
import { RunningRequests } from './running';

/** Milliseconds. */
const lease = 15_000;
const renewal = 1000;
/** A short restart of Redis is waited for; then each instance goes on with what it can defend. */
const patience = 3000;
/** After Redis is back everybody has this long to tell it what was sent meanwhile. */
const settling = 1000;
/** Before asking again where something has to be cleared up first. */
const soon = 200;

export interface RedisOptions {
    readonly address: string;
    /** The limiter's key in the registry: a digest. */
    readonly key: string;
    /** How many programs share the limits where Redis has never told. */
    readonly instances?: number | undefined;
    readonly allowed?: Limits | undefined;
    /** Told in words when Redis is lost and when it is back. */
    readonly log?: ((sentence: string) => void) | undefined;
}

/**
 * Exact windows over all programs with one token: permits lie in Redis. A request's lease is renewed while its program
 * lives, so permits of one that was killed come back. Without Redis each goes on with an equal part of what was free
 * when it was last heard of, and returns by itself. A Redis that knows less than this program has sent has forgotten
 * something: it is told again before it is believed.
 */
export class RedisLedger implements Ledger {
    policy: Policy = 'balanced';
    wake: (() => void) | undefined;
    changed: (() => void) | undefined;
    readonly #id = randomUUID().slice(0, 8);
    readonly #allowed: Limits;
    readonly #connect: () => Connection;
    readonly #log: (sentence: string) => void;
    readonly #own: OwnLog;
    readonly #running = new RunningRequests(this.#id);
    readonly #known: Known;
    #connection: Connection;
    #renewing: NodeJS.Timeout | undefined;
    /** Since when Redis is not to be relied on; `undefined` while it is. */
    #lostAt: number | undefined = performance.now();
    #settling = false;
    /** In force once Redis was gone for too long. */
    #local: MemoryLedger | undefined;
    #closed = false;

    constructor({ address, key, instances = 2, allowed = limits, log = () => {} }: RedisOptions) {
        this.#allowed = allowed;
        this.#log = log;
        this.#own = new OwnLog(Math.max(...allowed.windows.map(({ span }) => span)) + allowed.margin);
        this.#known = new Known(allowed, instances);
        this.#connect = () => new Connection(address, key, this.#id, allowed);
        this.#connection = this.#connect();
        this.#listen();
    }

    #listen(): void {
        const connection = this.#connection;
        connection.onReady(() => {
            void this.#return();
            void connection.evicting().then((policy) => policy && this.#log(evicts(policy)));
        });
        connection.onLost(() => this.#lose());
        connection.onNews(() => this.wake?.());
        clearInterval(this.#renewing);
        this.#renewing = setInterval(() => void this.#renew(), renewal);
        this.#renewing.unref();
    }

    acquire(pace: Pace): Grant | Promise<Grant> {
        if (this.#lostAt === undefined) return this.#known.held > 0 ? { wait: this.#known.held } : this.#ask(pace);
        if (performance.now() - this.#lostAt < patience && !this.#local) return { wait: soon };
        return this.#alone(pace);
    }

    release(permit: Permit): void {
        const one = this.#running.take(permit);
        if (!one) return;
        this.#own.add(one.id);
        if (one.local) this.#local?.release(one.local);
        // Granted by Redis before it was lost, and over only now.
        else this.#local?.recall({ finished: [0], inFlight: 0, held: 0 });
        this.#tell('release', one.id);
        this.changed?.();
    }

    refund(permit: Permit): void {
        const one = this.#running.take(permit);
        if (!one) return;
        if (one.local) this.#local?.refund(one.local);
        this.#tell('refund', one.id);
    }

    hold(ms: number, limit?: number): void {
        this.#local?.hold(ms, limit);
        this.#known.hold(ms);
        void this.#connection.send('hold', Math.ceil(ms), this.#connection.channel, limit ?? 0).catch(() => {});
    }

    forecast(pace: Pace, ahead: number): number {
        return this.#local?.forecast(pace, ahead) ?? this.#known.forecast(pace, ahead);
    }

    state(): LedgerState {
        if (this.#local) return { ...this.#local.state(), sharing: 'defended', instances: this.#known.clients };
        const now = performance.now();
        // A moment's loss is not worth a word.
        return this.#known.state(now - (this.#lostAt ?? now) < renewal ? 'redis' : 'defended');
    }

    spending(): Spending {
        const finished = this.#own.ages().map(([, age]) => age);
        return { finished, inFlight: this.#running.size, held: this.#known.held };
    }

    recall({ finished, inFlight, held }: Spending): void {
        const now = performance.now();
        for (const age of finished) this.#own.add(`${this.#running.nextId()}-before`, now - age);
        for (let at = 0; at < inFlight; at++) this.#own.add(`${this.#running.nextId()}-before`, now);
        this.#known.hold(held);
    }

    /** Connects again after `close`. */
    open(): void {
        if (!this.#closed) return;
        this.#connection.close();
        this.#closed = false;
        this.#lostAt = performance.now();
        this.#connection = this.#connect();
        this.#listen();
    }

    close(): void {
        this.#closed = true;
        clearInterval(this.#renewing);
        // What is on its way is told when it has ended; then nobody needs the connection.
        if (this.#running.size === 0) this.#connection.close();
    }

    async #ask(pace: Pace): Promise<Grant> {
        const id = this.#running.nextId();
        const { reserve, burst, spaced } = policies[this.policy];
        const { inFlight, windows } = this.#allowed;
        const room = windows.map(({ limit }) => (pace === 'urgent' ? limit : Math.floor(limit * (1 - reserve))));
        const quick = burst * (windows.at(-1)?.limit ?? 0);
        try {
            const values = [id, lease, inFlight, ...room, pace === 'patient' ? 1 : 0, quick, spaced ? 1 : 0];
            const reply = await this.#connection.ask('acquire', ...values);
            if (this.#hasForgotten(reply)) return this.#remind(id, reply);
            this.#known.learn(reply);
            if (!reply.granted) return { wait: Math.min(reply.wait, poll) };
            return { permit: this.#running.give(id) };
        } catch {
            // If it was granted all the same, its lease ends by itself and it counts as spent.
            this.#lose();
            return { wait: soon };
        }
    }

    /** Whether a reply counts less than this program alone has sent, or from later on; the margin is for the way to Redis and back. */
    #hasForgotten(reply: Reply): boolean {
        const { used } = reply;
        const running = this.#running.granted;
        if (this.#known.isReborn(reply)) return true;
        return this.#allowed.windows.some(({ span }, at) => (used[at] ?? 0) < this.#own.within(span) + running);
    }

    /** What was granted by a Redis that has forgotten something is given back; then it is told what it should know. */
    async #remind(id: string, { granted }: Reply): Promise<Grant> {
        if (granted) await this.#connection.send('refund', id, this.#connection.channel);
        await this.#restore();
        return { wait: soon };
    }

    #alone(pace: Pace): Grant {
        this.#local ??= this.#defend();
        const slots = shareOf(this.#allowed, this.#known.clients).inFlight;
        if (this.#running.size >= slots) return { wait: soon };
        const grant = this.#local.acquire(pace);
        if ('wait' in grant) return { wait: Math.min(grant.wait, poll) };
        return { permit: this.#running.give(this.#running.nextId(), grant.permit) };
    }

    #defend(): MemoryLedger {
        const why = this.#connection.trouble ?? 'Redis is not there';
        this.#log(
            `${why}: until that is mended this Node-RED keeps to one part of ${this.#known.clients} of Missive's limits.`,
        );
        return defended(this.#allowed, this.#known, this.policy, this.#lostAt);
    }

    #lose(): void {
        if (this.#closed) return;
        this.#lostAt ??= performance.now();
    }

    /** Tells Redis what it may not know, gives the others time to do so too, then relies on it again. */
    async #return(): Promise<void> {
        if (this.#settling || this.#closed) return;
        this.#settling = true;
        try {
            await this.#restore();
            const { age } = await this.#connection.ask('renew', lease);
            // A Redis that has just begun is told by the others, too.
            if (age < 2 * settling) await new Promise((done) => setTimeout(done, settling));
            // Once more, for what was sent meanwhile; from here on nothing is granted without Redis.
            await this.#restore();
            this.#known.learn(await this.#connection.ask('renew', lease));
            if (this.#local) this.#log("Redis is back: Missive's limits are shared again.");
            this.#local = undefined;
            this.#lostAt = undefined;
            this.wake?.();
        } catch {
            this.#lose();
        } finally {
            this.#settling = false;
        }
    }

    async #restore(): Promise<void> {
        const pairs = this.#own.ages();
        for (let at = 0; at === 0 || at < pairs.length; at += 500) {
            const { ids } = this.#running;
            const some = pairs.slice(at, at + 500).flat();
            const held = Math.ceil(this.#known.held);
            await this.#connection.send('restore', lease, held, ids.length, ...ids, ...some);
        }
    }

    async #renew(): Promise<void> {
        try {
            const reply = await this.#connection.ask('renew', lease, ...this.#running.ids);
            if (this.#lostAt === undefined && this.#hasForgotten(reply)) await this.#restore();
            // While it is alone it keeps in mind what it went alone with.
            else if (!this.#local) this.#known.learn(reply);
            // A Redis that only hung says nothing when it goes on.
            if (this.#lostAt !== undefined) await this.#return();
        } catch {
            this.#lose();
        }
    }

    #tell(step: 'release' | 'refund', id: string): void {
        const said = this.#connection.send(step, id, this.#connection.channel).catch(() => this.#lose());
        const { size } = this.#running;
        void said.then(() => {
            if (this.#closed && size === 0) this.#connection.close();
        });
    }
}

const evicts = (policy: string): string =>
    `Redis may forget what Missive's limits need (its maxmemory-policy is ${policy}): set it to noeviction, or give the limiter a Redis of its own.`;
