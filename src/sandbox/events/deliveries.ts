import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { sign } from '../../missive/events/signature';
import { post } from './post';
import type { Rule } from './rules';

/** One try to deliver: when (Unix seconds), how long it took (ms), and the status, or why there is none. */
export interface Attempt {
    readonly at: number;
    readonly ms: number;
    readonly status: number | null;
    readonly error: string | null;
}

/** One webhook on its way; grows while it is tried again. `status` is that of the last attempt. */
export interface Delivery {
    readonly id: string;
    readonly rule: { readonly id: string; readonly description: string };
    readonly type: string;
    readonly conversation: string;
    readonly at: number;
    url: string | null;
    state: 'sending' | 'waiting' | 'delivered' | 'failed';
    status: number | null;
    readonly attempts: Attempt[];
}

/** A failure more than this in a row switches a rule off. */
const patience = 50;
const kept = 100;

/** Sends webhooks, again where they fail. */
export class Deliveries {
    readonly list: Delivery[] = [];
    readonly #running = new Set<Promise<void>>();
    #closing = closing();

    constructor(
        private readonly options: {
            readonly delays: readonly number[];
            readonly timeout: number;
            /** The rule as it is now: a flow that was deployed again has replaced it, one that was deleted has not. */
            readonly current: (id: string) => Rule | undefined;
        },
        private readonly changed: () => void,
    ) {}

    /** Starts a delivery and gives it after its first attempt; the rest goes on by itself. */
    send(rule: Rule, type: string, conversation: string, body: Buffer): Promise<Delivery> {
        const { id, description } = rule;
        const at = Math.floor(Date.now() / 1000);
        const delivery: Delivery = {
            ...{ id: randomUUID(), rule: { id, description }, type, conversation, at },
            ...{ url: null, state: 'sending', status: null, attempts: [] },
        };
        this.list.push(delivery);
        this.list.splice(0, this.list.length - kept);
        this.changed();
        return new Promise((resolve) => {
            const run = this.#run(rule, delivery, body, this.#closing.signal, () => resolve(delivery));
            this.#running.add(run);
            void run.finally(() => this.#running.delete(run));
        });
    }

    /** Resolves when nothing is on its way any more, repetitions included. */
    async settled(): Promise<void> {
        while (this.#running.size > 0) await Promise.all(this.#running);
    }

    /** Drops everything that is on its way. */
    async drop(): Promise<void> {
        this.#closing.abort();
        this.#closing = closing();
        this.list.length = 0;
        await Promise.all(this.#running);
    }

    async #run(first: Rule, delivery: Delivery, body: Buffer, signal: AbortSignal, tried: () => void): Promise<void> {
        const delays = this.options.delays.slice(0, 5);
        let rule = first;
        for (let round = 0; ; round += 1) {
            await this.#attempt(rule, delivery, body, signal);
            const delay = delays[round];
            const over = delay === undefined || rule.off || signal.aborted;
            if (delivery.state !== 'delivered') delivery.state = over ? 'failed' : 'waiting';
            this.changed();
            tried();
            if (delivery.state === 'delivered' || delay === undefined || over) return;
            await pause(delay, undefined, { signal, ref: false }).catch(() => undefined);
            if (signal.aborted) return;
            const current = this.options.current(rule.id);
            if (current === undefined) {
                delivery.state = 'failed';
                this.changed();
                return;
            }
            rule = current;
        }
    }

    async #attempt(rule: Rule, delivery: Delivery, body: Buffer, signal: AbortSignal): Promise<void> {
        const at = Math.floor(Date.now() / 1000);
        const started = performance.now();
        const headers = rule.secret ? { 'X-Hook-Signature': sign(rule.secret, body) } : {};
        const url = rule.url() ?? null;
        delivery.url = url;
        delivery.state = 'sending';
        const outcome = await (url === null
            ? Promise.reject(new Error('The rule has no address yet'))
            : post(url, body, headers, { timeout: this.options.timeout, signal })
        ).then(
            (status) => ({ status, error: null }),
            (error: Error) => ({ status: null, error: error.message }),
        );
        const good = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
        delivery.attempts.push({ at, ms: Math.round(performance.now() - started), ...outcome });
        delivery.status = outcome.status;
        if (good) delivery.state = 'delivered';
        if (signal.aborted) return;
        rule.failures = good ? 0 : rule.failures + 1;
        rule.off ||= rule.failures > patience;
    }
}

/** Every delivery on its way listens: Node.js would warn of a leak where more than ten do. */
function closing(): AbortController {
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    return controller;
}
