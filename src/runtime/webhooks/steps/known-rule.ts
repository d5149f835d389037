import type { Step } from '../delivery';

/** Notes which rule has called. One that a crash left behind is deleted: 200 where the node's own delivers the same. */
export const knownRule: Step = ({ key, payload, event }, { rule, called }) => {
    const sender = rule?.sender(key);
    if (sender === 'own') rule?.called(event.rule);
    if (sender === 'lost' && rule?.lost(key, event.rule)) return { status: 200 };
    called(payload.rule);
    return undefined;
};
