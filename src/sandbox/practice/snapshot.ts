import { plain } from '../data/html';
import type { Conversation, Message } from '../data/records';
import { isClosed } from '../data/standing';
import { type Data, now } from '../data/store';
import { ruleView } from '../events/rules';
import type { Webhooks } from '../events/webhooks';
import { commentView } from '../views/comment-view';
import { contactViews } from '../views/contact-view';
import { labelPath, messagesOf } from '../views/conversation-facts';
import { conversationView } from '../views/conversation-view';
import { messageView } from '../views/message-view';
import { shownPost } from '../views/post-view';
import { taskViews } from '../views/task-rows';
import { titleOf, whoOf, writerOf } from './shown';

/** Everything inside a conversation, oldest first; `kind` and `at` say what and when. */
function entries(data: Data, conversation: Conversation, origin: string) {
    const messages = messagesOf(data, conversation).map((one) => ({
        ...messageView(data, one, origin),
        node: one.node ?? null,
        writer: writerOf(data, one),
        kind: one.delivered_at === null ? ('draft' as const) : ('message' as const),
        at: one.delivered_at ?? one.created_at,
        author: one.author === null ? null : (data.users.get(one.author)?.name ?? null),
        ...{ body: one.body, text: plain(one.body), send_at: one.send_at },
        /** Whom it would have reached, had this been real. */
        would_have_gone_to: one.practice && one.delivered_at !== null ? recipients(one) : null,
    }));
    const inside = <T extends { conversation: string | null }>(rows: Iterable<T>) =>
        [...rows].filter((row) => row.conversation === conversation.id);
    // A comment that is a task stands among the tasks.
    const comments = inside(data.comments.values())
        .filter(({ task }) => !task)
        .map((one) => ({
            ...{ ...commentView(data, one), kind: 'comment' as const, at: one.created_at },
        }));
    const posts = inside(data.posts.values()).map((one) => ({
        ...{ id: one.id, kind: 'post' as const, at: one.created_at, ...shownPost(one), node: one.node ?? null },
    }));
    const tasks = inside(data.tasks.values()).map(({ id, created_at, node = null }) => ({
        ...{ id, kind: 'task' as const, at: created_at, node },
    }));
    // Missive's times are whole seconds; within one, a draft stands last, where a person will look for it.
    const rank = { message: 0, comment: 1, post: 2, task: 3, draft: 4 };
    return [...messages, ...comments, ...posts, ...tasks].sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
}

const recipients = ({ to_fields, cc_fields, bcc_fields }: Message) =>
    [...to_fields, ...cc_fields, ...bcc_fields].map(
        ({ address, phone_number, id, name }) => address ?? phone_number ?? name ?? id,
    );

/** The state of the practice Missive as JSON, for its page and for tests. */
export function snapshotOf(
    data: Data,
    rest: {
        readonly revision: number;
        readonly webhooks: Webhooks;
        readonly origin: string;
        /** What the systems beside it have, by their names. */
        readonly beside?: Readonly<Record<string, readonly unknown[]>>;
    },
) {
    const { revision, webhooks, origin } = rest;
    const conversations = [...data.conversations.values()]
        .filter(({ guest }) => !guest)
        .map((one) => ({
            ...conversationView(data, one),
            closed: isClosed(one),
            ...{ title: titleOf(data, one), who: whoOf(data, one) },
            entries: entries(data, one, origin),
        }));
    return {
        ...{ revision, now: now(), me: data.me },
        organizations: [...data.organizations.values()],
        users: [...data.users.values()],
        teams: [...data.teams.values()].map(({ id, name }) => ({ id, name })),
        labels: [...data.labels.values()].map((one) => ({ id: one.id, name: labelPath(data, one), color: one.color })),
        books: [...data.books.values()].map(({ id, name }) => ({ id, name })),
        conversations: conversations.sort((a, b) => b.last_activity_at - a.last_activity_at),
        contacts: contactViews(data).sort((a, b) => b.modified_at - a.modified_at),
        tasks: taskViews(data)
            .reverse()
            .map((row) => ({ ...row, node: data.tasks.get(row.id)?.node ?? null })),
        rules: [...webhooks.rules.values()].map((rule) => ({ ...ruleView(rule), muted: webhooks.isMuted(rule.id) })),
        sheet: structuredClone(rest.beside?.sheet ?? []),
        beside: structuredClone(rest.beside ?? {}),
        merged: Object.fromEntries(data.merged),
        deliveries: structuredClone(webhooks.deliveries.list).reverse(),
    };
}

export type Snapshot = ReturnType<typeof snapshotOf>;
