import { randomUUID } from 'node:crypto';
import { conversationOf, find, now } from '../data/store';
import type { Endpoint, World } from '../data/world';
import { act, actions, checkActions, target } from '../events/actions';
import { place, stir } from '../events/place';
import { one } from '../manners/envelope';
import { forbidden, invalid, Refused } from '../manners/refuse';
import { checked, color, fields, flag, list, seconds, text } from '../manners/shape';
import { attachmentView } from '../views/message-view';
import { isUpload, keep } from './files';
import { changeable, newTask } from './tasks';

const block = {
    ...{ color, timestamp: seconds, fields: list(fields) },
    ...{ pretext: text(), author_name: text(), author_link: text(), author_icon: text(), title: text() },
    ...{ title_link: text(), image_url: text(), text: text(), markdown: text(), footer: text(), footer_icon: text() },
};

const content = {
    text: text(8000),
    markdown: text(8000),
    username: text(),
    username_icon: text(),
    conversation_icon: text(),
};
const post = { ...content, ...actions, ...target, attachments: list(fields, 25), reopen: flag, task: fields };
const notification = { title: text(), body: text() };

/** The one answer with 422: seen in real life where a post has no notification. */
function notificationOf(given: unknown) {
    const { title, body } = checked(given ?? {}, notification);
    if (!title || !body) throw new Refused(422, "Validation failed: 'notification' needs 'title' and 'body'");
    return { title, body };
}

function attachments(world: World, given: readonly Record<string, unknown>[]) {
    return given.map((one) => {
        if (!isUpload(one)) return checked(one, block);
        const [file] = keep(world.store.data, [one]);
        return file && attachmentView(file, world.origin());
    });
}

/** POST /posts. A post brings a closed conversation back, unless `reopen` is false. */
export const createPost: Endpoint = ({ world, body, node }) => {
    const { data } = world.store;
    const given = one(body, 'posts');
    const wanted = checked(given, post);
    if (!wanted.text && !wanted.markdown && !wanted.attachments?.length) {
        throw invalid('Validation failed: text, markdown or attachments needed');
    }
    const notice = notificationOf(given.notification);
    checkActions(data, wanted);
    const blocks = attachments(world, wanted.attachments ?? []);
    const task = wanted.task && checked(wanted.task, changeable);
    const { conversation } = place(data, wanted);
    const brought =
        task &&
        newTask({
            ...task,
            conversation: conversation.id,
            organization: conversation.organization,
            ...(node && { node }),
        });
    if (brought) data.tasks.set(brought.id, brought);
    const made = {
        ...{ id: randomUUID(), conversation: conversation.id, created_at: now() },
        references: wanted.references ?? [],
        ...(brought && { task: brought.id }),
        ...(node && { node }),
        content: {
            ...checked(given, content),
            notification: notice,
            ...(blocks.length > 0 && { attachments: blocks }),
        },
    };
    data.posts.set(made.id, made);
    stir(conversation, made.created_at);
    act(world, conversation, { ...wanted, reopen: wanted.reopen !== false && !wanted.close });
    return { posts: { id: made.id, conversation: conversation.id } };
};

/** DELETE /posts/:id; in a shared conversation for administrators only. */
export const deletePost: Endpoint = ({ world: { store, admin }, ids: [id = ''] }) => {
    const { conversation } = find(store.data.posts, id, 'Post');
    if (!admin && conversationOf(store.data, conversation).organization !== null) throw forbidden();
    store.data.posts.delete(id);
    store.touch();
};
