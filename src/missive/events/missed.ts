import type { Answer, Call } from '../call';
import { untilPages } from '../lists/until-pages';
import { difference, type State, stateAfter } from './conversation-state';
import { object } from './event-filter';

type Json = Readonly<Record<string, unknown>>;
type Send = (call: Call) => Promise<Answer>;

/** An event that no webhook has told of, as a webhook would have. */
export interface Missed {
    /** Unix seconds. */
    readonly at: number;
    readonly body: Json;
}

/** What to look for. */
export interface Absence {
    /** Unix seconds: nothing before that was missed. */
    readonly since: number;
    /** The rules that are known, by their types: only what these would have told of was missed. */
    readonly rules: Readonly<Record<string, Json>>;
    /** The mailbox to look through, as the list of conversations takes it. */
    readonly mailbox: Json;
    /** The last state known of a conversation. */
    readonly stateOf?: ((conversation: string) => State | undefined | Promise<State | undefined>) | undefined;
}

/** No more conversations than these are looked through; each costs up to two calls and more where much was said. */
export const mostConversations = 500;

/** Why something may be missing: too many conversations, or a server whose pages do not lead to all rows. */
type Cut = 'many' | 'paging';

interface Found {
    readonly events: Missed[];
    /** Whether nothing older can have been missed. */
    readonly complete: boolean;
    readonly cut?: Cut;
}

/** The events of conversations that were active since, oldest first. */
export async function missedEvents(send: Send, absence: Absence): Promise<Found> {
    const events: Missed[] = [];
    let count = 0;
    let stuck = false;
    const stopped = () => {
        stuck = true;
    };
    for await (const conversation of newest(send, '/conversations', 'conversations', absence.mailbox, {
        ...{ time: 'last_activity_at', limit: 50, since: absence.since, stopped },
    })) {
        count += 1;
        if (count > mostConversations) break;
        events.push(...(await inConversation(send, conversation, absence, stopped)));
    }
    const cut: Cut | undefined = count > mostConversations ? 'many' : stuck ? 'paging' : undefined;
    return { events: events.sort((a, b) => a.at - b.at), complete: cut === undefined, ...(cut && { cut }) };
}

async function inConversation(
    send: Send,
    conversation: Json,
    { since, rules, stateOf }: Absence,
    stopped: () => void,
): Promise<Missed[]> {
    const found: Missed[] = [];
    const path = `/conversations/${encodeURIComponent(String(conversation.id))}`;
    const thread = (time: string) => ({ time, limit: 10, since, stopped });
    if (Object.keys(rules).some((type) => type.startsWith('incoming_')))
        for await (const message of newest(send, `${path}/messages`, 'messages', {}, thread('delivered_at'))) {
            const rule = rules[typeOf(message)];
            // Who wrote an outgoing message is its author; an incoming one has none.
            if (rule && !message.author)
                found.push({ at: Number(message.delivered_at), body: { rule, conversation, message } });
        }
    if (rules.new_comment)
        for await (const comment of newest(send, `${path}/comments`, 'comments', {}, thread('created_at')))
            found.push({
                at: Number(comment.created_at),
                body: { rule: rules.new_comment, conversation, comment },
            });
    const before = await stateOf?.(String(conversation.id));
    const rule = before && changedBy(before, conversation, rules);
    if (rule) found.push({ at: Number(conversation.last_activity_at), body: { rule, conversation } });
    return found;
}

/** The rule that would have told of what has changed in a conversation. */
function changedBy(before: State, conversation: Json, rules: Absence['rules']): Json | undefined {
    const { labels, team, assignees } = difference(before, stateAfter({ conversation }, before));
    const kinds = { label_change: labels, team_change: team, conversation_assignee_change: assignees };
    const type = Object.entries(kinds).find(([type, change]) => change !== undefined && rules[type])?.[0];
    return type === undefined ? undefined : rules[type];
}

const typeOf = ({ type }: Json): string => (type === 'email' ? 'incoming_email' : `incoming_${String(type)}_message`);

/** How far back a list is read; `stopped` is called where the server goes no further back before that. */
interface Backwards {
    readonly time: string;
    readonly limit: number;
    readonly since: number;
    readonly stopped: () => void;
}

/** The rows of a list that is paged by time, newest first, none twice, down to a moment. */
async function* newest(
    send: Send,
    path: string,
    envelope: string,
    query: Json,
    { time, limit, since, stopped }: Backwards,
): AsyncGenerator<Json, void, void> {
    for await (const page of untilPages<Json>(send, path, envelope, query, { limit, times: [time] })) {
        if (page.cut) stopped();
        for (const row of page.rows.map(object)) {
            if (Number(row[time]) <= since) return;
            yield row;
        }
    }
}
