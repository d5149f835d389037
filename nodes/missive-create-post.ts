import {
    type Notification,
    parseNotification,
    parsePostAttachments,
    parsePostTask,
} from '../src/missive/content/post-content';
import { checkActions, conversationActions } from '../src/missive/operations/conversation-actions';
import { flag, type Input, json, long, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const { conversation, ...actions } = conversationActions;
const author = { section: 'author' };

const fields = {
    conversation,
    markdown: long({
        max: 8000,
        sample: 'Paid, **ready to ship**',
        label: 'Markdown',
        help: 'What the post says, in Markdown.',
    }),
    text: long({ max: 8000, label: 'Text', help: 'What the post says, as plain text.' }),
    notification_title: text({
        sample: 'Order 2291',
        label: 'Notification title',
        help: 'First line of the notification that people get. Required, unless Notification has it.',
    }),
    notification_body: text({
        sample: 'Paid',
        label: 'Notification body',
        help: 'Second line of the notification. Required, unless Notification has it.',
    }),
    notification: json(
        {
            label: 'Notification',
            help: 'Both lines as the API has them: { "title": "Order 2291", "body": "Paid" }. The two rows above it go first.',
        },
        parseNotification,
    ),
    attachments: {
        ...json(
            {
                label: 'Attachments',
                help: 'Rich blocks such as { "title": "Order 2291", "color": "good", "fields": [{ "title": "Total", "value": "€ 80", "short": true }] }, and files: a Buffer, { filename, content }, base64, or a list of any of these.',
            },
            parsePostAttachments,
        ),
        kind: 'attachments' as const,
    },
    task: json(
        {
            section: 'task',
            label: 'Task',
            help: 'A task that the post brings: its title, or an object such as { "title": "Call back", "state": "todo" }. Missive does not document this, and may stop taking it: create task is the sure way.',
        },
        parsePostTask,
    ),
    username: text({ ...author, label: 'Author', help: 'The name above the post. Left out: the owner of the token.' }),
    username_icon: text({ ...author, label: 'Author’s icon', help: 'Address of a picture, shown beside the author.' }),
    conversation_icon: text({
        ...author,
        label: 'Conversation icon',
        help: 'Address of a picture, shown for a conversation that begins with this post.',
    }),
    ...actions,
    reopen: flag({
        section: 'conversation',
        label: 'Reopen',
        help: 'False leaves a closed conversation closed. True or left out: the post brings it back.',
    }),
};

/** The notification as Missive wants it: the rows of the form over the API's own object. */
function notificationOf({ notification, notification_title, notification_body }: Input<typeof fields>): Notification {
    return {
        ...notification,
        ...(notification_title && { title: notification_title }),
        ...(notification_body && { body: notification_body }),
    };
}

const has = (value?: { readonly length: number } | null): boolean => (value?.length ?? 0) > 0;

export default operationNode(
    operation({
        type: 'missive-create-post',
        label: 'create post',
        sign: 'missive-post.svg',
        keywords: 'note comment notify notification internal',
        gives: 'the post',
        did: { written: 'post written' },
        summary: 'Writes a post into a conversation, for colleagues alone: customers never see it.',
        details: [
            'Without Conversation and References Missive makes a new conversation.',
            'A post brings a closed conversation back, unless Reopen is false. To change a conversation without a word in it, use update conversation.',
        ],
        resource: 'post',
        method: 'POST',
        path: '/posts',
        envelope: 'posts',
        fields,
        common: ['conversation', 'notification_title', 'notification_body', 'markdown'],
        sections: { task: 'Task (undocumented)', author: 'Author and icons', conversation: 'Conversation' },
        example: {
            input: {
                conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                username: 'Stock bot',
                notification: { title: 'Stock', body: 'Fork back in stock' },
                markdown: '**F-220** is available again',
                reopen: false,
            },
            output: {
                id: 'd91e6bea-c857-41f5-a2e5-133f466eb2bb',
                conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
            },
        },
        check(input) {
            if (!has(input.text) && !has(input.markdown) && !has(input.attachments))
                return 'There is nothing to post: give it Markdown (markdown), Text (text) or Attachments (attachments).';
            const { title = '', body = '' } = notificationOf(input);
            if (title.trim() === '' || body.trim() === '')
                return `Notification ${title.trim() === '' ? 'title' : 'body'} is missing: Missive takes no post without { title, body } in Notification (notification).`;
            return checkActions(input);
        },
        adjust(input) {
            const { notification_title: _, notification_body: __, ...rest } = input;
            return { ...rest, notification: notificationOf(input) };
        },
    }),
);
