import { randomUUID } from 'node:crypto';
import { type Inbox, InboxFull } from '../inbox/inbox';
import type { Facts } from '../inbox/kept';
import type { Ticket } from './deliveries';
import type { Reply, Webhooks } from './hooks';

/** A delivery that is for the flow. */
export interface Arrival {
    readonly body: Buffer;
    readonly began: number;
    readonly conversation: string | undefined;
    readonly ticket: Ticket;
    readonly facts: Facts;
}

/** How a node takes deliveries in. */
export interface Manner {
    readonly node: string;
    /** `done`: the answer waits for webhook done. */
    readonly answer: 'received' | 'done';
    /** Keeps each delivery on the disk until it is done. */
    readonly inbox: Inbox | undefined;
    /** Puts a delivery into the flow; with an id where somebody waits for it. */
    send(body: Buffer, facts: Facts, delivery?: string): void;
}

/** The flow's time, in milliseconds: Missive waits for 15 seconds, the rest is for the way. */
export const flowTime = 12_000;
/** So many answers wait at once: each holds a connection. */
const most = 10_000;

const stored = new WeakMap<Inbox, Map<string, Promise<void>>>();

/** Lets a delivery into the flow, on the disk first where it is to be kept, and gives the answer to it. */
export async function take(hooks: Webhooks, manner: Manner, arrival: Arrival): Promise<Reply> {
    const { ticket } = arrival;
    if (ticket.again) return again(hooks, manner, ticket);
    if (manner.answer === 'done' && hooks.waiting.size >= most) return refuse(ticket, 'Too many deliveries wait.');
    const id = randomUUID();
    const waited =
        manner.answer === 'done'
            ? hooks.waiting.wait(id, { node: manner.node, print: ticket.print, ms: flowTime })
            : undefined;
    try {
        if (manner.inbox) await put(manner.inbox, id, arrival);
        else manner.send(arrival.body, arrival.facts, waited && id);
    } catch (error) {
        hooks.waiting.settle(id, 'failed');
        return refuse(ticket, error instanceof InboxFull ? full : noDisk);
    }
    if ((await (waited ?? 'done')) !== 'done') {
        await manner.inbox?.giveBack(id).catch(() => undefined); // it is forgotten in memory all the same
        return refuse(ticket, 'The flow has not dealt with it.');
    }
    return { status: 200, settled: (arrived) => settled(manner, id, ticket, arrived) };
}

/** A repetition: its answer is that of the first. */
async function again(hooks: Webhooks, { node, inbox }: Manner, ticket: Ticket): Promise<Reply> {
    const storing = inbox && stored.get(inbox)?.get(ticket.print);
    try {
        await storing;
    } catch {
        return { status: 503, error: noDisk };
    }
    const waited = await (hooks.waiting.of(node, ticket.print) ?? 'done');
    return waited === 'done' ? { status: 200, settled: ticket.answered } : { status: 503, error: 'The flow failed.' };
}

function put(inbox: Inbox, id: string, { body, began, conversation, ticket, facts }: Arrival): Promise<void> {
    const storing = stored.get(inbox) ?? new Map<string, Promise<void>>();
    stored.set(inbox, storing);
    const written = inbox.put({ id, at: began, body, conversation, print: ticket.print, facts });
    storing.set(ticket.print, written);
    return written.finally(() => storing.delete(ticket.print));
}

function settled({ inbox }: Manner, id: string, ticket: Ticket, arrived: boolean): void {
    ticket.answered(arrived);
    if (arrived && ticket.print.startsWith('body:')) inbox?.answered(id, ticket.print);
}

function refuse(ticket: Ticket, error: string): Reply {
    ticket.forget();
    return { status: 503, error };
}

/** What a sender is told where the delivery cannot be kept. */
export const full = 'The inbox of this node is full: the flow does not keep up.';
export const noDisk = 'The delivery cannot be kept: the disk fails.';
