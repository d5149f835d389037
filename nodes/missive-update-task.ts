import { checkChanges } from '../src/missive/operations/check-changes';
import { choice, long, moment, pick, picks, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    operation({
        type: 'missive-update-task',
        label: 'update task',
        sign: 'missive-tasks.svg',
        keywords: 'todo close done assign due change',
        gives: 'the task',
        did: { changed: 'task changed' },
        summary: 'Changes a task: its title, state, assignees, team or due date.',
        details: [
            'What is left out stays as it is. Missive cannot delete a task: set its state to closed instead.',
            'To take a due date or a team away, set the field to null, for example with the JSONata expression null.',
        ],
        resource: 'task',
        method: 'PATCH',
        path: '/tasks/{id}',
        envelope: 'tasks',
        fields: {
            id: pick('task', { required: true, label: 'Task', help: 'The id of the task.' }),
            state: choice(['todo', 'in_progress', 'closed'], { label: 'State', help: 'How far the task is.' }),
            title: text({ max: 1000, label: 'Title', help: 'What is to be done.' }),
            description: long({ max: 10_000, label: 'Description', help: 'More about it, as plain text.' }),
            assignees: picks('user', {
                label: 'Assignees',
                help: 'The users it falls to, in place of those it fell to before.',
            }),
            team: pick('team', { label: 'Team', help: 'The team it falls to.' }),
            due_at: moment({
                label: 'Due',
                help: 'A date such as 2026-12-01 09:00, “tomorrow 9:00”, “next Monday”, “in 2 hours”, or Unix seconds. The time zone is this machine’s unless the date names one; a date alone is its midnight.',
            }),
        },
        common: ['state', 'assignees', 'due_at'],
        example: {
            input: { id: '305b2f2d-63ce-4595-8a7b-3f29a0507852', state: 'in_progress' },
            output: {
                id: '305b2f2d-63ce-4595-8a7b-3f29a0507852',
                conversation: '6b0e2f0c-eabc-4990-a4da-663226959724',
                title: 'Add two tubes to order 2291',
                state: 'in_progress',
            },
        },
        check: (input) => checkChanges(input),
    }),
);
