import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { PacedStatus, pausedStatus } from '../paced-status';

/** Missive switches a rule off after more than fifty failures in a row; from here on the node says so. */
export const near = 40;

/** Missive has switched the rule off by then. */
const most = 50;
/** From this share on an inbox is nearly full. */
const nearlyFull = 0.8;

/** Something that is wrong with a node: about what, in the words of its status where it has some, or how much. */
export interface Wrong {
    readonly what: 'off' | 'failures' | 'path' | About | 'filling' | 'stopped';
    readonly text?: string;
    readonly count?: number;
}

type About = 'owner' | 'rule' | 'filter' | 'inbox';

/** What a node shows of its deliveries: the worst first. */
export class WebhookState {
    /** Whether deliveries come to this node and not to another one with its path. */
    mine = false;
    #events = 0;
    #filtered = 0;
    #failures = 0;
    #stopped = 0;
    #silent = 0;
    #doubt = '';
    /** What is wrong, by what it is about; blank where that is in order. */
    readonly #troubles = new Map<About, string>();
    /** How full the inbox is, from 0 to 1. */
    #fullness = 0;
    /** What people should know though events come in; blank where that is nothing. */
    #remark = '';
    #warned = Number.NEGATIVE_INFINITY;
    #paused = false;
    readonly #status: PacedStatus;

    constructor(
        private readonly RED: NodeAPI,
        private readonly node: Node,
        private readonly open: boolean,
        /** What is wrong has changed. */
        private readonly changed: () => void = () => {},
    ) {
        this.#status = new PacedStatus(node);
    }

    /** An event has gone into the flow. */
    event(): void {
        this.#events += 1;
        this.show();
    }

    /** An event was none that anybody asked for. */
    filteredOut(): void {
        this.#filtered += 1;
        this.show();
    }

    /** The node is stopped. */
    close(): void {
        this.#status.close();
    }

    /** The signature of a delivery is wrong: shown until something else is. */
    notSigned(): void {
        this.#status.show({ fill: 'red', shape: 'ring', text: 'wrong signature' });
    }

    /** So many deliveries failed too often. */
    stopped(count: number): void {
        if (count === this.#stopped) return;
        this.#stopped = count;
        this.#news();
    }

    /** So many deliveries have been in the flow for a while, and no webhook done has had them. */
    silent(count: number): void {
        if (count === this.#silent) return;
        this.#silent = count;
        this.show();
    }

    /** Nothing of the account leaves for now. Events come in all the same. */
    paused(paused: boolean): void {
        if (paused === this.#paused) return;
        this.#paused = paused;
        this.show();
    }

    /** Something that is wrong until it is said to be over: a text of the catalogue, or blank. */
    trouble(about: About, text: string): void {
        if (text === (this.#troubles.get(about) ?? '')) return;
        this.#troubles.set(about, text);
        this.#news();
    }

    /** What is kept may be lost: a text of the catalogue, or blank. */
    doubt(text: string): void {
        this.#doubt = text;
        this.show();
    }

    /** Something that stands there while nothing is wrong and nothing has come in. */
    remark(text: string): void {
        if (text === this.#remark) return;
        this.#remark = text;
        this.show();
    }

    /** Tells the log what is wrong, once a minute. */
    warn(text: string): void {
        if (performance.now() - this.#warned <= 60_000) return;
        this.#warned = performance.now();
        this.node.warn(text);
    }

    /** Missive has got an answer, or none. Whoever sends a body that says nothing may not be Missive. */
    answered(good: boolean, empty: boolean): void {
        if (good && empty) return;
        const before = this.#failures;
        this.#failures = good ? 0 : before + 1;
        if (this.#failures === near)
            this.node.warn(
                `${near} webhooks in a row failed. After more than 50 Missive switches the rule off: see the node's status for the cause, then look under Rules whether it is on.`,
            );
        if (before >= near || this.#failures >= near) this.#news();
    }

    /** So full is the inbox, from 0 to 1. */
    filling(fullness: number): void {
        const before = this.#fullness;
        this.#fullness = fullness;
        if (before >= nearlyFull || fullness >= nearlyFull) this.#news();
    }

    /** What somebody should look after, the worst first. */
    get wrong(): readonly Wrong[] {
        const failures = this.#failures;
        const troubles = [...this.#troubles].filter(([, text]) => text !== '' && text !== 'registering');
        return [
            ...(failures >= near ? [{ what: failures > most ? 'off' : 'failures', count: failures } as const] : []),
            ...(this.mine ? [] : [{ what: 'path' } as const]),
            ...troubles.map(([what, text]) => ({ what, text })),
            ...(this.#fullness >= nearlyFull
                ? [{ what: 'filling', count: Math.floor(this.#fullness * 100) } as const]
                : []),
            ...(this.#stopped > 0 ? [{ what: 'stopped', count: this.#stopped } as const] : []),
        ];
    }

    #news(): void {
        this.show();
        this.changed();
    }

    show(): void {
        this.#status.show(() => this.#now());
    }

    #now(): NodeStatus {
        // A text that starts with a digit is shown as it is, in every language.
        const trouble = [...this.#troubles.values()].find((text) => text !== '');
        const out = this.#filtered > 0 ? ` · ${this.RED._('count.filtered', { number: this.#filtered })}` : '';
        const events = this.#events > 0 && `${this.#events} · ${new Date().toTimeString().slice(0, 8)}${out}`;
        const red = (text: string): NodeStatus => ({ fill: 'red', shape: 'ring', text });
        const yellow = (text: string): NodeStatus => ({ fill: 'yellow', shape: 'ring', text });
        const count = (what: string, number: number) => this.RED._(`count.${what}`, { number });
        if (!this.mine) return red('path is used by another node');
        if (this.#failures >= near) return red(count('failures', this.#failures));
        if (trouble === 'registering') return { fill: 'blue', shape: 'ring', text: trouble };
        if (trouble) return red(trouble);
        if (this.#fullness >= nearlyFull) return yellow(count('filling', Math.floor(this.#fullness * 100)));
        if (this.#doubt) return yellow(this.#doubt);
        if (this.#stopped > 0) return yellow(count('stopped', this.#stopped));
        if (this.#silent > 0) return yellow(count('silent', this.#silent));
        if (this.#paused) return pausedStatus;
        if (this.open) return yellow(events || 'no secret');
        if (this.#remark) return yellow(events || this.#remark);
        if (events) return { fill: 'green', shape: 'dot', text: events };
        if (out) return { fill: 'grey', shape: 'dot', text: this.RED._('count.listening', { number: this.#filtered }) };
        return { fill: 'grey', shape: 'dot', text: 'listening' };
    }
}
