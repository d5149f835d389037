import { pick, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    operation({
        type: 'missive-merge-conversations',
        label: 'merge conversations',
        sign: 'missive-merge.svg',
        keywords: 'join combine duplicate',
        gives: 'the conversation that is left',
        did: { merged: 'conversations merged' },
        summary: 'Merges one conversation into another. This cannot be undone.',
        details: [
            'msg.payload is the merged conversation. Go on with its id, msg.payload.id: it can be that of either one, because Missive may swap the two. The other id goes on leading to it.',
        ],
        resource: 'conversation',
        method: 'POST',
        path: '/conversations/{id}/merge',
        envelope: 'conversations',
        wrap: 'bare',
        fields: {
            id: pick('conversation', {
                required: true,
                label: 'Conversation',
                help: 'The conversation that goes into the other one.',
            }),
            target: pick('conversation', {
                required: true,
                label: 'Into',
                help: 'The conversation that stays.',
            }),
            subject: text({ label: 'Subject', help: 'Subject of the merged conversation.' }),
        },
        common: ['subject'],
        example: {
            input: {
                id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                target: '6b0e2f0c-eabc-4990-a4da-663226959724',
                subject: 'Gravel fork order 2291',
            },
            output: {
                id: '6b0e2f0c-eabc-4990-a4da-663226959724',
                subject: 'Gravel fork order 2291',
                messages_count: 4,
            },
        },
        check: ({ id, target }) =>
            id?.toLowerCase() === target?.toLowerCase()
                ? 'Conversation (id) and Into (target) are the same conversation: it cannot be merged into itself.'
                : undefined,
    }),
);
