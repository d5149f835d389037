import type { Step } from '../delivery';

/** Notes which rule has called. One that a crash left behind is deleted: 200 where the node's own delivers the same. */
export const knownRule: Step = ({ key, payload, event }, { rule, called }) => {
    if (rule?.sender(key) === 'lost' && rule.lost(key, event.rule)) return { status: 200 };
    called(payload.rule);
    return undefined;
};
