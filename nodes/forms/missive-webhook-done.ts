import { form } from '../../src/editor/form';

export default form({
    type: 'missive-webhook-done',
    label: 'webhook done',
    sign: 'missive-done.svg',
    keywords: 'finished failed acknowledge confirm retry',
    gives: 'the message, unchanged',
    inputs: 1,
    outputs: 1,
    // Every node of the package names its account; this one makes no calls, so nobody has to choose one.
    account: 'hidden',
    rows: {
        outcome: {
            draw: 'typed',
            kind: 'choice',
            icon: 'check',
            label: 'Outcome',
            choices: { done: 'done', failed: 'failed' },
            initial: { type: 'str', value: 'done' },
            types: ['choice', 'msg', 'flow', 'global', 'jsonata', 'env'],
        },
        tip: {
            draw: 'own',
            label: '',
            help: 'For webhook in nodes that answer when done, or keep deliveries until they are done. Wire it behind the last step of the flow, and another one, set to failed, behind a Catch node.',
        },
    },
    status: { 'no delivery': 'not from a webhook', failed: 'failed' },
    says: { did: { done: 'done' } },
});
