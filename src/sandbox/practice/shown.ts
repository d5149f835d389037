import { plain } from '../data/html';
import type { Address, Conversation, Message } from '../data/records';
import type { Data } from '../data/store';
import { otherSide } from '../events/sending';
import { latestSubject, messagesOf } from '../views/conversation-facts';
import { isNumber, shownNumber } from '../views/number';

const bare = (subject: string | null): string => (subject ?? '').replace(/^((re|fwd?|tr) ?: ?)+/i, '').trim();

/**
 * What a conversation is called: its own subject, else that of the newest letter that has one. A letter without a subject
 * renames nothing, nor does a draft where there is a letter.
 */
export function titleOf(data: Data, conversation: Conversation): string {
    const letters = messagesOf(data, conversation);
    const drafts = letters.filter(({ delivered_at }) => delivered_at === null);
    const sent = letters.filter(({ delivered_at }) => delivered_at !== null);
    const subjects = [...drafts, ...sent].map(({ subject }) => bare(subject)).filter(Boolean);
    const posts = [...data.posts.values()].filter((one) => one.conversation === conversation.id);
    return (
        bare(conversation.subject) ||
        subjects.at(-1) ||
        bare(latestSubject(data, conversation)) ||
        letters.map(({ body }) => plain(body).slice(0, 80)).find(Boolean) ||
        posts.map(({ content }) => noticeOf(content)).find(Boolean) ||
        ''
    );
}

const noticeOf = ({ notification }: Readonly<Record<string, unknown>>): string =>
    typeof notification === 'object' && notification !== null && 'title' in notification
        ? String(notification.title)
        : '';

/** A person as people say them: the name that is known of their address, a number with its blanks. */
function nameOf(data: Data, { name, address, phone_number, username, id }: Address): string {
    const colleague = [...data.users.values()].find(({ email }) => email === address?.toLowerCase())?.name;
    const number = phone_number ?? (isNumber(id) ? id : undefined);
    return name || colleague || address || (number && shownNumber(number)) || username || id || '';
}

/** Whom a conversation is with: never the shop itself, so that what it began stands under who got it. */
export function whoOf(data: Data, conversation: Conversation): string {
    const letters = messagesOf(data, conversation);
    const theirs = letters.find(({ author }) => author === null);
    const people: readonly Address[] = theirs ? [theirs.from_field] : otherSide(letters.at(-1));
    const posts = [...data.posts.values()].filter((one) => one.conversation === conversation.id);
    const names = people.map((one) => nameOf(data, one)).filter(Boolean);
    return names.join(', ') || posts.map(({ content }) => String(content.username ?? '')).find(Boolean) || '';
}

/** Who wrote a letter: the person in whose name it goes out, and who of the shop that was. */
export const writerOf = (data: Data, { author, from_field }: Message): string => {
    const user = author === null ? undefined : data.users.get(author);
    const address = from_field.address?.toLowerCase();
    if (user === undefined || from_field.name || address === user.email) return nameOf(data, from_field);
    return user.name;
};
