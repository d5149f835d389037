import { family, member } from '../src/missive/operations/family';
import { pick, picks } from '../src/missive/operations/fields';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    family({
        type: 'missive-get',
        label: 'get',
        summary:
            'Reads one thing by its id: a conversation, messages with their bodies, a contact, a task, a canned response or a report.',
        details: [
            'A webhook brings no body: get message with msg.payload.message.id of the webhook reads it.',
            'A conversation that was merged answers with another id than the one asked for: go on with msg.payload.id.',
        ],
        resource: { label: 'Get', help: 'What is read.' },
        resources: {
            conversation: member({
                title: 'conversation',
                ...{ resource: 'conversation', method: 'GET', path: '/conversations/{id}', envelope: 'conversations' },
                fields: { id: pick('conversation', { required: true, label: 'Conversation', help: 'Its id.' }) },
                example: {
                    input: { id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55' },
                    output: {
                        id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                        subject: null,
                        latest_message_subject: 'Spare part for a gravel fork',
                        assignees: [],
                        shared_label_names: 'Parts',
                        last_activity_at: 1_767_703_322,
                    },
                },
            }),
            message: member({
                title: 'message',
                ...{ resource: 'message', method: 'GET', path: '/messages/{id}', envelope: 'messages' },
                fields: {
                    id: picks('message', {
                        required: true,
                        label: 'Messages',
                        help: 'One id, a list of ids, or ids with commas between them. Several are read in one call, and msg.payload is then a list.',
                    }),
                },
                example: {
                    input: { id: '51d079a4-57c9-4576-a97c-cae0cd324467' },
                    output: {
                        id: '51d079a4-57c9-4576-a97c-cae0cd324467',
                        subject: 'Spare part for a gravel fork',
                        from_field: { name: 'Tom Reyes', address: 'tom@trailclub.example' },
                        body: '<div>Hi, is the F-220 fork available in black?</div>',
                        conversation: { id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55' },
                    },
                },
            }),
            contact: member({
                title: 'contact',
                ...{ resource: 'contact', method: 'GET', path: '/contacts/{id}', envelope: 'contacts' },
                fields: { id: pick('contact', { required: true, label: 'Contact', help: 'Its id.' }) },
                example: {
                    input: { id: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10' },
                    output: {
                        id: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10',
                        first_name: 'Marta',
                        last_name: 'Okafor',
                        infos: [{ kind: 'email', label: 'work', value: 'marta@harborbikes.example' }],
                    },
                },
            }),
            task: member({
                title: 'task',
                ...{ resource: 'task', method: 'GET', path: '/tasks/{id}', envelope: 'tasks' },
                fields: { id: pick('task', { required: true, label: 'Task', help: 'Its id.' }) },
                example: {
                    input: { id: '305b2f2d-63ce-4595-8a7b-3f29a0507852' },
                    output: {
                        id: '305b2f2d-63ce-4595-8a7b-3f29a0507852',
                        title: 'Add two tubes to order 2291',
                        state: 'todo',
                        assignees: [{ id: '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6', name: 'Ines Duarte' }],
                    },
                },
            }),
            response: member({
                title: 'response',
                ...{ resource: 'response', method: 'GET', path: '/responses/{id}', envelope: 'responses' },
                fields: { id: pick('response', { required: true, label: 'Response', help: 'Its id.' }) },
                example: {
                    input: { id: 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61' },
                    output: {
                        id: 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61',
                        title: 'Fork back in stock',
                        subject: 'Good news',
                        body: '<div>Your fork is back in stock.</div>',
                    },
                },
            }),
            report: member({
                title: 'report',
                ...{ resource: 'report', method: 'GET', path: '/analytics/reports/{id}', envelope: 'reports' },
                fields: { id: pick('report', { required: true, label: 'Report', help: 'Its id.' }) },
                example: {
                    input: { id: '0d4c7a7e-6a55-4b0e-8a30-9c3b1f2e7711' },
                    output: { start: 1_767_225_600, end: 1_767_830_400, selected_period: {}, previous_period: {} },
                },
                missing: {
                    says: 'Missive has no report with this id: it may not be ready yet, or has expired, which it does 60 seconds after it was ready. Try again in 5 seconds, or let the report node start it and wait (404).',
                },
            }),
        },
    }),
);
