import { type Member, member } from '../operations/family';
import { email, flag, moment, pick, text } from '../operations/fields';
import { conversation, organization } from './list-fields';
import { page } from './list-page';
import { mailboxes } from './mailboxes';
import { byActivity, byCreation, byDelivery } from './until-pages';

const withThread = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
const withDraft = '6b0e2f0c-eabc-4990-a4da-663226959724';

/** What is inside a conversation. */
const inside = (title: string, envelope: string, row: unknown, pages = byCreation, id = withThread): Member =>
    member({
        ...{ title, resource: envelope.slice(0, -1), method: 'GET', envelope, pages },
        path: `/conversations/{conversation}/${envelope}`,
        fields: { conversation: { ...conversation, required: true }, ...page.backwards },
        common: ['return_all'],
        check: (input) => page.wrong(input, 1, pages.limit),
        example: { input: { conversation: id }, output: [row] },
    });

/** Conversations, and what is inside one. */
export const conversationLists: Readonly<Record<string, Member>> = {
    conversations: member({
        ...{ title: 'conversations', resource: 'conversation', method: 'GET', path: '/conversations' },
        ...{ envelope: 'conversations', pages: byActivity },
        alsoCalls: ['GET /conversations/{id}/messages', 'GET /messages/{id}'],
        fields: {
            ...mailboxes.fields,
            organization,
            with_messages: flag({
                label: 'With messages',
                help: 'True adds all messages of each conversation, with their bodies, as messages. This takes several calls for each page.',
            }),
            email: email({
                aims: ['email'],
                section: 'narrow',
                label: 'E-mail',
                help: 'Only conversations with this address among senders or recipients. Only one of E-mail, Domain and Contact organization works at a time.',
            }),
            domain: text({
                aims: ['domain'],
                section: 'narrow',
                label: 'Domain',
                help: 'Only conversations with an address in it.',
            }),
            contact_organization: pick('contact_group', {
                aims: ['contact_organization'],
                section: 'narrow',
                label: 'Contact organization',
                help: 'Only conversations with contacts of this organization of a contact book.',
            }),
            active_since: moment({
                sample: '2026-11-01',
                section: 'narrow',
                label: 'Active since',
                help: 'Only conversations in which something happened then or later: the list is read no further. For what is done again and again, such as an archive.',
            }),
            ...page.backwards,
        },
        common: ['return_all'],
        check: (input) => mailboxes.wrong(input) ?? page.wrong(input, 2, byActivity.limit),
        example: {
            input: { inbox: true },
            output: [{ id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55', subject: null, last_activity_at: 1_767_703_322 }],
        },
    }),
    conversation_messages: inside(
        'messages of a conversation',
        'messages',
        { id: '51d079a4-57c9-4576-a97c-cae0cd324467', subject: 'Spare part for a gravel fork', preview: 'Hi, is the' },
        byDelivery,
    ),
    conversation_comments: inside('comments of a conversation', 'comments', {
        id: '4f1ccfb7-ec63-4e51-aa41-5f95da627b92',
        body: '@Ines can you quote this?',
        created_at: 1_767_703_200,
    }),
    conversation_drafts: inside(
        'drafts of a conversation',
        'drafts',
        { id: '70e5c6aa-1912-4ff9-a7cf-403c05ff9f13', subject: 'Re: Order 2291', draft: true },
        byDelivery,
        withDraft,
    ),
    conversation_posts: inside('posts of a conversation', 'posts', {
        id: 'd91e6bea-c857-41f5-a2e5-133f466eb2bb',
        username: 'Stock bot',
        notification: { title: 'Stock', body: 'Fork back in stock' },
    }),
    conversation_timeline: member({
        ...{ title: 'timeline of a conversation', resource: 'conversation', method: 'GET' },
        ...{ path: '/conversations/{conversation}', envelope: 'conversations', pages: 'timeline' },
        alsoCalls: ['messages', 'posts', 'comments'].map((each) => `GET /conversations/{conversation}/${each}`),
        fields: { conversation: { ...conversation, required: true }, ...page.backwards },
        check: (input) => page.wrong(input, 1, byCreation.limit),
        example: {
            input: { conversation: withThread },
            output: [
                { kind: 'message', id: '51d079a4-57c9-4576-a97c-cae0cd324467', created_at: 1_767_703_325 },
                { kind: 'comment', id: '4f1ccfb7-ec63-4e51-aa41-5f95da627b92', created_at: 1_767_703_200 },
            ],
        },
    }),
};
