import { el } from './dom.js';
import { act } from './news.js';
import { say } from './words.js';

const number = /^\+\d[\d ]+$/;

/** An address as Missive's script shows it to a sidebar. */
function field({ name, address, phone_number, id, username }) {
    if (address) return { address, name };
    const phone = phone_number ?? (number.test(id ?? '') ? id : undefined);
    return phone ? { phone_number: phone, name: name === phone ? null : name } : { id, name, username };
}

const user =
    (me) =>
    ({ id, name, email }) => {
        const [first_name, ...rest] = name.split(' ');
        return {
            id,
            email,
            first_name,
            last_name: rest.join(' '),
            display_name: name,
            avatar_url: null,
            me: id === me,
        };
    };

const message = (entry) => ({
    ...{ id: entry.id, subject: entry.subject ?? null, preview: entry.preview, body: entry.body },
    ...{ delivered_at: entry.delivered_at, from_field: field(entry.from_field) },
    to_fields: entry.to_fields.map(field),
    cc_fields: (entry.cc_fields ?? []).map(field),
    bcc_fields: (entry.bcc_fields ?? []).map(field),
    attachments: entry.attachments,
});

function conversation(state, one) {
    const messages = one.entries.filter(({ kind }) => kind === 'message').map(message);
    const people = (rows) => rows.map(user(state.me));
    return {
        ...{ id: one.id, subject: one.subject ?? one.latest_message_subject, color: one.color },
        ...{ users: people(one.users), assignees: people(one.assignees), authors: one.authors.map(field) },
        ...{ messages_count: messages.length, latest_message: messages.at(-1) ?? null, messages },
        labels: one.shared_labels.map(({ id, name }) => ({ id, name, parent_id: null })),
        link: one.web_url,
    };
}

/** A dialog of Missive's with one button. */
function alert({ title, message: text, note } = {}) {
    const dialog = el(
        'dialog',
        { class: 'alert', 'aria-label': title || text, onclose: () => dialog.remove() },
        title && el('h2', {}, title),
        text && el('p', {}, text),
        note && el('p', { class: 'small' }, note),
        el('div', { class: 'buttons' }, el('button', { class: 'primary', onclick: () => dialog.close() }, say('ok'))),
    );
    document.body.append(dialog);
    dialog.showModal();
}

/**
 * What Missive's app does for a sidebar, done in the practice inbox: each documented function that makes sense here.
 * `page`: the state, the conversation that is open, how another one is opened, and the panel.
 */
export function app(page) {
    const byId = (rows, ids) => ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
    const conversations = () => page.state()?.conversations ?? [];
    const stored = new Map();

    const doing =
        (name, fields = () => ({})) =>
        async (...args) => {
            const open = page.selected();
            if (!open) throw new Error(say('choose'));
            const done = await act('agent', { do: name, conversation: open.id, ...fields(...args) });
            return done.message;
        };
    const sending = (name) => async (options) => {
        const { deliver, mailto } = options ?? {};
        const sent = await doing(name, () => ({ deliver, mailto }))();
        if (deliver) page.sent(sent);
    };
    const labels = (ids) => ({ labels: ids });
    const users = (ids) => ({ users: ids });

    return {
        fetchConversations: (ids) => byId(conversations(), ids).map((one) => conversation(page.state(), one)),
        fetchMessages: (ids) =>
            byId(
                conversations().flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'message')),
                ids,
            ).map(message),
        fetchUsers: () => page.state().users.map(user(page.state().me)),
        fetchLabels: () => page.state().labels.map(({ id, name }) => ({ id, name, parent_id: null })),
        comment: doing('comment', (body) => ({ body })),
        createTask: doing('createTask', (body, completed) => ({ body, completed: completed === true })),
        addLabels: doing('addLabels', labels),
        removeLabels: doing('removeLabels', labels),
        assign: doing('assign', users),
        addAssignees: doing('addAssignees', users),
        removeAssignees: doing('removeAssignees', users),
        ...Object.fromEntries(
            ['close', 'reopen', 'archive', 'trash', 'moveToInbox'].map((name) => [name, doing(name)]),
        ),
        setSubject: doing('setSubject', (subject) => ({ subject })),
        setColor: doing('setColor', (color) => ({ color })),
        insertText: doing('insertText', (text) => ({ text })),
        insertHtml: doing('insertHtml', (html) => ({ html })),
        reply: sending('reply'),
        composeInConversation: sending('reply'),
        compose: sending('compose'),
        navigate: ({ conversationId }) => page.choose(conversationId),
        openURL: (url) => {
            window.open(url, '_blank', 'noopener');
        },
        writeToClipboard: async (text) => {
            await navigator.clipboard?.writeText(text);
            page.say(say('copiedIt', { what: text }));
        },
        alert,
        storeGet: (key) => stored.get(key) ?? null,
        storeSet: (key, value) => {
            stored.set(key, value);
        },
        setPermissions: () => {},
    };
}
