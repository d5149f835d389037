import { choice, flag, long, moment, pick, picks, references, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const parent = { section: 'parent' };

export default operationNode(
    operation({
        type: 'missive-create-task',
        label: 'create task',
        sign: 'missive-task.svg',
        keywords: 'todo remind reminder assign due',
        gives: 'the task',
        did: { created: 'task created' },
        summary: 'Creates a task in Missive, standing alone or inside a conversation.',
        details: [
            'A task that stands alone needs a team or assignees. A task inside a conversation is a subtask: set Subtask to true and give Conversation or References.',
            'Tasks made this way show in Missive’s Tasks view. They do not make anybody follow the conversation.',
        ],
        resource: 'task',
        method: 'POST',
        path: '/tasks',
        envelope: 'tasks',
        fields: {
            title: text({ required: true, max: 1000, label: 'Title', help: 'What is to be done.' }),
            description: long({
                max: 10_000,
                sample: 'Two of model F-220',
                label: 'Description',
                help: 'More about it, as plain text.',
            }),
            assignees: picks('user', { aims: ['owner'], label: 'Assignees', help: 'The users it falls to.' }),
            team: pick('team', { aims: ['owner'], label: 'Team', help: 'The team it falls to.' }),
            due_at: moment({
                label: 'Due',
                help: 'A date such as 2026-12-01 09:00, “tomorrow 9:00”, “next Monday”, “in 2 hours”, or Unix seconds. The time zone is this machine’s unless the date names one; a date alone is its midnight.',
            }),
            state: choice(['todo', 'in_progress', 'closed'], { label: 'State', help: 'Left out: todo.' }),
            organization: pick('organization', {
                label: 'Organization',
                help: 'Needed with team, assignees or added users. Left out: the default organization of the account.',
            }),
            subtask: flag({ ...parent, label: 'Subtask', help: 'True puts the task inside a conversation.' }),
            conversation: pick('conversation', {
                ...parent,
                aims: ['conversation'],
                label: 'Conversation',
                help: 'The conversation that the subtask is in.',
            }),
            references: references({
                ...parent,
                aims: ['conversation'],
                label: 'References',
                help: 'Message-IDs or external ids that find the conversation; where none has one, a new conversation is made.',
            }),
            conversation_subject: text({
                ...parent,
                label: 'Conversation subject',
                help: 'Subject of the conversation that References makes.',
            }),
            add_users: picks('user', {
                ...parent,
                label: 'Add users',
                help: 'Users who get access to the conversation of the subtask.',
            }),
            add_to_inbox: flag({
                ...parent,
                label: 'Move to Inbox',
                help: 'Moves the conversation of the subtask to the Inbox.',
            }),
        },
        common: ['description', 'assignees', 'team', 'due_at'],
        sections: { parent: 'Inside a conversation' },
        example: {
            input: {
                title: 'Order forks',
                assignees: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
                organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
                due_at: '2026-12-01T09:00:00Z',
            },
            output: {
                id: '2e608adc-31aa-49a5-a2ec-abf1d2ee799d',
                conversation: null,
                title: 'Order forks',
                description: null,
                state: 'todo',
                assignees: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
                team: null,
                due_at: 1796115600,
            },
        },
        check(input) {
            const has = (list?: readonly string[] | null) => (list?.length ?? 0) > 0;
            if (input.subtask && !input.conversation && !has(input.references))
                return 'A subtask needs its Conversation (conversation) or References (references).';
            if (!input.subtask && !input.team && !has(input.assignees))
                return 'Give the task a Team (team) or Assignees (assignees), or make it a subtask of a conversation.';
            if (!input.subtask && has(input.add_users))
                return 'Add users (add_users) works only with a subtask: set Subtask to true, or leave it out.';
            if (!input.subtask && input.add_to_inbox)
                return 'Move to Inbox (add_to_inbox) works only with a subtask: set Subtask to true, or leave it out.';
            if ((input.team || has(input.assignees) || has(input.add_users)) && !input.organization)
                return 'Organization (organization) is missing: Team, Assignees and Add users need it. Fill it in here, or as the default organization of the account.';
            return undefined;
        },
    }),
);
