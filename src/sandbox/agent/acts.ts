import { randomUUID } from 'node:crypto';
import { asHtml } from '../data/html';
import type { Comment, Conversation } from '../data/records';
import { conversationOf, now } from '../data/store';
import type { World } from '../data/world';
import { stir } from '../events/place';
import { mentionsIn } from '../events/rules';
import { color, type Fields, flag, id, isFields, list, text } from '../manners/shape';
import { colleagueChanges } from '../things/colleague';
import { createTask } from '../things/tasks';
import { insert, write } from './writing';

/** What may be given with each thing that is done; each act takes its own of them. */
export const given = {
    ...{ body: text(), html: text(), text: text(), subject: text(), color, completed: flag, deliver: flag },
    ...{ labels: list(id), users: list(id), mailto: { wants: 'an object', is: isFields } },
};

export interface Given {
    readonly body?: string | null;
    readonly html?: string | null;
    readonly text?: string | null;
    readonly subject?: string | null;
    readonly color?: string | null;
    readonly completed?: boolean | null;
    readonly deliver?: boolean | null;
    readonly labels?: readonly string[] | null;
    readonly users?: readonly string[] | null;
    readonly mailto?: Fields | null;
}

/** Does it; gives the id of the message where one was written. */
type Act = (world: World, conversation: Conversation, wanted: Given) => string | undefined;

const changes =
    (change: (conversation: Conversation, wanted: Given) => object): Act =>
    (world, conversation, wanted) => {
        colleagueChanges(world, { conversation: conversation.id, ...change(conversation, wanted) });
        return undefined;
    };

const sets =
    (set: (conversation: Conversation, wanted: Given, me: string) => void): Act =>
    (world, conversation, wanted) => {
        set(conversation, wanted, world.store.data.me);
        world.store.touch();
        return undefined;
    };

const comment: Act = (world, conversation, { body }) => {
    const { data } = world.store;
    const made: Comment = {
        ...{ id: randomUUID(), conversation: conversation.id, body: body ?? '', created_at: now() },
        ...{ author: data.me, mentions: mentionsIn(data, body ?? '') },
    };
    data.comments.set(made.id, made);
    stir(conversation, made.created_at);
    world.store.touch();
    world.fire({ type: 'new_comment', conversation, comment: made });
    return undefined;
};

/** A task of Missive's script falls to nobody. */
const task: Act = (world, conversation, { body, completed }) => {
    const wanted = { title: body, subtask: true, conversation: conversation.id, state: completed ? 'closed' : 'todo' };
    createTask({ world, ids: [], query: new URLSearchParams(), body: { tasks: wanted } });
    return undefined;
};

const standing = (inbox: boolean, archived: boolean, trashed: boolean): Act =>
    sets((conversation, _, me) => {
        const mine = conversation.users.get(me);
        if (mine) conversation.users.set(me, { ...mine, inbox, archived, trashed });
    });

const assignees = ({ assignees: now }: Conversation, users: readonly string[]) => ({
    assign: users.filter((user) => !now.has(user)),
    unassign: [...now].filter((user) => !users.includes(user)),
});

/** What Missive's script can do to the conversation that is open, in the name of the person before the screen. */
export const acts: Readonly<Record<string, Act>> = {
    comment,
    createTask: task,
    addLabels: changes((_, { labels }) => ({ add: labels ?? [] })),
    removeLabels: changes((_, { labels }) => ({ remove: labels ?? [] })),
    assign: changes((conversation, { users }) => assignees(conversation, users ?? [])),
    addAssignees: changes((_, { users }) => ({ assign: users ?? [] })),
    removeAssignees: changes((_, { users }) => ({ unassign: users ?? [] })),
    close: changes(() => ({ close: true })),
    reopen: changes(() => ({ reopen: true })),
    archive: standing(false, true, false),
    trash: standing(false, false, true),
    moveToInbox: standing(true, false, false),
    setSubject: sets((conversation, { subject }) => {
        conversation.subject = subject ?? null;
    }),
    setColor: sets((conversation, wanted) => {
        conversation.color = wanted.color ?? null;
    }),
    reply: (world, conversation, { deliver, mailto }) => write(world, { ...mailto, deliver }, conversation),
    compose: (world, _, { deliver, mailto }) => write(world, { ...mailto, deliver }),
    insertText: (world, conversation, wanted) => insert(world, conversation, asHtml(wanted.text ?? '')),
    insertHtml: (world, conversation, { html }) => insert(world, conversation, html ?? ''),
};

/** The conversation that an act is about. */
export const openOne = (world: World, conversation: string): Conversation =>
    conversationOf(world.store.data, conversation);
