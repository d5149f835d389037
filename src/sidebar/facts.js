import { contactsOf } from './contacts.js';

/** A body larger than this the endpoint refuses. */
const largest = 250_000;
const patience = 10_000;

/** Missive's answer, or an error: a page must not wait for ever. */
export const soon = (promise) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('time')), patience))]);

const without = (thing, names) =>
    thing && Object.fromEntries(Object.entries(thing).filter(([name]) => !names.includes(name)));
const bare = (message) => without(message, ['body', 'attachments']);

let users;

/** Everybody in Missive whom this person may see; asked for once. */
export function usersOf(missive) {
    users ??= soon(missive.fetchUsers()).catch(() => {
        users = undefined;
        return [];
    });
    return users;
}

export const forgetUsers = () => {
    users = undefined;
};

const moment = ({ delivered_at: at }) => at ?? 0;

async function messagesOf(missive, conversation, latest, detail) {
    const ids = detail === 'all' ? (conversation.messages ?? []).map(({ id }) => id) : [];
    if (latest && !ids.includes(latest.id)) ids.push(latest.id);
    const full = await soon(missive.fetchMessages(ids));
    return full.sort((a, b) => moment(a) - moment(b));
}

/** What Missive tells of these conversations, as the flow gets it; `detail` says how much of the messages. */
export async function gather(missive, ids, { detail, domains }) {
    const [found, everybody] = await Promise.all([soon(missive.fetchConversations(ids)), usersOf(missive)]);
    const conversations = ids.map((id) => found.find((each) => each?.id === id)).filter(Boolean);
    const [first] = conversations;
    if (!first) throw new Error('none');
    const latest = first.latest_message ?? first.messages?.at(-1) ?? undefined;
    const summary = detail !== 'body' && detail !== 'all';
    const messages = summary || !latest ? [] : await messagesOf(missive, first, latest, detail);
    const contacts = contactsOf(missive, conversations, domains, everybody);
    return {
        conversations: ids,
        conversation: { ...without(first, ['messages']), latest_message: bare(first.latest_message) ?? null },
        message: summary ? bare(latest) : (messages.find(({ id }) => id === latest?.id) ?? latest),
        ...(detail === 'all' && { messages }),
        ...{ contacts, contact: contacts[0] },
        user: everybody.find(({ me }) => me),
    };
}

const size = (body) => new Blob([JSON.stringify(body)]).size;

/** What is too large for the endpoint made shorter: the oldest messages go first, then the bodies. */
export function fitting(body) {
    const sizes = (body.messages ?? []).map(size);
    let total = size(body);
    if (total <= largest) return body;
    let first = 0;
    for (; first < sizes.length && total > largest; first += 1) total -= sizes[first] + 1;
    const short = { ...body, ...(body.messages && { messages: body.messages.slice(first) }) };
    if (total <= largest) return short;
    return { ...short, messages: undefined, message: bare(body.message), contacts: body.contacts?.slice(0, 100) };
}
