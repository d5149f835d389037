import type { Channel, Conversation, Message } from '../data/records';
import { type Data, Store } from '../data/store';
import type { Occurrence } from '../data/world';
import { payload } from '../events/payload';
import type { Rule } from '../events/rules';
import { seed } from './seed';

type Json = Readonly<Record<string, unknown>>;

const phoneTypes = /sms|twilio_message|facebook|chat/;

/** An event of each kind, as Missive would send it about the practice inbox: to try a flow with before anything came. */
export function sampleOf(type: string): Json {
    const { data } = new Store(seed);
    const rule: Rule = {
        ...{
            id: 'sample',
            description: 'Sample',
            types: [type],
            url: () => undefined,
            secret: '',
            failures: 0,
            off: false,
        },
    };
    const bytes = payload(data, rule, occurrenceOf(data, type), 'http://127.0.0.1');
    return JSON.parse(bytes.toString());
}

/** The channel of what comes and goes by an event; what only changes a conversation is about an e-mail. */
function channelOf(type: string): Channel {
    if (type === 'custom_channel_message') return 'custom_text';
    if (/whatsapp/.test(type)) return 'whatsapp';
    return phoneTypes.test(type) ? 'sms' : 'email';
}

/** The kind of message that sets such an event off; what only changes a conversation has none. */
function occurrenceOf(data: Data, type: string): Occurrence {
    const conversationOf = ({ conversation }: { conversation: string }) =>
        data.conversations.get(conversation) as Conversation;
    // Of a conversation that the owner of the token is a guest in nothing is shown.
    const isOurs = (thing: { conversation: string }) => !conversationOf(thing).guest;
    const messages = [...data.messages.values()].filter((each) => each.delivered_at !== null && isOurs(each));
    const [comment] = [...data.comments.values()].filter(isOurs);
    if (type === 'new_comment' && comment) return { type, comment, conversation: conversationOf(comment) };
    const channel = channelOf(type);
    const outgoing = type.startsWith('outgoing') || type === 'custom_channel_message';
    const fits = (message: Message) => message.type === channel && (message.author !== null) === outgoing;
    const other = messages.find((message) => message.type === channel);
    const found = messages.find(fits) ?? (other && turned(data, other));
    if (!found) throw new Error('The practice inbox has no message.');
    const conversation = conversationOf(found);
    return /^(incoming|outgoing|custom)/.test(type) ? { type, conversation, message: found } : { type, conversation };
}

/** A message that went the other way, where the story has none: it answers, or is answered. */
function turned(data: Data, message: Message): Message {
    const [user] = data.users.keys();
    const [to = message.from_field] = message.to_fields;
    const author = message.author === null ? (user ?? null) : null;
    return { ...message, from_field: to, to_fields: [message.from_field], author };
}
