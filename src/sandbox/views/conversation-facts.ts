import type { SharedLabel } from '../data/book-records';
import type { Conversation, Message } from '../data/records';
import type { Data } from '../data/store';
import { authorsOf } from './authors-view';
import { isNumber, shownNumber } from './number';

/** The messages of a conversation, oldest first; drafts too. */
export const messagesOf = (data: Data, conversation: Conversation): Message[] =>
    [...data.messages.values()].filter((message) => message.conversation === conversation.id);

/** The newest message that came in or went out. */
export const latestMessage = (data: Data, conversation: Conversation): Message | undefined =>
    messagesOf(data, conversation)
        .filter(({ delivered_at }) => delivered_at !== null)
        .sort((a, b) => Number(a.delivered_at) - Number(b.delivered_at))
        .at(-1);

/** The subject of the newest message; that of an SMS says with whom. */
export function latestSubject(data: Data, conversation: Conversation): string | null {
    const latest = latestMessage(data, conversation);
    if (latest?.type !== 'sms') return latest?.subject ?? null;
    const { phone_number, id } = (latest.author === null ? latest.from_field : latest.to_fields[0]) ?? {};
    const number = phone_number ?? id;
    return isNumber(number) ? `SMS with ${shownNumber(number)}` : null;
}

/** `Shop/Parts` */
export function labelPath(data: Data, label: SharedLabel): string {
    const parent = label.parent === null ? undefined : data.labels.get(label.parent);
    return parent ? `${labelPath(data, parent)}/${label.name}` : label.name;
}

export const teamView = (data: Data, id: string | null) => {
    const team = id === null ? undefined : data.teams.get(id);
    return team ? { id: team.id, name: team.name, organization: team.organization } : null;
};

function standings(data: Data, conversation: Conversation) {
    return [...conversation.users].flatMap(([id, { inbox: _, ...standing }]) => {
        const user = data.users.get(id);
        const assigned = conversation.assignees.has(id);
        const { closed, archived, trashed, junked, flagged, snoozed } = standing;
        return user === undefined
            ? []
            : {
                  id,
                  name: user.name,
                  email: user.email,
                  unassigned: conversation.assignees.size === 0,
                  ...{ closed, archived, trashed, junked, assigned, flagged, snoozed },
              };
    });
}

/** What both the API and webhooks show of a conversation, each in its own order. */
export function facts(data: Data, conversation: Conversation) {
    const { id, created_at, subject } = conversation;
    const all = messagesOf(data, conversation);
    const messages = all.filter(({ delivered_at }) => delivered_at !== null);
    const drafts = all.filter(({ delivered_at }) => delivered_at === null);
    const later = drafts.filter(({ send_at }) => send_at !== null).length;
    const tasks = [...data.tasks.values()].filter((task) => task.conversation === id);
    const users = standings(data, conversation);
    const assignees = users.filter(({ assigned }) => assigned);
    const organization = data.organizations.get(conversation.organization ?? '') ?? null;
    return {
        head: { id, created_at, subject, latest_message_subject: latestSubject(data, conversation) },
        organization: organization && { id: organization.id, name: organization.name },
        people: {
            assignees,
            assignee_names: assignees.map(({ name }) => name).join(', '),
            assignee_emails: assignees.map(({ email }) => email).join(', '),
            users,
        },
        authors: authorsOf(data, messages),
        counts: {
            messages_count: messages.length,
            drafts_count: drafts.length - later,
            send_later_messages_count: later,
            attachments_count: messages.reduce((sum, { attachments }) => sum + attachments.length, 0),
            tasks_count: tasks.length,
            completed_tasks_count: tasks.filter(({ state }) => state === 'closed').length,
        },
        labels: [...conversation.labels].flatMap((label) => data.labels.get(label) ?? []),
        links: {
            web_url: `https://mail.missiveapp.com/#inbox/conversations/${id}`,
            app_url: `missive://mail.missiveapp.com/#inbox/conversations/${id}`,
        },
    };
}
