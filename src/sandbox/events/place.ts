import { randomUUID } from 'node:crypto';
import type { Conversation, Message } from '../data/records';
import { admit, fresh } from '../data/standing';
import { conversationOf, type Data, now } from '../data/store';
import type { Checked } from '../manners/shape';
import type { Actions, target } from './actions';

const bare = (reference: string): string => reference.trim().replace(/^<|>$/g, '');

/** Everything that a message is known by: its Message-ID, its external id, what it refers to. */
const names = (message: Message): string[] =>
    [message.email_message_id, message.external_id, ...message.references, ...message.in_reply_to]
        .filter((name) => name !== null)
        .map(bare);

/** The first conversation with a message of one of these names, else with a post that referred to one. */
function referred(data: Data, references: readonly string[], organization: string | null): Conversation | undefined {
    const wanted = references.map(bare);
    const found = [
        ...[...data.messages.values()].filter((message) => names(message).some((name) => wanted.includes(name))),
        // Posts of one reference form a thread without any message: Missive's own integrations rely on it.
        ...[...data.posts.values()].filter(({ references = [] }) =>
            references.some((name) => wanted.includes(bare(name))),
        ),
    ].map(({ conversation }) => conversationOf(data, conversation));
    return found.find((one) => organization === null || one.organization === organization);
}

/** A conversation that nobody had before; the whole organization has access, or its owner alone. */
export function begin(data: Data, organization: string | null, team: string | null = null): Conversation {
    const at = now();
    const conversation: Conversation = {
        ...{ id: randomUUID(), created_at: at, subject: null, color: null, organization, team },
        ...{ assignees: new Set<string>(), labels: new Set<string>(), last_activity_at: at },
        users: new Map([[data.me, fresh()]]),
    };
    if (organization !== null) for (const { id } of data.users.values()) admit(conversation, id);
    data.conversations.set(conversation.id, conversation);
    return conversation;
}

/** The conversation that something goes into, where there is one already. */
export function placeOf(
    data: Data,
    { conversation, references, organization = null }: Checked<typeof target> & Pick<Actions, 'organization'>,
): Conversation | undefined {
    return conversation ? conversationOf(data, conversation) : referred(data, references ?? [], organization);
}

/** Where something goes: the conversation it names, the one it refers to, else a new one. */
export function place(data: Data, wanted: Checked<typeof target> & Pick<Actions, 'organization' | 'team'>) {
    const { organization = null, team = null } = wanted;
    const known = placeOf(data, wanted);
    const conversation = known ?? begin(data, organization, team);
    if (wanted.conversation_subject) conversation.subject = wanted.conversation_subject;
    if (wanted.conversation_color) conversation.color = wanted.conversation_color;
    return { conversation, isNew: known === undefined };
}

/** Marks that something happened in a conversation. */
export function stir(conversation: Conversation, at: number): void {
    conversation.last_activity_at = Math.max(conversation.last_activity_at, at);
}
