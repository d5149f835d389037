import type { Delivery, Receiving, Reply, Step } from '../delivery';

/** 200; where the answer waits for the flow, 503 if that fails or takes too long: then Missive keeps it, not the inbox. */
export const answer: Step = (delivery, to) => (delivery.waited ? afterFlow(delivery, to) : taken(delivery, to));

const taken = (delivery: Delivery, to: Receiving): Reply => ({
    status: 200,
    settled: (arrived) => settled(delivery, to, arrived),
});

async function afterFlow(delivery: Delivery, to: Receiving): Promise<Reply> {
    if ((await delivery.waited) !== 'done') {
        // It is forgotten in memory even where the disk fails.
        if (to.keeps) await to.memory.inbox?.giveBack(delivery.id).catch(() => undefined);
        return { status: 503, error: 'The flow has not dealt with it.' };
    }
    return taken(delivery, to);
}

function settled({ id, ticket }: Delivery, { keeps, memory }: Receiving, arrived: boolean): void {
    ticket?.answered(arrived);
    if (keeps && arrived && ticket?.print.startsWith('body:')) memory.inbox?.answered(id, ticket.print);
}
