import type { Task } from '../data/records';
import { isClosed } from '../data/standing';
import type { Data } from '../data/store';
import { latestSubject, teamView } from './conversation-facts';
import { authorView } from './message-view';

/** A task, or a conversation that somebody was given. */
export type Row = Omit<Task, 'created_at' | 'organization'> & {
    readonly organization: string | null;
    readonly type: string;
};

/** Conversations that somebody was given appear among the tasks, too. */
export const conversationRows = (data: Data): Row[] =>
    [...data.conversations.values()]
        .filter(({ assignees, guest }) => assignees.size > 0 && !guest)
        .map((one) => ({
            ...{ id: one.id, conversation: one.id, description: null, started_at: null, closed_at: null, due_at: null },
            title: one.subject ?? latestSubject(data, one) ?? '',
            state: isClosed(one) ? 'closed' : 'todo',
            ...{ assignees: [...one.assignees], team: one.team, organization: one.organization },
            ...{ last_activity_at: one.last_activity_at, type: 'conversation' },
        }));

/** The tasks proper. */
export const taskRows = (data: Data): Row[] => [...data.tasks.values()].map((task) => ({ ...task, type: 'task' }));

/** A task as a list shows it: ids of assignees and team. */
export const rowView = ({ id, conversation, title, description, state, started_at, closed_at, ...row }: Row) => ({
    ...{ id, conversation, title, description, state, started_at, closed_at },
    ...{ assignees: row.assignees, team: row.team, due_at: row.due_at, type: row.type },
    last_activity_at: row.last_activity_at,
});

/** A single task, whose assignees and team are objects. */
export function singleView(data: Data, row: Row) {
    const { last_activity_at: _, ...view } = rowView(row);
    const assignees = row.assignees.flatMap((id) => authorView(data, id) ?? []);
    return { ...view, assignees, team: teamView(data, row.team) };
}

/** All tasks as the practice page shows them. */
export const taskViews = (data: Data) => taskRows(data).map((row) => singleView(data, row));
