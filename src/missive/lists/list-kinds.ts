import { type Member, member } from '../operations/family';
import { choice, flag, moment, pick, text } from '../operations/fields';
import type { Operation } from '../operations/operation';
import { conversationLists } from './list-conversations';
import { contact_book, conversation, organization } from './list-fields';
import { page } from './list-page';
import { byActivity } from './until-pages';

type Rest = Pick<Operation, 'fields' | 'example'> & Partial<Pick<Operation, 'check' | 'common'>>;

/** A list that counts by offset. */
const counted = (title: string, resource: string, envelope: string, rest: Rest): Member =>
    member({
        ...{ title, resource, method: 'GET', path: `/${envelope}`, envelope, pages: 'offset' },
        ...rest,
        fields: { ...rest.fields, ...page.counted },
        common: [...(rest.common ?? []), 'return_all'],
        check: (input) => rest.check?.(input) ?? page.wrong(input, 1, 200),
    });

/** What missive-list lists, by the stored value of `resource`. */
export const listKinds: Readonly<Record<string, Member>> = {
    ...conversationLists,
    contacts: counted('contacts', 'contact', 'contacts', {
        fields: {
            contact_book,
            search: text({
                aims: ['search'],
                label: 'Search',
                help: 'Words that Missive looks for in all of a contact: names, addresses, numbers, notes.',
            }),
            order: choice(['last_name', 'last_modified'], { label: 'Order', help: 'Left out: last_name.' }),
            modified_since: moment({
                sample: '2026-11-01',
                label: 'Changed since',
                help: 'Only contacts created or changed since then.',
            }),
            include_deleted: flag({
                label: 'Deleted too',
                help: 'True lists deleted contacts too, by id; only with Changed since.',
            }),
        },
        common: ['search'],
        check: ({ include_deleted, modified_since }) =>
            include_deleted && (modified_since === undefined || modified_since === null)
                ? 'Deleted too (include_deleted) works only with Changed since (modified_since).'
                : undefined,
        example: {
            input: { contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', search: 'marta' },
            output: [{ id: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10', first_name: 'Marta', last_name: 'Okafor' }],
        },
    }),
    contact_books: counted('contact books', 'contact_book', 'contact_books', {
        fields: {},
        example: { input: {}, output: [{ id: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', name: 'Customers' }] },
    }),
    contact_groups: counted('contact groups', 'contact_group', 'contact_groups', {
        fields: {
            contact_book,
            kind: choice(['group', 'organization'], {
                required: true,
                label: 'Kind',
                help: 'Groups, or the organizations that contacts belong to.',
            }),
        },
        example: {
            input: { contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', kind: 'group' },
            output: [{ id: 'e4c0f8bb-b4b8-468f-a3d1-a0cc3666aafb', name: 'Wholesale' }],
        },
    }),
    tasks: member({
        ...{ title: 'tasks', resource: 'task', method: 'GET', path: '/tasks', envelope: 'tasks', pages: byActivity },
        fields: {
            state: choice(['todo', 'in_progress', 'closed'], { label: 'State', help: 'Left out: any.' }),
            assignee: pick('user', { aims: ['assignee'], label: 'Assignee', help: 'Only what falls to this user.' }),
            team: pick('team', { aims: ['team'], label: 'Team', help: 'Only what falls to this team.' }),
            organization,
            conversation,
            type: choice(['task', 'conversation', 'all'], {
                label: 'Type',
                help: 'Tasks proper, conversations that somebody was given, or both. Left out: all.',
            }),
            due_at_gteq: moment({ label: 'Due from', help: 'Only what is due then or later.' }),
            due_at_lteq: moment({ label: 'Due until', help: 'Only what is due then or earlier.' }),
            ...page.backwards,
        },
        common: ['state', 'assignee', 'return_all'],
        check: (input) => page.wrong(input, 2, byActivity.limit),
        example: {
            input: { state: 'todo' },
            output: [{ id: '2e601e7b-7c0f-4f7e-a3d1-1c2b9f0a4d55', title: 'Order forks', state: 'todo' }],
        },
    }),
    users: counted('users', 'user', 'users', {
        fields: { organization },
        example: {
            input: {},
            output: [{ id: '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6', name: 'Ines Duarte', me: true }],
        },
    }),
    teams: counted('teams', 'team', 'teams', {
        fields: { organization },
        example: { input: {}, output: [{ id: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61', name: 'Workshop' }] },
    }),
    organizations: counted('organizations', 'organization', 'organizations', {
        fields: {},
        example: { input: {}, output: [{ id: '7c1e0f52-886f-4e3d-af67-614f41edf1df', name: 'Harbor Bikes' }] },
    }),
    shared_labels: counted('shared labels', 'shared_label', 'shared_labels', {
        fields: { organization },
        example: {
            input: {},
            output: [{ id: 'b1d21975-ac67-4dea-af96-685e5544656f', name_with_parent_names: 'Shop/Parts' }],
        },
    }),
    responses: counted('canned responses', 'response', 'responses', {
        fields: { organization },
        example: { input: {}, output: [{ id: 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61', title: 'Fork back in stock' }] },
    }),
    messages: member({
        ...{ title: 'messages by Message-ID', resource: 'message', method: 'GET', path: '/messages' },
        ...{ envelope: 'messages', pages: 'once' },
        fields: {
            email_message_id: text({
                required: true,
                label: 'Message-ID',
                help: 'The Message-ID in the header of an e-mail, with its angle brackets. Missive gives the newest ten, with their bodies.',
            }),
            max_rows: page.backwards.max_rows,
        },
        check: (input) => page.wrong(input, 1, 1),
        example: {
            input: { email_message_id: '<c1@trailclub.example>' },
            output: [{ id: '51d079a4-57c9-4576-a97c-cae0cd324467', subject: 'Spare part', body: '<div>Hi</div>' }],
        },
    }),
};
