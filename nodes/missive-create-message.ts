import { checkActions, conversationActions } from '../src/missive/operations/conversation-actions';
import {
    address,
    addresses,
    attachments,
    long,
    moment,
    pick,
    references,
    text,
} from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const { conversation, references: _, ...actions } = conversationActions;
const more = { section: 'more' };

export default operationNode(
    operation({
        type: 'missive-create-message',
        label: 'create message',
        sign: 'missive-message.svg',
        keywords: 'receive incoming channel chat import',
        gives: 'the message that came in',
        did: { received: 'message put in' },
        summary: 'Puts an incoming message into a custom channel of Missive, such as one from a chat or a form.',
        details: [
            'This does not send anything: to write to a customer use create draft.',
            'Missive does not look for doubles: the same External id twice makes two messages.',
        ],
        resource: 'message',
        method: 'POST',
        path: '/messages',
        envelope: 'messages',
        fields: {
            account: pick('account', {
                required: true,
                label: 'Channel account',
                help: 'The id of the custom channel, from Settings → API → Resource IDs in Missive.',
            }),
            from_field: address({
                label: 'From',
                help: 'Who wrote: { "id": "u-77", "username": "@tom", "name": "Tom" }, or in an e-mail channel an address such as Tom <tom@example.com>.',
            }),
            to_fields: addresses({ label: 'To', help: 'Who it was written to, in the same forms.' }),
            body: long({ sample: 'Is my bike ready?', label: 'Body', help: 'HTML or text, as the channel has it.' }),
            conversation,
            references: references({
                aims: ['conversation'],
                label: 'References',
                help: 'External ids or Message-IDs. It is added to the first conversation that has one of them, else to a new one.',
            }),
            external_id: text({
                label: 'External id',
                help: 'Your own id of the message; later messages can name it in References.',
            }),
            attachments: attachments({
                label: 'Attachments',
                help: 'A Buffer, { filename, content } (with encoding: "base64" where the content is that), base64, { path } of a file in the account’s folder for files, or a list of these: 25 files and 10 MB in all at most, about 7 MB before encoding.',
            }),
            delivered_at: moment({
                ...more,
                sample: '2026-12-01 09:00',
                label: 'Received',
                help: 'When it came in: a date such as 2026-12-01T09:00:00Z, or Unix seconds; without a time zone, in this machine’s. Left out: now.',
            }),
            subject: text({ ...more, label: 'Subject', help: 'Subject, in an e-mail channel.' }),
            cc_fields: addresses({ ...more, label: 'Cc', help: 'Recipients of a copy, in an e-mail channel.' }),
            bcc_fields: addresses({
                ...more,
                label: 'Bcc',
                help: 'Recipients of a hidden copy, in an e-mail channel.',
            }),
            ...actions,
        },
        common: ['from_field', 'body', 'conversation'],
        sections: { more: 'Time and e-mail', conversation: 'Conversation' },
        example: {
            input: {
                account: '0aa6f1d2-7b1c-4e0a-9c37-55d1f2c30b11',
                external_id: 'ticket-881-1',
                references: ['ticket-881'],
                from_field: { id: 'u-77', username: '@tom', name: 'Tom' },
                to_fields: [{ id: 'shop', username: '@shop', name: 'Harbor Bikes' }],
                body: 'Is my bike ready?',
            },
            output: {
                id: '13c7d235-8e70-48f3-a56f-2645f4d9c13f',
                conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
            },
        },
        check: (input) => checkActions(input),
    }),
);
