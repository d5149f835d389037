import type { Delivery, Receiving, Step } from '../delivery';

/** 200; where the answer waits for the flow, 503 if that fails or takes too long: then Missive keeps it, not the inbox. */
export const answer: Step = async (delivery, to) => {
    if (delivery.waited && (await delivery.waited) !== 'done') {
        // It is forgotten in memory even where the disk fails.
        if (to.keeps) await to.memory.inbox?.giveBack(delivery.id).catch(() => undefined);
        return { status: 503, error: 'The flow has not dealt with it.' };
    }
    return { status: 200, settled: (arrived) => settled(delivery, to, arrived) };
};

function settled({ id, ticket }: Delivery, { keeps, memory }: Receiving, arrived: boolean): void {
    ticket?.answered(arrived);
    if (keeps && arrived && ticket?.print.startsWith('body:')) memory.inbox?.answered(id, ticket.print);
}
