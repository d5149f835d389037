import { canBeOwn, ownCallsOf } from '../../../missive/events/own-calls';
import type { Account } from '../../account';
import type { Delivery, Receiving, Reply, Step } from '../delivery';
import { messageOf } from '../emission';

/**
 * Finds out what has changed, and whether it was this account's own doing. A flow that sets itself off again and again
 * is held back: 200, as sending the event once more would not end the loop.
 */
export const meaning: Step = (delivery, to) => {
    const { event, conversation } = delivery.event;
    if (conversation === undefined) return undefined;
    const possible = canBeOwn(event);
    return possible || to.memory.states ? compared(delivery, to, String(conversation), possible) : undefined;
};

async function compared(
    delivery: Delivery,
    to: Receiving,
    conversation: string,
    possible: boolean,
): Promise<Reply | undefined> {
    const { payload, ticket, undo } = delivery;
    const own = possible && (await isOwn(to.account, conversation));
    const verdict = own ? await to.memory.brake.round(conversation) : 'go';
    if (verdict === 'stop') tellLoop(to, delivery);
    if (verdict !== 'go') return { status: 200, ...(ticket && { settled: ticket.answered }) };
    const step = await to.memory.states?.step(conversation, payload);
    if (step) undo.push(() => step.undo());
    const changed = possible && step?.changed;
    delivery.facts = { ...(own && { own }), ...(changed && { changed }), ...delivery.facts };
    return undefined;
}

function isOwn(account: Account | null, conversation: string): boolean | Promise<boolean> {
    try {
        return account !== null && ownCallsOf(account.client().limiter).has(conversation);
    } catch {
        return false; // an account without a token makes no calls
    }
}

function tellLoop({ node, flow }: Receiving, { body, payload }: Delivery): void {
    node.error(`The flow “${flow()}” sets itself off: ${advice}`, messageOf({ body, payload, facts: {} }));
}

const advice =
    'an event that it has brought about itself has started it again, too often in a row. This conversation is held back for a minute. Let the flow look at msg.missive.own, or check what the conversation already has.';
