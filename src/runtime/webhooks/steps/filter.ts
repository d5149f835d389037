import type { Step } from '../delivery';

/**
 * What nobody asked for: 200, and nothing goes into the flow. Before the search for repetitions: what was not let
 * through is not in the flow, so it has none.
 */
export const filter: Step = (delivery, to) => {
    const { payload, event } = delivery;
    const wanted = to.events.length === 0 || to.events.includes(String(event.event));
    delivery.unwanted = wanted ? to.keptOut(payload) : 'events';
    if (!delivery.unwanted) return undefined;
    to.state.filteredOut();
    return { status: 200 };
};
