import type { Step } from '../delivery';

/** What is not kept goes into the flow here. */
export const intoFlow: Step = (delivery, { keeps, emission, state }) => {
    if (keeps) return undefined;
    state.trouble('inbox', '');
    const { id, waited, body, payload, facts } = delivery;
    emission.send({
        ...{ body, payload, facts, msgid: id, delivery: waited && id },
        withdrawn: () => delivery.withdrawn,
    });
    return undefined;
};
