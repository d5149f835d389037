import type { Step } from '../delivery';

/** What is not kept goes into the flow here. */
export const intoFlow: Step = ({ id, body, facts, waited }, { keeps, emission, state }) => {
    if (keeps) return undefined;
    state.trouble('inbox', '');
    emission.send(body, facts, waited && id);
    return undefined;
};
