import type { Conversation } from '../data/records';
import { admit, isClosed } from '../data/standing';
import { conversationOf, type Data } from '../data/store';
import type { Endpoint } from '../data/world';
import { stir } from '../events/place';
import { invalid } from '../manners/refuse';
import { checked, id, text } from '../manners/shape';
import { conversationView } from '../views/conversation-view';

/**
 * POST /conversations/:id/merge, whose body has no envelope. Missive may swap the two: a private conversation goes
 * into the one of an organization, whichever was named first. The id that goes keeps leading to the one that stays.
 */
export const mergeConversations: Endpoint = ({ world: { store }, ids: [source = ''], body }) => {
    const { data } = store;
    const { target, subject } = checked(body, { target: id, subject: text() }, ['target']);
    const named = [conversationOf(data, source), conversationOf(data, target ?? '')] as const;
    const swap = named[0].organization !== null && named[1].organization === null;
    const [goes, stays] = swap ? [named[1], named[0]] : named;
    if (goes === stays) throw invalid("'target' must be another conversation");
    absorb(data, goes, stays);
    if (subject) stays.subject = subject;
    store.touch();
    return { conversations: [conversationView(data, stays)] };
};

function absorb(data: Data, goes: Conversation, stays: Conversation): void {
    const open = !isClosed(goes) || !isClosed(stays);
    for (const records of [data.messages, data.comments, data.posts, data.tasks]) {
        for (const record of records.values()) if (record.conversation === goes.id) record.conversation = stays.id;
    }
    for (const label of goes.labels) stays.labels.add(label);
    for (const user of goes.assignees) stays.assignees.add(user);
    for (const [user, standing] of goes.users) {
        admit(stays, user, { closed: !open, inbox: standing.inbox || (stays.users.get(user)?.inbox ?? false) });
    }
    stays.team ??= goes.team;
    stir(stays, goes.last_activity_at);
    data.conversations.delete(goes.id);
    data.merged.set(goes.id, stays.id);
}
