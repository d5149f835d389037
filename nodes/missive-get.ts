import { checkWanted, getAttachment } from '../src/missive/files/got-attachment';
import { family, member } from '../src/missive/operations/family';
import { pick, picks, text } from '../src/missive/operations/fields';
import { quotaOf } from '../src/missive/operations/quota';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    family({
        type: 'missive-get',
        label: 'get from Missive',
        verb: 'get',
        sign: 'missive-get.svg',
        keywords: 'read fetch find look attachment file conversation message email contact customer task',
        gives: 'what was read',
        did: {
            conversation: 'conversation read',
            message: 'message read|messages read',
            contact: 'contact read',
            task: 'task read',
            response: 'response read',
            report: 'report read',
            attachment: 'attachment fetched',
            quota: 'quota read',
        },
        summary:
            'Reads one thing by its id: a conversation, messages with their bodies, a contact, a task, a canned response or a report; fetches a file of a message; says how much of Missive’s limits is used.',
        details: [
            'A webhook brings no body: get message with msg.payload.message.id of the webhook reads it.',
            'Attachment fetches a file of a message without your token, https only. Quota asks Missive nothing: it says what the account’s queue has spent, so that a flow can hold itself back.',
            'A conversation that was merged answers with another id than the one asked for: go on with msg.payload.id.',
        ],
        sections: { attachment: 'By its message' },
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
            attachment: member({
                title: 'attachment',
                ...{ resource: 'attachment', method: 'GET', path: '/messages/{message}', envelope: 'messages' },
                fields: {
                    url: text({
                        label: 'Link',
                        help: 'The link of the file as Missive lists it: with an attachment of a message as msg.payload all is there. Links expire.',
                    }),
                    filename: text({ label: 'Name', help: 'The name of the file. Left out: that of the attachment.' }),
                    path: text({
                        unset: true,
                        label: 'Into files',
                        help: 'A folder (with / at its end) or a file in the account’s folder for files: there it is written, nothing is written over, and msg.payload is { path, filename, size }, which a draft takes as an attachment. Left out: msg.payload is a Buffer.',
                    }),
                    message: pick('message', {
                        section: 'attachment',
                        label: 'Message',
                        help: 'The id of the message that it is in: a fresh link is asked for. Goes before Link.',
                    }),
                    id: text({
                        section: 'attachment',
                        label: 'Attachment id',
                        help: 'Its id, where the message has several: as in the attachments of the message, or in data-missive-attachment-id of a picture in the body.',
                    }),
                },
                example: { input: { message: '51d079a4-57c9-4576-a97c-cae0cd324467' }, output: Buffer.from('') },
                check: checkWanted,
                run: getAttachment,
            }),
            quota: member({
                title: 'quota',
                ...{ resource: 'quota', method: 'GET', path: '', envelope: '', apart: true },
                fields: {},
                example: {
                    input: {},
                    output: {
                        windows: [
                            { seconds: 60, limit: 300, used: 12, free: 288 },
                            { seconds: 900, limit: 900, used: 340, free: 560 },
                        ],
                        free: 288,
                        in_flight: 1,
                        waiting: 0,
                        held: 0,
                    },
                },
                run: (_, missive) => quotaOf(missive),
            }),
        },
    }),
);
