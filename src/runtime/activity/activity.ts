import type { NodeAPI } from 'node-red';
import type { Happened } from '../../missive/wire/happened';
import { type CallWords, wordsOf } from './call-words';
import { Ring } from './ring';

/** One call of an account, as the editor shows it. */
export interface CallEntry {
    /** When it ended, in milliseconds. */
    readonly at: number;
    readonly account: string;
    readonly node: string;
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly what: CallWords;
    readonly status?: number;
    readonly code?: string;
    /** What went wrong and what to do. */
    readonly error?: string;
    /** Milliseconds in the limiter's queue, and from there to the answer. */
    readonly waited: number;
    readonly took: number;
    readonly attempts: number;
    readonly dry?: true;
}

/** How an event fared; `flow`, `done` and `failed` follow one another, all else is the end. */
export type Fate =
    | 'flow'
    | 'done'
    | 'failed'
    | 'stopped'
    | 'dropped'
    | 'filtered'
    | 'repetition'
    | 'unsigned'
    | 'unreadable'
    | 'loop'
    | 'refused';

/** One event of a webhook in, as the editor shows it. */
export interface EventEntry {
    readonly at: number;
    readonly node: string;
    /** The account of its webhook in, if it has one. */
    readonly account?: string | undefined;
    /** `rule.type`. */
    readonly event: string;
    readonly conversation: string | undefined;
    /** The body as it came; shown only to those who may change flows. */
    readonly body: Buffer;
    /** What its message says besides the ids. */
    readonly facts: Readonly<Record<string, unknown>>;
    /** Its id, for what the flow says of it later. */
    readonly delivery: string;
    fate: Fate;
    /** Why, where the fate needs a reason. */
    readonly why?: string;
    /** Whether somebody hears of what becomes of it: it is kept, or its answer waits. */
    readonly followed?: true;
    /** What kept it out: the list of events, or one of the filter's lists. */
    readonly unwanted?: string;
    /** The node that has failed with it last, and its error: shown only to those who may change flows. */
    failed?: { readonly node?: string; readonly error: string };
    /** When the flow was done with it or failed, in milliseconds. */
    settled?: number;
    failures?: number;
    /** Sent again by a person, or looked for after an absence. */
    readonly replayed?: true;
}

const [mostCalls, mostEvents] = [500, 200];
const [callBytes, eventBytes] = [1024 * 1024, 3 * 1024 * 1024];
/** About what an entry takes besides its texts. */
const overhead = 200;

const known = new WeakMap<object, Activity>();

/** What has happened in this Node-RED. */
export function activityOf(RED: NodeAPI): Activity {
    const activity = known.get(RED.events) ?? new Activity();
    known.set(RED.events, activity);
    return activity;
}

/** The latest calls and events, in memory and bounded: 4 MB at most for the events and calls of an account. */
export class Activity {
    readonly #calls = new Ring<CallEntry>(mostCalls, callBytes);
    readonly #events = new Map<string, Ring<EventEntry>>();
    /** Delivery → its entry, as long as the entry is kept. Not by weak references: to the young garbage collector they are strong. */
    readonly #deliveries = new Map<string, EventEntry>();
    /** Accounts whose last answer was that the token counts no more, with the words for it. */
    readonly #refused = new Map<string, string>();
    readonly #listeners = new Set<() => void>();
    /** Counts up with every change. */
    revision = 1;

    /** Calls a function at every change, until the function is called that this gives. */
    onChange(listener: () => void): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** A call of an account has ended. */
    call(account: string, { call, node, answer, error, took, waited }: Happened): void {
        const { method, path, query } = call;
        const outcome = answer
            ? { ...(answer.dry ? { dry: true as const } : { status: answer.status }), attempts: answer.attempts }
            : { code: error?.code, error: error?.message, status: error?.status, attempts: error?.attempts ?? 0 };
        const known = Object.fromEntries(Object.entries(outcome).filter(([, value]) => value !== undefined));
        const entry = {
            at: Date.now(),
            account,
            node,
            method,
            path,
            what: wordsOf(call),
            waited,
            took,
            attempts: 0,
            ...(query && { query }),
        };
        const bytes =
            overhead + 2 * (path.length + JSON.stringify(query ?? '').length + String(error?.message ?? '').length);
        this.#calls.add({ ...entry, ...known }, bytes);
        if (error?.status === 401) this.#refused.set(account, error.message);
        else if (answer && !answer.dry) this.#refused.delete(account);
        this.#changed();
    }

