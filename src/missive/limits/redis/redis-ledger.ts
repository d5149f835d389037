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
import { MemoryLedger } from '../memory-ledger';
import { type Policy, policies } from '../policy';
import { Connection, type Reply } from './connection';
import { OwnLog } from './own-log';

/** Milliseconds. */
const lease = 15_000;
const renewal = 1000;
/** A short restart of Redis is waited for; then each instance goes on with what it can defend. */
const patience = 3000;
/** After Redis is back everybody has this long to tell it what was sent meanwhile. */
const settling = 1000;
/** The longest wait before asking again, should no news come through. */
const poll = 1000;

/** Permits that others may have taken since we last heard of them. */
const unheard = 5;

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
 * when it was last heard of, and returns by itself.
 */
export class RedisLedger implements Ledger {
    policy: Policy = 'balanced';
    wake: (() => void) | undefined;
    changed: (() => void) | undefined;
    readonly #id = randomUUID().slice(0, 8);
    readonly #allowed: Limits;
    readonly #connect: () => Connection;
    #connection: Connection;
    readonly #log: (sentence: string) => void;
    readonly #own: OwnLog;
    /** Requests on their way: their names in Redis, and the local permit of those that were granted without it. */
    readonly #running = new Map<Permit, { readonly id: string; readonly local: Permit | undefined }>();
    #renewing: NodeJS.Timeout | undefined;
    #granted = 0;
    #known: Reply;
    #knownAt = 0;
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
        this.#known = {
            granted: false,
            wait: 0,
            inFlight: 0,
            used: [0, 0],
            gap: 0,
            held: 0,
            clients: instances,
            age: 0,
        };
        this.#connect = () => new Connection(address, key, this.#id, allowed);
        this.#connection = this.#connect();
        this.#listen();
    }

    #listen(): void {
        this.#connection.onReady(() => void this.#return());
        this.#connection.onLost(() => this.#lose());
        this.#connection.onNews(() => this.wake?.());
        clearInterval(this.#renewing);
        this.#renewing = setInterval(() => void this.#renew(), renewal);
        this.#renewing.unref();
    }

    acquire(pace: Pace): Grant | Promise<Grant> {
        if (this.#lostAt === undefined) return this.#ask(pace);
        if (performance.now() - this.#lostAt < patience && !this.#local) return { wait: 200 };
        return this.#alone(pace);
    }

    release(permit: Permit): void {
        const one = this.#take(permit);
        if (!one) return;
        this.#own.add(one.id);
        if (one.local) this.#local?.release(one.local);
        // Granted by Redis before it was lost, and over only now.
        else this.#local?.recall({ finished: [0], inFlight: 0, held: 0 });
        this.#tell('release', one.id);
        this.changed?.();
    }

    refund(permit: Permit): void {
        const one = this.#take(permit);
        if (!one) return;
        if (one.local) this.#local?.refund(one.local);
        this.#tell('refund', one.id);
    }

    hold(ms: number, limit?: number): void {
        this.#local?.hold(ms, limit);
        this.#known = { ...this.#known, held: Math.max(ms, this.#known.held) };
        void this.#connection.send('hold', Math.ceil(ms), this.#connection.channel, limit ?? 0).catch(() => {});
    }

    forecast(pace: Pace, ahead: number): number {
        if (this.#local) return this.#local.forecast(pace, ahead);
        const { wait, gap, held } = this.#known;
        const next = Math.max(held, wait === Infinity ? poll : wait) - (performance.now() - this.#knownAt);
        const longest = this.#allowed.windows.at(-1);
        const each = pace === 'patient' ? Math.max(gap, 200) : 200;
        const rounds = longest ? Math.floor(ahead / longest.limit) * longest.span : 0;
        return Math.max(0, next) + Math.max(ahead * each, rounds);
    }

    state(): LedgerState {
        if (this.#local) return { ...this.#local.state(), sharing: 'defended', instances: this.#known.clients };
        const now = performance.now();
        const age = now - this.#knownAt;
        return {
            // A moment's loss is not worth a word.
            sharing: now - (this.#lostAt ?? now) < renewal ? 'redis' : 'defended',
            instances: this.#known.clients,
            inFlight: this.#known.inFlight,
            windows: this.#allowed.windows.map((window, at) => ({ ...window, used: this.#known.used[at] ?? 0 })),
            held: Math.max(0, this.#known.held - age),
        };
    }

    spending(): Spending {
        const finished = this.#own.ages().map(([, age]) => age);
        return { finished, inFlight: this.#running.size, held: 0 };
    }

    recall({ finished, inFlight }: Spending): void {
        const now = performance.now();
        for (const age of finished) this.#own.add(`${this.#id}-before-${this.#granted++}`, now - age);
        for (let at = 0; at < inFlight; at++) this.#own.add(`${this.#id}-before-${this.#granted++}`, now);
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
        const id = this.#nextId();
        const { reserve, burst, spaced } = policies[this.policy];
        const { inFlight, windows } = this.#allowed;
        const room = windows.map(({ limit }) => (pace === 'urgent' ? limit : Math.floor(limit * (1 - reserve))));
        const quick = burst * (windows.at(-1)?.limit ?? 0);
        try {
            const values = [id, lease, inFlight, ...room, pace === 'patient' ? 1 : 0, quick, spaced ? 1 : 0];
            const reply = await this.#connection.ask('acquire', ...values);
            this.#know(reply);
            if (!reply.granted) return { wait: Math.min(reply.wait, poll) };
            return { permit: this.#give(id) };
        } catch {
            // If it was granted all the same, its lease ends by itself and it counts as spent.
            this.#lose();
            return { wait: 200 };
        }
    }

    #alone(pace: Pace): Grant {
        this.#local ??= this.#part();
        const slots = shareOf(this.#allowed, this.#known.clients).inFlight;
        if (this.#running.size >= slots) return { wait: 200 };
        const grant = this.#local.acquire(pace);
        if ('wait' in grant) return { wait: Math.min(grant.wait, poll) };
        return { permit: this.#give(this.#nextId(), grant.permit) };
    }

    /** An equal part of what was free when Redis was last heard of, until what was used then has come back. */
    #part(): MemoryLedger {
        const { clients, used } = this.#known;
        const local = new MemoryLedger(this.#allowed, clients);
        local.policy = this.policy;
        const shares = shareOf(this.#allowed, clients);
        shares.windows.forEach(({ limit: share }, at) => {
            const limit = this.#allowed.windows[at]?.limit ?? 0;
            const free = Math.max(0, Math.floor((limit - (used[at] ?? 0) - unheard) / clients));
            local.know(at, Math.max(0, share - free), this.#lostAt);
        });
        const { held } = this.state();
        if (held > 0) local.hold(held);
        this.#log(
            `Redis is not there: until it is back this Node-RED keeps to one part of ${clients} of Missive's limits.`,
        );
        return local;
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
            this.#know(await this.#connection.ask('renew', lease));
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
            const running = [...this.#running.values()].map(({ id }) => id);
            const some = pairs.slice(at, at + 500).flat();
            await this.#connection.send('restore', lease, running.length, ...running, ...some);
        }
    }

    async #renew(): Promise<void> {
        try {
            const running = [...this.#running.values()].map(({ id }) => id);
            const reply = await this.#connection.ask('renew', lease, ...running);
            // While it is alone it keeps in mind what it went alone with.
            if (!this.#local) this.#know(reply);
            // A Redis that only hung says nothing when it goes on.
            if (this.#lostAt !== undefined) await this.#return();
        } catch {
            this.#lose();
        }
    }

    #know(reply: Reply): void {
        this.#known = reply;
        this.#knownAt = performance.now();
    }

    #tell(step: 'release' | 'refund', id: string): void {
        const said = this.#connection.send(step, id, this.#connection.channel).catch(() => this.#lose());
        const { size } = this.#running;
        void said.then(() => {
            if (this.#closed && size === 0) this.#connection.close();
        });
    }

    #nextId(): string {
        return `${this.#id}-${this.#granted++}`;
    }

    #give(id: string, local?: Permit): Permit {
        const permit = Symbol('permit');
        this.#running.set(permit, { id, local });
        return permit;
    }

    #take(permit: Permit): { readonly id: string; readonly local: Permit | undefined } | undefined {
        const one = this.#running.get(permit);
        this.#running.delete(permit);
        return one;
    }
}
