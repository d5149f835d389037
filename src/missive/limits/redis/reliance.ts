import type { Connection } from './connection';
import type { Known } from './known';
import { lease, type Reminder } from './reminder';
import type { RunningRequests } from './running';

/** Milliseconds. */
export const renewal = 1000;
/** After Redis is back everybody has this long to tell it what was sent meanwhile. */
const settling = 1000;

interface Circumstances {
    readonly connect: () => Connection;
    readonly known: Known;
    readonly running: RunningRequests;
    readonly reminder: Reminder;
    readonly log: (sentence: string) => void;
    /** Somebody gave a permit back, or Missive asked everybody to wait. */
    readonly news: () => void;
    /** Whether this program goes on without Redis. */
    readonly alone: () => boolean;
    /** Redis is to be relied on again. */
    readonly back: () => void;
}

/** Whether Redis is to be relied on: once lost, it is told what it may not know before it is. */
export class Reliance {
    /** Since when it is not; `undefined` while it is. */
    lostAt: number | undefined = performance.now();
    #connection: Connection;
    #renewing: NodeJS.Timeout | undefined;
    #settling = false;
    #closed = false;

    constructor(private readonly given: Circumstances) {
        this.#connection = given.connect();
        this.#listen();
    }

    get connection(): Connection {
        return this.#connection;
    }

    lose(): void {
        if (this.#closed) return;
        this.lostAt ??= performance.now();
    }

    /** Says something that is not waited for. */
    tell(step: 'release' | 'refund', id: string): void {
        const said = this.#connection.send(step, id, this.#connection.channel).catch(() => this.lose());
        const { size } = this.given.running;
        void said.then(() => {
            if (this.#closed && size === 0) this.#connection.close();
        });
    }

    /** Connects again after `close`. */
    open(): void {
        if (!this.#closed) return;
        this.#connection.close();
        this.#closed = false;
        this.lostAt = performance.now();
        this.#connection = this.given.connect();
        this.#listen();
    }

    close(): void {
        this.#closed = true;
        clearInterval(this.#renewing);
        // What is on its way is told when it has ended; then nobody needs the connection.
        if (this.given.running.size === 0) this.#connection.close();
    }

    #listen(): void {
        const connection = this.#connection;
        connection.onReady(() => {
            void this.#return();
            void connection.evicting().then((policy) => policy && this.given.log(evicts(policy)));
        });
        connection.onLost(() => this.lose());
        connection.onNews(() => this.given.news());
        clearInterval(this.#renewing);
        this.#renewing = setInterval(() => void this.#renew(), renewal);
        this.#renewing.unref();
    }

    /** Tells Redis what it may not know, gives the others time to do so too, then relies on it again. */
    async #return(): Promise<void> {
        if (this.#settling || this.#closed) return;
        this.#settling = true;
        const { known, back } = this.given;
        try {
            await this.#restore();
            const { age } = await this.#connection.ask('renew', lease);
            // A Redis that has just begun is told by the others, too.
            if (age < 2 * settling) await new Promise((done) => setTimeout(done, settling));
            // Once more, for what was sent meanwhile; from here on nothing is granted without Redis.
            await this.#restore();
            known.learn(await this.#connection.ask('renew', lease));
            this.lostAt = undefined;
            back();
        } catch {
            this.lose();
        } finally {
            this.#settling = false;
        }
    }

    async #renew(): Promise<void> {
        const { known, running, reminder, alone } = this.given;
        try {
            const reply = await this.#connection.ask('renew', lease, ...running.ids);
            if (this.lostAt === undefined && reminder.hasForgotten(reply)) await this.#restore();
            // While it is alone it keeps in mind what it went alone with.
            else if (!alone()) known.learn(reply);
            // A Redis that only hung says nothing when it goes on.
            if (this.lostAt !== undefined) await this.#return();
        } catch {
            this.lose();
        }
    }

    #restore(): Promise<void> {
        return this.given.reminder.restore(this.#connection);
    }
}

const evicts = (policy: string): string =>
    `Redis may forget what Missive's limits need (its maxmemory-policy is ${policy}): set it to noeviction, or give the limiter a Redis of its own.`;
