import { asHtml } from '../data/html';
import { byId, idOf, known } from '../data/known';
import type { Address, Attachment, Comment, Conversation, Message, Post, Task } from '../data/records';
import { fresh } from '../data/standing';
import { now } from '../data/store';
import { shopNumber } from '../events/sending';
import { type Facts, type Line, story } from './story';

const everyone = [known.ines, known.rui, idOf('Sofia Marques'), idOf('Ken Adeyemi')];

/** All conversations of the story, told as records. `minutes` in the story count back from now. */
export function seedInbox() {
    const conversations: Conversation[] = [];
    const messages: Message[] = [];
    const comments: Comment[] = [];
    const posts: Post[] = [];
    const tasks: Task[] = [];
    const files: Attachment[] = [];
    for (const { id, facts, lines } of story) {
        const times = lines.map(({ minutes }) => now() - minutes * 60).filter((at) => at <= now());
        conversations.push(conversationOf(id, facts, Math.min(...times), Math.max(...times)));
        for (const [index, line] of lines.entries()) {
            const common = { id: line.id ?? idOf(`${id}/${index}`), conversation: id };
            const at = now() - line.minutes * 60;
            if (line.by === 'comment') {
                const mentions = line.text.startsWith('@Ines') ? [{ id: known.ines, index: 0, length: 5 }] : [];
                comments.push({ ...common, body: line.text, created_at: at, author: known.rui, mentions });
            } else if (line.by === 'post') {
                posts.push({ ...common, created_at: at, content: line.content });
            } else if (line.by === 'task') {
                // A task in a conversation is a comment that somebody has to see to.
                tasks.push(taskOf(common, line, at, facts));
                const task = { ...common, id: idOf(`${common.id}/comment`), task: common.id };
                comments.push({ ...task, body: line.text, created_at: at, author: known.rui, mentions: [] });
            } else {
                const attachments = (line.files ?? []).map(([filename, text]) => ({
                    ...{ id: idOf(filename), filename, content: Buffer.from(text) },
                }));
                files.push(...attachments);
                const previous = messages.filter(({ conversation }) => conversation === id).at(-1);
                messages.push({ ...messageOf(common, line, at, facts, previous), attachments });
            }
        }
    }
    return {
        ...{ conversations: byId(conversations), messages: byId(messages), comments: byId(comments) },
        ...{ posts: byId(posts), tasks: byId(tasks), files: byId(files) },
    };
}

function conversationOf(id: string, facts: Facts, created_at: number, last_activity_at: number): Conversation {
    const { team = null, labels = [], assignee, mine = {}, subject = null, personal, guest } = facts;
    const users = personal ? [known.ines] : everyone;
    return {
        ...{ id, created_at, subject, color: null, organization: personal ? null : known.harborBikes, team },
        ...{ assignees: new Set(assignee ? [assignee] : []), labels: new Set(labels), last_activity_at },
        users: new Map(users.map((user) => [user, fresh({ inbox: team === null || assignee === user, ...mine })])),
        ...(guest && { guest }),
    };
}

function messageOf(
    common: { readonly id: string; readonly conversation: string },
    line: Extract<Line, { by: 'them' | 'us' | 'draft' }>,
    at: number,
    { channel = 'email' }: Facts,
    previous: Message | undefined,
): Message {
    const mail = channel === 'email';
    const shop: Address = mail
        ? { address: 'shop@harborbikes.example', name: 'Harbor Bikes' }
        : channel !== 'custom_text'
          ? { phone_number: shopNumber }
          : { id: 'shop', username: '@shop', name: 'Harbor Bikes' };
    const theirs = line.by === 'them';
    const before = previous?.email_message_id ? [previous.email_message_id] : [];
    const references = mail
        ? before
        : channel === 'custom_text'
          ? ['ticket-881']
          : [`${shopNumber}${line.who.phone_number ?? line.who.id}`];
    return {
        ...{ ...common, type: channel, subject: mail ? line.subject : null },
        body: mail ? asHtml(line.text) : line.text,
        ...{ created_at: line.minutes < 0 ? now() - 600 : at, updated_at: Math.min(at, now()) },
        delivered_at: line.by === 'draft' ? null : at,
        send_at: line.by === 'draft' && line.minutes < 0 ? at : null,
        email_message_id: mail ? (line.messageId ?? `<${common.id}@mail.example>`) : null,
        ...{ in_reply_to: before, references },
        ...{ from_field: theirs ? line.who : shop, to_fields: [theirs ? shop : line.who] },
        ...{ cc_fields: [], bcc_fields: [], reply_to_fields: [], attachments: [] },
        author: theirs ? null : known.ines,
        external_id: mail ? null : common.id,
        practice: line.by === 'draft' && line.minutes < 0,
    };
}

const taskOf = (
    { id, conversation }: { readonly id: string; readonly conversation: string },
    line: Extract<Line, { by: 'task' }>,
    at: number,
    { team }: Facts,
): Task => ({
    ...{ id, conversation, title: line.text, description: null, state: line.done ? 'closed' : 'todo' },
    ...{ created_at: at, started_at: null, closed_at: line.done ? at : null, assignees: [line.assignee] },
    team: team ?? null,
    ...{ due_at: line.done ? null : now() + 86_400, organization: known.harborBikes, last_activity_at: at },
});
