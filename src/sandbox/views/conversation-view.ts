import type { Conversation } from '../data/records';
import type { Data } from '../data/store';
import { facts, labelPath, teamView } from './conversation-facts';

/** A conversation as the API shows it. */
export function conversationView(data: Data, conversation: Conversation) {
    const { head, organization, people, authors, counts, labels, links } = facts(data, conversation);
    return {
        ...head,
        organization,
        team: teamView(data, conversation.team),
        color: conversation.color,
        ...people,
        authors: authors.authors,
        ...counts,
        shared_labels: labels.map(({ id, name }) => ({ id, name })),
        shared_label_names: labels.map(({ name }) => name).join(', '),
        ...links,
        last_activity_at: conversation.last_activity_at,
    };
}

/** A conversation as webhooks show it: more about authors and labels, nothing about its last activity. */
export function conversationInWebhook(data: Data, conversation: Conversation) {
    const { head, organization, people, authors, counts, labels, links } = facts(data, conversation);
    const team = teamView(data, conversation.team);
    return {
        ...head,
        organization,
        ...(team && { team }),
        color: conversation.color,
        ...authors,
        ...counts,
        ...people,
        shared_label_names: labels.map(({ name }) => name).join(', '),
        shared_labels: labels.map((label) => ({
            id: label.id,
            name: label.name,
            name_with_parent_names: labelPath(data, label),
            organization: label.organization,
            color: label.color,
            parent: label.parent,
            share_with_organization: label.sharing.share_with_organization ?? true,
            share_with_users: label.sharing.share_with_users ?? [],
            share_with_team: label.sharing.share_with_team ?? null,
            visibility: label.sharing.visibility ?? 'organization',
        })),
        ...links,
    };
}
