import { type Inbox, InboxFull } from '../../inbox/inbox';
import { Unreachable } from '../../redis/unreachable';
import type { Delivery, Receiving, Reply, Step } from '../delivery';
import { notKept } from './ready';

const full: Reply = { status: 503, error: 'The inbox of this node is full: the flow does not keep up.' };

const storings = new WeakMap<Inbox, Map<string, Promise<void>>>();

/** The storing of an earlier request with the same delivery; rejects where that fails. */
export const storing = (inbox: Inbox, print: string): Promise<void> | undefined => storings.get(inbox)?.get(print);

/** Keep until done: nothing can lose it from here on, and the inbox puts it into the flow; 503 where it cannot be kept. */
export const keep: Step = (delivery, to) => {
    const { inbox } = to.memory;
    return to.keeps && inbox ? kept(delivery, to, inbox) : undefined;
};

async function kept(delivery: Delivery, to: Receiving, inbox: Inbox): Promise<Reply | undefined> {
    const { id, began: at, body, event, facts, ticket } = delivery;
    const print = ticket?.print ?? '';
    const conversation = event.conversation === undefined ? undefined : String(event.conversation);
    const current = storings.get(inbox) ?? new Map<string, Promise<void>>();
    storings.set(inbox, current);
    to.parsed.set(id, delivery.payload);
    try {
        const stored = inbox.put({ id, at, body, conversation, print, facts });
        current.set(print, stored);
        await stored;
    } catch (error) {
        return refused(to, error);
    } finally {
        current.delete(print);
        to.parsed.delete(id);
    }
    to.state.trouble('inbox', '');
    return undefined;
}

function refused({ state, path }: Receiving, error: unknown): Reply {
    const isFull = error instanceof InboxFull;
    const reply = isFull ? full : notKept(error);
    state.trouble('inbox', isFull ? 'inbox full' : error instanceof Unreachable ? 'without Redis' : 'disk fails');
    const why = isFull || !(error instanceof Error) ? '' : ` ${error.message}`;
    state.warn(`Refused a webhook at ${path}: ${reply.error}${why}`);
    return reply;
}
