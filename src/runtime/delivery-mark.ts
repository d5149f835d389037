import type { NodeMessage } from 'node-red';

/** A message as webhook in sends it. */
export type Started = NodeMessage & { missive: object };

/** A message that started with a webhook; every other node of the package writes its own `missive` over it. */
type Marked = NodeMessage & { _missiveDelivery?: unknown; _missiveRun?: unknown; missive?: unknown };

/**
 * Says in a message which delivery it comes from: in `msg.missive`, where people look, and in a property that nobody
 * writes over, so that webhook done finds it behind other nodes of the package, a split or a Catch node.
 */
export function marked(msg: Started, delivery: string, { redelivered = false, run = 0 } = {}): Started {
    const missive: { delivery: string; redelivered?: true } = { ...msg.missive, delivery };
    if (redelivered) missive.redelivered = true;
    const whole: Started & Marked = { ...msg, missive, _missiveDelivery: delivery };
    if (run > 0) whole._missiveRun = run;
    return whole;
}

/** The how manieth time this process put a message's delivery into the flow; `undefined` where it does not say. */
export const runOf = ({ _missiveRun: run }: Marked): number | undefined => (typeof run === 'number' ? run : undefined);

/** The delivery that a message comes from; `undefined` where it comes from none, or nobody waits for it. */
export function deliveryOf(msg: Marked): string | undefined {
    const missive: unknown = msg.missive;
    const named = typeof missive === 'object' && missive !== null && 'delivery' in missive && missive.delivery;
    return [named, msg._missiveDelivery].find((each): each is string => typeof each === 'string');
}
