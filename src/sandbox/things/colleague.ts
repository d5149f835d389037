import { randomUUID } from 'node:crypto';
import type { Comment } from '../data/records';
import { conversationOf, find, now } from '../data/store';
import type { World } from '../data/world';
import { type Actions, act } from '../events/actions';
import { stir } from '../events/place';
import { mentionsIn } from '../events/rules';
import { invalid } from '../manners/refuse';
import { checked, flag, id, list, text } from '../manners/shape';
import { sendDraft } from './drafts';
import { located } from './people';
import { newTask } from './tasks';

const commented = { conversation: id, author: id, body: text(), task: flag, assignee: id };

/** A colleague comments; an @ with a first name mentions somebody. With `task` the comment is something to do. */
export function colleagueComments(world: World, given: unknown): { conversation: string; comment: string } {
    const { data } = world.store;
    const wanted = checked(located(given), commented, ['conversation', 'body']);
    const conversation = conversationOf(data, wanted.conversation ?? '');
    const colleague = [...data.users.keys()].find((user) => user !== data.me) ?? data.me;
    const body = wanted.body ?? '';
    const assignees = wanted.assignee ? [find(data.users, wanted.assignee, 'User').id] : [];
    const { organization } = conversation;
    const task = wanted.task && newTask({ title: body, assignees, organization, conversation: conversation.id });
    if (task) data.tasks.set(task.id, task);
    const comment: Comment = {
        ...{ id: randomUUID(), conversation: conversation.id, body, created_at: now() },
        author: find(data.users, wanted.author ?? colleague, 'User').id,
        mentions: mentionsIn(data, body),
        ...(task && { task: task.id }),
    };
    data.comments.set(comment.id, comment);
    stir(conversation, comment.created_at);
    world.store.touch();
    world.fire({ type: 'new_comment', conversation, comment });
    return { conversation: conversation.id, comment: comment.id };
}

const changed = {
    ...{ conversation: id, add: list(id), remove: list(id) },
    ...{ assign: list(id), unassign: list(id), team: id, close: flag, reopen: flag },
};

/** A colleague labels a conversation, gives it to somebody or to a team, closes it or brings it back. */
export function colleagueChanges(world: World, given: unknown): { conversation: string } {
    const { data } = world.store;
    const wanted = checked(located(given), changed, ['conversation']);
    const conversation = conversationOf(data, wanted.conversation ?? '');
    for (const label of [...(wanted.add ?? []), ...(wanted.remove ?? [])]) find(data.labels, label, 'Shared label');
    for (const user of [...(wanted.assign ?? []), ...(wanted.unassign ?? [])]) find(data.users, user, 'User');
    if (wanted.team) find(data.teams, wanted.team, 'Team');
    const { close = null, reopen = null, team = null } = wanted;
    const actions: Actions & { reopen: boolean | null } = {
        ...{ add_shared_labels: wanted.add ?? [], remove_shared_labels: wanted.remove ?? [] },
        ...{ add_assignees: wanted.assign ?? [], remove_assignees: wanted.unassign ?? [] },
        ...{ team, force_team: team !== null, close, reopen },
    };
    act(world, conversation, actions);
    return { conversation: conversation.id };
}

const sent = { draft: id };

/** A colleague sends a draft that waited in the conversation. */
export function colleagueSends(world: World, given: unknown): { conversation: string; message: string } {
    const { draft } = checked(given, sent, ['draft']);
    if (!draft) throw invalid("Validation failed: 'draft' is required");
    const message = sendDraft(world, draft);
    return { conversation: message.conversation, message: message.id };
}
