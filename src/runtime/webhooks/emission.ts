import type { Node } from 'node-red';
import { eventOf, parseBody, ruleType } from '../../missive/events/event';
import { object } from '../../missive/events/event-filter';
import type { Account } from '../account';
import { marked, type Started } from '../delivery-mark';
import type { Facts } from '../inbox/kept';

/** What a node needs to put its messages into the flow. */
interface Circumstances {
    readonly account: Account | null;
    /** Whether the whole message is fetched from Missive before the flow gets it. */
    readonly withBody: boolean;
    /** A message has gone into the flow. */
    readonly sent: () => void;
    /** A message could not be completed, so the flow has not got it. */
    readonly failed: (delivery: string) => void;
}

/** The message that a delivery becomes. */
export function messageOf(body: Buffer, facts: Facts = {}): Started {
    const payload = parseBody(body) ?? {};
    return { payload, topic: ruleType(payload), missive: { ...eventOf(payload), ...facts } } as Started;
}

/** Puts deliveries into the flow, in the order in which they are given. */
export class Emission {
    readonly #stop = new AbortController();
    #last: Promise<void> = Promise.resolve();

    constructor(
        private readonly node: Node,
        private readonly circumstances: Circumstances,
    ) {}

    /** `delivery`: its id, where somebody waits for it to be done. */
    send(body: Buffer, facts: Facts, delivery?: string, redelivered = false): void {
        const plain = messageOf(body, facts);
        const msg = delivery === undefined ? plain : marked(plain, delivery, redelivered);
        if (!this.circumstances.withBody) {
            this.#put(msg);
            return;
        }
        const whole = this.#whole(object(msg.missive).message).then(
            (message) => () => this.#put(message === undefined ? msg : { ...msg, ...{ message } }),
            (error: Error) => () => this.#fail(error, msg, delivery),
        );
        this.#last = this.#last.then(async () => (await whole)());
    }

    /** What is still being fetched does not come any more; kept deliveries come again. */
    stop(): void {
        this.#stop.abort();
    }

    async #whole(id: unknown): Promise<unknown> {
        const { account } = this.circumstances;
        if (id === undefined || account === null) return undefined;
        const path = `/messages/${encodeURIComponent(String(id))}`;
        const turn = { node: this.node.id, signal: this.#stop.signal };
        const { body } = await account.client().send({ method: 'GET', path }, turn);
        const { messages } = object(body);
        return Array.isArray(messages) ? messages[0] : messages;
    }

    #fail(error: Error, msg: Started, delivery: string | undefined): void {
        if (this.#stop.signal.aborted) return;
        if (delivery !== undefined) this.circumstances.failed(delivery);
        this.node.error(error, msg);
    }

    /** Missive has done its part: a flow that throws at once is for a Catch node, not for a retry. */
    #put(msg: Started): void {
        if (this.#stop.signal.aborted) return;
        this.circumstances.sent();
        try {
            this.node.send(msg);
        } catch (error) {
            // Without the payload: that may be what could not be passed on.
            const { payload: _, ...rest } = msg;
            this.node.error(error instanceof Error ? error : String(error), rest);
        }
    }
}
