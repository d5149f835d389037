import type { Comment } from '../data/records';
import type { Data } from '../data/store';
import { teamView } from './conversation-facts';
import { authorView } from './message-view';

/** The task that a comment or a post is, besides; null where it is none. */
export function taskInside(data: Data, id: string | null | undefined) {
    const task = data.tasks.get(id ?? '');
    if (task === undefined) return null;
    const { description, state, due_at, started_at, closed_at } = task;
    return {
        ...{ description: description ?? task.title, state, due_at, started_at, closed_at },
        assignees: task.assignees.flatMap((user) => authorView(data, user) ?? []),
        team: teamView(data, task.team),
    };
}

/** A comment as the API shows it. */
export const commentView = (data: Data, { id, body, created_at, mentions, author, task }: Comment) => ({
    ...{ id, body, created_at, mentions, meta: [] },
    author: authorView(data, author),
    attachment: null,
    task: taskInside(data, task),
});

/** A comment as webhooks show it: mentions have other keys there, and a task says when it was done. */
export function commentInWebhook(data: Data, comment: Comment) {
    const { task, ...view } = commentView(data, comment);
    return {
        ...view,
        mentions: comment.mentions.map(({ id, index, length }) => ({
            [data.teams.has(id) ? 'team_id' : 'user_id']: id,
            offset: index,
            length,
        })),
        task: task && { ...task, completed_at: task.closed_at },
    };
}
