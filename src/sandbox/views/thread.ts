import { conversationOf } from '../data/store';
import type { Endpoint } from '../data/world';
import { byTime, thread } from '../manners/paging';
import { commentView, taskInside } from './comment-view';
import { messageView } from './message-view';

/** GET /conversations/:id/messages; drafts are not among them. */
export const listMessages: Endpoint = ({ world, ids: [id = ''], query }) => {
    const { data } = world.store;
    const conversation = conversationOf(data, id);
    const rows = [...data.messages.values()].filter(
        (one) => one.conversation === conversation.id && one.delivered_at !== null,
    );
    const page = byTime(rows, ({ delivered_at }) => delivered_at ?? 0, query, thread);
    return { messages: page.map((one) => ({ ...messageView(data, one, world.origin()), draft: false })) };
};

/** GET /conversations/:id/drafts; a draft has no `delivered_at`, so its `created_at` is the cursor. */
export const listDrafts: Endpoint = ({ world, ids: [id = ''], query }) => {
    const { data } = world.store;
    const conversation = conversationOf(data, id);
    const rows = [...data.messages.values()].filter(
        (one) => one.conversation === conversation.id && one.delivered_at === null,
    );
    const page = byTime(rows, ({ created_at }) => created_at, query, thread);
    return { drafts: page.map((one) => ({ ...messageView(data, one, world.origin()), draft: true })) };
};

/** GET /conversations/:id/comments; they can be read, not written. */
export const listComments: Endpoint = ({ world: { store }, ids: [id = ''], query }) => {
    const conversation = conversationOf(store.data, id);
    const rows = [...store.data.comments.values()].filter((one) => one.conversation === conversation.id);
    const page = byTime(rows, ({ created_at }) => created_at, query, thread);
    return { comments: page.map((one) => commentView(store.data, one)) };
};

/** GET /conversations/:id/posts */
export const listPosts: Endpoint = ({ world: { store }, ids: [id = ''], query }) => {
    const conversation = conversationOf(store.data, id);
    const rows = [...store.data.posts.values()].filter((one) => one.conversation === conversation.id);
    const page = byTime(rows, ({ created_at }) => created_at, query, thread);
    const shown = page.map(({ id, created_at, content, task }) => ({
        ...{ id, created_at, ...content },
        ...(task && { task: { title: store.data.tasks.get(task)?.title, ...taskInside(store.data, task) } }),
    }));
    return { posts: shown };
};
