import { eventKey } from '../../../missive/events/event';
import { Unreachable } from '../../redis/unreachable';
import type { Delivery, Receiving, Reply, Step } from '../delivery';
import type { Ticket } from '../memory/memory';
import { storing } from './keep';
import { notKept, notOpened } from './ready';

/** Recognises what is in the flow already: a repetition gets the answer of the first, and stays out. */
export const seen: Step = (delivery, to) => {
    const { body, payload, since } = delivery;
    const ticket = to.memory.seen.begin(body, eventKey(payload), since);
    return ticket instanceof Promise
        ? ticket.then(
              (late) => recognised(delivery, to, late),
              (error: Error) => unknown(to, error),
          )
        : recognised(delivery, to, ticket);
};

function recognised(delivery: Delivery, to: Receiving, ticket: Ticket): Promise<Reply> | undefined {
    if (ticket.again) return answerOfFirst(ticket, to);
    delivery.ticket = ticket;
    delivery.undo.push(ticket.forget);
    return undefined;
}

function unknown(to: Receiving, error: Error): Reply {
    if (!(error instanceof Unreachable)) return { status: 503, error: error.message };
    notOpened(to, error);
    return notKept(error);
}

async function answerOfFirst(ticket: Ticket, { node, memory, keeps, waiting }: Receiving): Promise<Reply> {
    try {
        if (keeps && memory.inbox) await storing(memory.inbox, ticket.print);
    } catch (error) {
        return notKept(error);
    }
    const waited = await (waiting.of(node.id, ticket.print) ?? 'done');
    return waited === 'done' ? { status: 200, settled: ticket.answered } : { status: 503, error: 'The flow failed.' };
}
