import type { Node } from 'node-red';
import { eventKey, eventOf, isEmpty, parseBody } from '../../missive/events/event';
import { type Filter, passes } from '../../missive/events/event-filter';
import { isSigned } from '../../missive/events/signature';
import type { Inbox } from '../inbox/inbox';
import type { Facts } from '../inbox/kept';
import type { OwnRule } from '../rules/own-rule';
import type { Deliveries } from './deliveries';
import { messageOf } from './emission';
import type { EventFacts } from './event-facts';
import type { Delivery, Reply, Webhooks } from './hooks';
import { full, type Manner, noDisk, take } from './intake';
import type { WebhookState } from './webhook-state';

/** An event on its way in. */
export interface Admitted {
    readonly body: Buffer;
    readonly payload: Readonly<Record<string, unknown>>;
    readonly began: number;
    readonly manner: Manner;
    readonly more?: Facts;
}

/** The parts of a node that a delivery meets on its way in. */
interface Parts {
    readonly node: Node;
    readonly hooks: Webhooks;
    readonly path: string;
    /** Blank: deliveries are not signed. */
    readonly secret: string;
    /** A key in the address stands in place of a signature; without a rule of its own nothing is let in. */
    readonly bySelf: boolean;
    readonly rule: OwnRule | undefined;
    readonly events: readonly string[];
    readonly filter: Filter;
    /** Whether the flows run; false once the node is stopped before they did. */
    readonly started: Promise<boolean>;
    readonly closed: () => boolean;
    readonly deliveries: Deliveries;
    readonly inbox: Inbox | undefined;
    readonly facts: EventFacts;
    readonly manner: Manner;
    readonly state: WebhookState;
    /** The label of the flow that the node is in. */
    readonly flow: () => string;
    /** A rule has called, by a delivery that is its own for certain. */
    readonly called: (rule: unknown) => void;
}

const deploying: Reply = { status: 503, error: 'Node-RED is being deployed.' };

/** Checks deliveries and lets those in that are events for the flow. Everything that gives no 200 leaves no trace. */
export class Reception {
    constructor(private readonly parts: Parts) {}

    async receive({ body, headers, key, began }: Delivery): Promise<Reply> {
        const { bySelf, rule, secret, manner, called } = this.parts;
        if (isEmpty(body)) return { status: 200, empty: true };
        const sender = rule?.sender(key);
        if (bySelf && !sender) return { status: 401, error: 'The key in the address is missing or wrong.' };
        if (!bySelf && secret && !isSigned(secret, body, headers['x-hook-signature'])) return this.#notSigned();
        const payload = parseBody(body);
        if (!payload) return { status: 400, error: 'The body is no JSON object.' };
        if (sender === 'lost' && rule?.lost(key, eventOf(payload).rule)) return { status: 200 };
        called(payload.rule);
        return this.admit({ body, payload, began, manner });
    }

    /** Lets an event in that comes from Missive for certain. */
    async admit({ body, payload, began, manner, more }: Admitted): Promise<Reply> {
        const { events, filter, started, closed, deliveries, facts, hooks } = this.parts;
        const { event, conversation } = eventOf(payload);
        // Before the search for retries: what was not let through is not in the flow, so it has no retries.
        if (events.length > 0 && !events.includes(String(event))) return { status: 200 };
        if (!passes(filter, payload)) return { status: 200 };
        // Until then the nodes that the message goes to may not exist.
        if (!(await started)) return deploying;
        if (!(await this.#opened())) return { status: 503, error: noDisk };
        if (closed()) return deploying;
        const ticket = deliveries.begin(body, eventKey(payload), began);
        const known = ticket.again ? undefined : facts.of(payload);
        if (known?.loop) {
            if (!known.loop.said) this.#tellLoop(body);
            // Sending the event again would not end the loop.
            return { status: 200, settled: ticket.answered };
        }
        const topic = conversation === undefined ? undefined : String(conversation);
        const arrival = { body, began, conversation: topic, ticket, facts: { ...known?.facts, ...more } };
        const reply = await take(hooks, manner, arrival);
        if (reply.status !== 200) known?.undo();
        this.#show(reply);
        return reply;
    }

    /** What is kept, and what is known of earlier events, has been read; false where the disk fails. */
    async #opened(): Promise<boolean> {
        const { inbox, facts } = this.parts;
        await facts.states?.open();
        const opened = await inbox?.open().then(
            () => true,
            (error: Error) => this.notOpened(error),
        );
        return opened !== false;
    }

    /** Says that what is kept cannot be read. */
    notOpened(error: Error): false {
        this.parts.state.trouble('inbox', 'disk fails');
        this.parts.state.warn(`The kept deliveries cannot be read: ${error.message}`);
        return false;
    }

    #show({ error }: Reply): void {
        const { state, path } = this.parts;
        const fault = { [full]: 'inbox full', [noDisk]: 'disk fails' }[error ?? ''];
        state.trouble('inbox', fault ?? '');
        if (fault) state.warn(`Refused a webhook at ${path}: ${error}`);
    }

    #notSigned(): Reply {
        this.parts.node.status({ fill: 'red', shape: 'ring', text: 'wrong signature' });
        this.parts.state.warn(`Refused a webhook at ${this.parts.path}: ${advice}`);
        return { status: 401, error: advice };
    }

    #tellLoop(body: Buffer): void {
        this.parts.node.error(`The flow “${this.parts.flow()}” sets itself off: ${loopAdvice}`, messageOf(body));
    }
}

const advice =
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.';
const loopAdvice =
    'an event that it has brought about itself has started it again, too often in a row. This conversation is held back for a minute. Let the flow look at msg.missive.own, or check what the conversation already has.';
