import { eventKey } from '../../../missive/events/event';
import { Unreachable } from '../../redis/unreachable';
import type { Receiving, Reply, Step } from '../delivery';
import type { Ticket } from '../memory/memory';
import { storing } from './keep';
import { notKept, notOpened } from './ready';

/** Recognises what is in the flow already: a repetition gets the answer of the first, and stays out. */
export const seen: Step = async (delivery, to) => {
    const { body, payload, began, undo } = delivery;
    let ticket: Ticket;
    try {
        ticket = await to.memory.seen.begin(body, eventKey(payload), began);
    } catch (error) {
        if (!(error instanceof Unreachable)) return { status: 503, error: (error as Error).message };
        notOpened(to, error);
        return notKept(error);
    }
    if (ticket.again) return answerOfFirst(ticket, to);
    delivery.ticket = ticket;
    undo.push(ticket.forget);
    return undefined;
};

async function answerOfFirst(ticket: Ticket, { node, memory, keeps, waiting }: Receiving): Promise<Reply> {
    try {
        if (keeps && memory.inbox) await storing(memory.inbox, ticket.print);
    } catch (error) {
        return notKept(error);
    }
    const waited = await (waiting.of(node.id, ticket.print) ?? 'done');
    return waited === 'done' ? { status: 200, settled: ticket.answered } : { status: 503, error: 'The flow failed.' };
}
