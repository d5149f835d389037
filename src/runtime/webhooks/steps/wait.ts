import type { Step } from '../delivery';

/** The flow's time, in milliseconds: Missive waits for 15 seconds, the rest is for the way. */
const flowTime = 12_000;
/** So many answers wait at once: each holds a connection. */
const most = 10_000;

/** Where the answer waits for webhook done, the wait begins before the flow can end it: 503 where too many wait. */
export const wait: Step = (delivery, { node, waiting }) => {
    const { id, ticket, waits, undo } = delivery;
    if (!waits) return undefined;
    if (waiting.size >= most) return { status: 503, error: 'Too many deliveries wait.' };
    delivery.waited = waiting.wait(id, { node: node.id, print: ticket?.print ?? '', ms: flowTime });
    undo.push(() => waiting.settle(id, 'failed'));
    return undefined;
};
