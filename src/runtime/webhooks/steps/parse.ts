import { eventOf, parseBody } from '../../../missive/events/event';
import type { Step } from '../delivery';

/** Reads the body: 400 where it is no JSON object. */
export const parse: Step = (delivery) => {
    const payload = parseBody(delivery.body);
    if (!payload) return { status: 400, error: 'The body is no JSON object.' };
    delivery.payload = payload;
    delivery.event = eventOf(payload);
    return undefined;
};