    /** An event has come to a webhook in, and this has become of it so far. */
    event(entry: EventEntry): void {
        const ring = this.#events.get(entry.node) ?? new Ring(mostEvents, eventBytes, this.#dropped);
        this.#events.set(entry.node, ring);
        this.#deliveries.set(entry.delivery, entry);
        ring.add(entry, overhead + entry.body.length + 2 * JSON.stringify(entry.facts).length);
        if (entry.account !== undefined) this.#bound(entry.account);
        this.#changed();
    }

    readonly #dropped = (entry: EventEntry): void => {
        if (this.#deliveries.get(entry.delivery) === entry) this.#deliveries.delete(entry.delivery);
    };

    /** All webhooks in of one account have so many bytes together: whatever is oldest goes. */
    #bound(account: string): void {
        const rings = [...this.#events.values()].filter((ring) => ring.oldest?.account === account);
        while (rings.reduce((sum, { bytes }) => sum + bytes, 0) > eventBytes)
            rings
                .reduce((one, other) => ((other.oldest?.at ?? Infinity) < (one.oldest?.at ?? Infinity) ? other : one))
                .shift();
    }

    /** The flow has dealt with an event, failed to, or failed too often. */
    settled(delivery: string, fate: 'done' | 'failed' | 'stopped' | 'dropped', failed?: EventEntry['failed']): void {
        const entry = this.#deliveries.get(delivery);
        if (!entry || entry.fate === 'done') return;
        if (failed) entry.failed = failed;
        if (fate === 'failed') entry.failures = (entry.failures ?? 0) + 1;
        entry.fate = fate;
        entry.settled = Date.now();
        this.#changed();
    }

    /** A node has failed with a message of an event. Where somebody hears of the event, he says what becomes of it. */
    trouble(delivery: string, failed: { readonly node: string; readonly error: string }): void {
        const entry = this.#deliveries.get(delivery);
        if (!entry || entry.fate === 'done') return;
        if (entry.followed) {
            entry.failed = failed;
            this.#changed();
        } else this.settled(delivery, 'failed', failed);
    }

    /** A stopped event is in the flow again. */
    revived(delivery: string): void {
        const entry = this.#deliveries.get(delivery);
        if (!entry) return;
        entry.fate = 'flow';
        delete entry.settled;
        this.#changed();
    }

    /** The node is gone for good. */
    forget(node: string): void {
        const ring = this.#events.get(node);
        if (!ring) return;
        this.#events.delete(node);
        for (const entry of ring.list()) this.#dropped(entry);
        this.#changed();
    }

    calls(): readonly (CallEntry & { readonly number: number })[] {
        return this.#calls.list();
    }

    callAt(number: number): (CallEntry & { readonly number: number }) | undefined {
        return this.#calls.get(number);
    }

    /** What Missive said when it refused the account's token; `undefined` where it takes it. */
    refusal(account: string): string | undefined {
        return this.#refused.get(account);
    }

    /** The nodes that have had events. */
    nodes(): readonly string[] {
        return [...this.#events.keys()];
    }

    events(node: string): readonly (EventEntry & { readonly number: number })[] {
        return this.#events.get(node)?.list() ?? [];
    }

    eventAt(node: string, number: number): (EventEntry & { readonly number: number }) | undefined {
        return this.#events.get(node)?.get(number);
    }

    /** Something beside it has changed that the editor shows with it. */
    touch(): void {
        this.#changed();
    }

    #changed(): void {
        this.revision += 1;
        for (const listener of this.#listeners) listener();
    }
}
