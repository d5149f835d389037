import type { IncomingHttpHeaders } from 'node:http';
import type { Node } from 'node-red';
import type { Event } from '../../missive/events/event';
import type { Filter, KeptOut } from '../../missive/events/event-filter';
import type { Account } from '../account';
import type { Facts } from '../inbox/kept';
import type { OwnRule } from '../rules/own-rule';
import type { Emission } from './emission';
import type { Memory, Ticket } from './memory/memory';
import type { Secret } from './secret';
import type { Waited, Waiting } from './waiting';
import type { WebhookState } from './webhook-state';

type Json = Readonly<Record<string, unknown>>;

/** One request to a hook, its body complete. */
export interface Request {
    readonly body: Buffer;
    readonly headers: IncomingHttpHeaders;
    /** `key` in the address: what a rule that was made by the API has in place of a signature. */
    readonly key: string | undefined;
    /** When the request arrived, in milliseconds. */
    readonly began: number;
    /** The same on a clock that nobody sets (`steady`). */
    readonly since: number;
}

/** What the sender is told: nothing but the status, or what to do about the error. */
export interface Reply {
    readonly status: number;
    readonly error?: string;
    /** There was nothing in the body: whoever sent it may not be Missive. */
    readonly empty?: boolean;
    /** Called once: whether the answer left before the sender was gone. */
    readonly settled?: (arrived: boolean) => void;
}

/** A delivery on its way in, with what each step has found out about it. */
export interface Delivery extends Request {
    /** Whether the answer waits until the flow has dealt with it. */
    readonly waits: boolean;
    /** Its id here, for webhook done. */
    readonly id: string;
    /** `parse`: the JSON in the body, and the ids in it. */
    payload: Json;
    event: Event;
    /** `filter`: the list that did not want it. */
    unwanted: 'events' | keyof Filter | undefined;
    /** `seen`: what it is recognised by when it comes again. */
    ticket: Ticket | undefined;
    /** `meaning`: what its message says besides the ids. */
    facts: Facts;
    /** `wait`: how the flow's dealing with it ends. */
    waited: Promise<Waited> | undefined;
    /** Its sender was told to send it again: what has not entered the flow yet stays out. */
    withdrawn: boolean;
    /** Without a 200 nothing of it remains: what the steps have done, to be undone from the last to the first. */
    readonly undo: (() => void)[];
}

/** The node that a delivery is for. */
export interface Receiving {
    readonly node: Node;
    readonly path: string;
    readonly account: Account | null;
    readonly secret: Secret;
    /** A key in the address stands in place of a signature; without a rule of its own nothing is let in. */
    readonly bySelf: boolean;
    readonly rule: OwnRule | undefined;
    readonly events: readonly string[];
    /** The list of the filter that does not want an event. */
    readonly keptOut: KeptOut;
    readonly keeps: boolean;
    /** Whether the flows run with this node, and it remembers nothing that would have to be read first. */
    readonly free: () => boolean;
    /** Whether the flows run with this node; false where it is stopped before they did. */
    readonly started: () => boolean | Promise<boolean>;
    readonly closed: () => boolean;
    /** Whether the files, and the rules, are this Node-RED's and not another one's on the same user directory. */
    readonly mine: () => boolean | Promise<boolean>;
    readonly memory: Memory;
    /** What bodies say whose deliveries are just being stored, for those that go into the flow right after. */
    readonly parsed: Map<string, Json>;
    readonly waiting: Waiting;
    readonly emission: Emission;
    readonly state: WebhookState;
    /** The label of the flow that the node is in. */
    readonly flow: () => string;
    /** A delivery has come to this step, which has answered it or, of `intoFlow`, let it into the flow: for the editor. */
    readonly note: (delivery: Delivery, step: Step, reply: Reply | undefined) => void;
    /** A rule has called, by a delivery that is its own for certain. */
    readonly called: (rule: unknown) => void;
}

/** One step: answers a delivery, or passes it on by saying nothing. */
export type Step = (delivery: Delivery, to: Receiving) => Reply | undefined | Promise<Reply | undefined>;
