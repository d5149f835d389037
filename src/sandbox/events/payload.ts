import type { Data } from '../data/store';
import type { Occurrence } from '../data/world';
import { commentInWebhook } from '../views/comment-view';
import { latestMessage } from '../views/conversation-facts';
import { conversationInWebhook } from '../views/conversation-view';
import { messageView } from '../views/message-view';
import type { Rule } from './rules';

/**
 * What a webhook sends: compact JSON of the state *after* the event. A message comes without its body, save that of a
 * custom channel's own webhook, which has no rule instead.
 */
export function payload(data: Data, { id, description }: Rule, occurrence: Occurrence, origin: string): Buffer {
    const { type, conversation, message, comment } = occurrence;
    if (type === 'custom_channel_message' && message) {
        const channel = { ...messageView(data, message, origin), body: message.body };
        return Buffer.from(JSON.stringify({ message: channel, conversation: { id: conversation.id } }));
    }
    const latest = message ? undefined : latestMessage(data, conversation);
    return Buffer.from(
        JSON.stringify({
            rule: { id, description, type },
            conversation: conversationInWebhook(data, conversation),
            ...(comment && { comment: commentInWebhook(data, comment) }),
            ...(message && { message: messageView(data, message, origin) }),
            ...(latest && { latest_message: messageView(data, latest, origin) }),
        }),
    );
}
