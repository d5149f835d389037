import type { Conversation, Message } from '../data/records';
import { type Data, Store } from '../data/store';
import type { Occurrence } from '../data/world';
import { payload } from '../events/payload';
import type { Rule } from '../events/rules';
import { seed } from './seed';

type Json = Readonly<Record<string, unknown>>;

const phoneTypes = /sms|twilio_message|whatsapp|facebook|chat/;

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

/** The kind of message that sets such an event off; what only changes a conversation has none. */
function occurrenceOf(data: Data, type: string): Occurrence {
    const messages = [...data.messages.values()].filter(({ delivered_at }) => delivered_at !== null);
    const conversationOf = ({ conversation }: { conversation: string }) =>
        data.conversations.get(conversation) as Conversation;
    const [comment] = [...data.comments.values()];
    if (type === 'new_comment' && comment) return { type, comment, conversation: conversationOf(comment) };
    const channel = type === 'custom_channel_message' ? 'custom_text' : phoneTypes.test(type) ? 'sms' : 'email';
    const outgoing = type.startsWith('outgoing') || channel === 'custom_text';
    const fits = (message: Message) => message.type === channel && (message.author !== null) === outgoing;
    const found =
        messages.findLast(fits) ?? messages.findLast((message) => message.type === channel) ?? messages.at(-1);
    if (!found) throw new Error('The practice inbox has no message.');
    const conversation = conversationOf(found);
    return /^(incoming|outgoing|custom)/.test(type) ? { type, conversation, message: found } : { type, conversation };
}
