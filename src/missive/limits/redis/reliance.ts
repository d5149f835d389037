import { type Limits, shareOf } from '../ledger';
import { alive, placeOfProcess } from '../process-place';
import type { Connection, Reply } from './connection';
import type { Known } from './known';
import type { Reminder } from './reminder';
import type { RunningRequests } from './running';
import { stopwatch } from './stopwatch';

/** Milliseconds. */
export const renewal = 1000;
/** After Redis is back everybody has this long to tell it what was sent meanwhile. */
const settling = 1000;
/** A Redis that knows of the limiter for no longer may not know all who were there. */
const young = 60_000;
/** So long after a word of it a program counts as there, in milliseconds; a little longer, as the word has a way to go. */
const heard = 3000;

interface Circumstances {
    /** The name of this program in Redis. */
    readonly id: string;
    readonly allowed: Limits;
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
    #handing = false;
    #closed = false;
    /** Whether it was said that nobody hears from the others. */
    #deaf = false;
    /** How many renewals were due since Redis was lost. */
    #due = 0;
    /** When this program last named itself in Redis. */
    #named = -Infinity;
    /** What the last renewal came to: the next one waits for it. */
    #said: Promise<unknown> = Promise.resolve();

    constructor(private readonly given: Circumstances) {
        this.#connection = given.connect();
        this.#listen();
    }

    get connection(): Connection {
        return this.#connection;
    }

    /** Whether nothing is granted: Redis is being told the last of what was sent without it. */
    get isHanding(): boolean {
        return this.#handing;
    }

    /** Whether Redis counts this program among those that rely on it; of the others it keeps free what they may take. */
    get isCounted(): boolean {
        return this.lostAt === undefined || this.#handing;
    }

    /** What it is called in a step; blank where it does not count. */
    get name(): string {
        if (!this.isCounted) return '';
        this.#named = performance.now();
        return this.given.id;
    }

    /** Whether others may still take it for one that relies on Redis: it has named itself just now. */
    get mayCount(): boolean {
        return performance.now() - this.#named < heard;
    }

    /**
     * Whether Redis has been gone for so many milliseconds, in which it was also asked for: a program that stood still, or
     * was too busy to listen, has not waited.
     */
    isLostFor(ms: number): boolean {
        return this.#due * renewal >= ms && performance.now() - (this.lostAt ?? Infinity) >= ms;
    }

    lose(): void {
        if (this.#closed || this.lostAt !== undefined) return;
        this.lostAt = performance.now();
        this.#due = 0;
    }

    /** Says something that is not waited for. */
    tell(step: 'release' | 'refund', id: string): void {
        const said = this.#connection.send(step, id, this.#connection.channel).catch(() => this.lose());
        const { size } = this.given.running;
        void said.then(() => {
            if (this.#closed && size === 0) this.#leave();
        });
    }

    /** Connects again after `close`. */
    open(): void {
        if (!this.#closed) return;
        this.#connection.close();
        this.#closed = false;
        this.lostAt = performance.now();
        this.#due = 0;
        this.#connection = this.given.connect();
        this.#listen();
    }

    close(): void {
        this.#closed = true;
        clearInterval(this.#renewing);
        // What is on its way is told when it has ended; then nobody needs the connection.
        if (this.given.running.size === 0) this.#leave();
    }

    /** Nothing has to be kept free for it any more. */
    #leave(): void {
        const connection = this.#connection;
        this.lostAt ??= performance.now();
        void connection
            .send('leave', this.given.id)
            .catch(() => undefined)
            .then(() => connection.close());
    }

    #listen(): void {
        const connection = this.#connection;
        connection.onReady(() => {
            void this.#return();
            void connection.evicting().then((policy) => policy && this.given.log(evicts(policy)));
        });
        connection.onLost(() => this.lose());
        connection.onNews(
            (news) => (news === 'tell' ? void this.#renew() : this.given.news()),
            () => {
                if (!this.#deaf) this.given.log(deaf);
                this.#deaf = true;
            },
        );
        clearInterval(this.#renewing);
        this.#renewing = setInterval(() => {
            this.#due++;
            void this.#renew();
        }, renewal);
        this.#renewing.unref();
    }

    /** Tells Redis what it may not know, gives the others time to do so too, then relies on it again. */
    async #return(): Promise<void> {
        if (this.#settling || this.#closed) return;
        this.#settling = true;
        const { known, back } = this.given;
        try {
            await this.#restore();
            const { age } = await this.#word();
            // A Redis that has just begun is told by the others, too.
            if (age < 2 * settling) await new Promise((done) => setTimeout(done, settling));
            // Once more, for what was sent meanwhile; from here on nothing is granted without Redis.
            this.#handing = true;
            await this.#restore();
            // A Redis that has forgotten everything is told how many there were.
            known.learn(await this.#word(age < young ? known.promise?.clients : 0));
            this.lostAt = undefined;
            back();
        } catch {
            this.lose();
        } finally {
            this.#settling = this.#handing = false;
        }
    }

    async #renew(): Promise<void> {
        const { known, reminder, alone } = this.given;
        try {
            const reply = await this.#word();
            if (this.lostAt === undefined && reminder.hasForgotten(reply)) await this.#restore();
            // While it is alone it keeps in mind what it went alone with.
            else if (!alone()) {
                const before = known.promise?.windows ?? [];
                known.learn(reply);
                // What it does not need any more is free for others once it has said so.
                if (reply.promised?.some((each, at) => each < (before[at] ?? 0))) void this.#renew();
            }
            // A Redis that only hung says nothing when it goes on.
            if (this.lostAt !== undefined) await this.#return();
            for (const [id, place] of reply.missing) if (isDead(place)) await this.#connection.send('leave', id);
        } catch {
            this.lose();
        }
    }

    /**
     * Renews the leases, and what is kept free for this program: at least what it believes it may take. One after the
     * other, so that a reply which gets lost is surely the last one.
     */
    #word(clients = 0): Promise<Reply> {
        const said = this.#said.then(async () => {
            const { known, running, alone, allowed } = this.given;
            const { windows: promised = [0, 0], clients: of = known.clients } = known.promise ?? {};
            const own = alone() ? shareOf(allowed, of).windows.map(({ limit }) => limit) : promised;
            const state = [own[0] ?? 0, own[1] ?? 0, clients, JSON.stringify(placeOfProcess), running.lease];
            const [{ ids }, sinceAsked] = [running, stopwatch()];
            const reply = await this.#connection.ask('renew', ...state, ...ids);
            running.renewed(ids, sinceAsked);
            return reply;
        });
        this.#said = said.catch(() => undefined);
        return said;
    }

    #restore(): Promise<void> {
        return this.given.reminder.restore(this.#connection);
    }
}

const evicts = (policy: string): string =>
    `Redis may forget what Missive's limits need (its maxmemory-policy is ${policy}): set it to noeviction, or give the limiter a Redis of its own.`;

const deaf =
    'The user of Redis may not use the channel of the limiter (NOPERM): calls that wait go out up to a second late. Allow it all channels (&*).';

/** Where a program was is the text that it told; only on its own machine is it known whether it lives. */
function isDead(place: string): boolean {
    try {
        return alive(JSON.parse(place)) === false;
    } catch {
        return false;
    }
}
