import type { Node } from 'node-red';
import { ending } from '../../missive/ending';
import { eventOf, parseBody, ruleType } from '../../missive/events/event';
import { object } from '../../missive/events/event-filter';
import type { Account } from '../account';
import { marked, type Started } from '../delivery-mark';
import type { Flows } from '../flows';
import { held } from '../held';
import type { Facts } from '../inbox/kept';
import type { Outgoing } from './memory/lasting';

/** What a node needs to put its messages into the flow. */
interface Circumstances {
    readonly account: Account | null;
    /** Whether the whole message is fetched from Missive before the flow gets it. */
    readonly withBody: boolean;
    readonly flows: Flows;
    /** What cannot go into the flow now, and does so when it runs again. */
    readonly parked: Outgoing[];
    /** A message has gone into the flow. */
    readonly sent: () => void;
    /** A message could not be completed, so the flow has not got it. */
    readonly failed: (delivery: string, error: Error) => void;
}

/** What goes into the flow. */
export interface Departure {
    readonly body: Buffer;
    /** What the body says, where that is known. */
    readonly payload?: Readonly<Record<string, unknown>> | undefined;
    readonly facts: Facts;
    /** The id of its message; absent: Node-RED gives it one. */
    readonly msgid?: string;
    /** Its id, where somebody waits for it to be done. */
    readonly delivery?: string | undefined;
    readonly redelivered?: boolean;
    /** Whether its sender was told meanwhile to send it again: then it stays out. */
    readonly withdrawn?: () => boolean;
}

/** The message that a delivery becomes. */
export function messageOf({ body, payload = parseBody(body) ?? {}, facts }: Departure): Started {
    return { payload, topic: ruleType(payload), missive: Object.assign(eventOf(payload), facts) } as Started;
}

/** Puts deliveries into the flow, in the order in which they are given. */
export class Emission {
    readonly #stop = ending();
    /** What waits for its whole message, or behind one that does, each with the end of its wait. */
    readonly #queue = new Map<Outgoing, AbortController>();
    #last: Promise<void> = Promise.resolve();

    constructor(
        private readonly node: Node,
        private readonly circumstances: Circumstances,
    ) {}

    send(departure: Departure): void {
        const { delivery, redelivered = false, withdrawn = () => false, msgid } = departure;
        const plain = messageOf(departure);
        if (msgid !== undefined) plain._msgid = msgid;
        const msg = delivery === undefined ? plain : marked(plain, delivery, { redelivered, run: held.runs(delivery) });
        const outgoing = { msg, withdrawn };
        const { account, withBody } = this.circumstances;
        const { message } = object(msg.missive);
        const id = withBody && account ? message : undefined;
        if (id === undefined && this.#queue.size === 0) {
            this.#put(outgoing);
            return;
        }
        const stop = new AbortController();
        this.#queue.set(outgoing, stop);
        const passOn = held.take(delivery, this.node);
        const whole = (
            account && id !== undefined ? this.#whole(account, id, stop.signal) : Promise.resolve(undefined)
        ).then(
            (found) => () =>
                this.#put(found === undefined ? outgoing : { ...outgoing, msg: { ...msg, message: found } }),
            (error: Error) => () => this.#fail(error, msg, delivery ?? msgid),
        );
        this.#last = this.#last.then(async () => {
            const go = await whole;
            passOn();
            // Else it was parked meanwhile, or its sender was told to send it again.
            if (this.#queue.delete(outgoing) && !withdrawn()) go();
        });
    }

    /** The flows run: what could not go into them does so now. */
    resume(): void {
        for (const outgoing of this.circumstances.parked.splice(0)) this.#put(outgoing);
    }

    /** What still waits for its whole message goes into the flow without, when it runs again. */
    stop(): void {
        this.#stop.abort();
        this.circumstances.parked.push(...this.#queue.keys());
        for (const stop of this.#queue.values()) stop.abort();
        this.#queue.clear();
    }

    /** Nothing is fetched any more for what was given back to its sender. */
    withdraw(): void {
        for (const [{ withdrawn }, stop] of this.#queue) if (withdrawn()) stop.abort();
    }

    async #whole(account: Account, id: unknown, signal: AbortSignal): Promise<unknown> {
        const path = `/messages/${encodeURIComponent(String(id))}`;
        const turn = { node: this.node.id, signal };
        const { body } = await account.client().send({ method: 'GET', path }, turn);
        const { messages } = object(body);
        return Array.isArray(messages) ? messages[0] : messages;
    }

    #fail(error: Error, msg: Started, delivery: string | undefined): void {
        if (delivery !== undefined) this.circumstances.failed(delivery, error);
        this.node.error(error, msg);
    }

    /** Missive has done its part: a flow that throws at once is for a Catch node, not for a retry. */
    #put(outgoing: Outgoing): void {
        const { msg, withdrawn } = outgoing;
        if (withdrawn()) return;
        if (this.circumstances.flows.stopped || this.#stop.signal.aborted) {
            this.circumstances.parked.push(outgoing);
            return;
        }
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
