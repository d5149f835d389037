import { conversations, labels, messages, users } from './fixtures.js';
import { host } from './host.js';

/** The fake app around the sidebar. `app` is what the tests handle; `log` has every call but the reads. */
const frame = document.querySelector('iframe');
const src = new URLSearchParams(location.search).get('src');
const app = { log: [], actions: [], latency: 0, fails: undefined, ready: false, selected: [] };

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const reads =
    (work) =>
    async (...args) => {
        await wait(app.latency);
        if (app.silent) await new Promise(() => {});
        return work(...args);
    };
const shortened = ({ messages: rows, ...rest }, fields) =>
    fields?.includes('!messages') ? rest : { ...rest, messages: rows.map(({ body, ...row }) => row) };

const acts = [
    ...[
        'reload',
        'search',
        'alert',
        'navigate',
        'openSelf',
        'closeSelf',
        'openURL',
        'setAsUtility',
        'writeToClipboard',
    ],
    ...['archive', 'trash', 'moveToInbox', 'close', 'reopen', 'comment', 'createTask', 'addLabels', 'removeLabels'],
    ...['assign', 'addAssignees', 'removeAssignees', 'setColor', 'setSubject', 'setDescription', 'compose'],
    ...['composeInConversation', 'reply', 'forward', 'insertText', 'insertHtml'],
];

const answers = {
    fetchConversations: reads((ids, fields) =>
        ids
            .map((id) => conversations.get(id))
            .filter(Boolean)
            .map((one) => shortened(one, fields)),
    ),
    fetchMessages: reads((ids) => ids.map((id) => messages.get(id)).filter(Boolean)),
    fetchUsers: reads(() => users),
    fetchLabels: reads(() => labels),
    setActions: (actions) => {
        app.actions = actions;
    },
    ...Object.fromEntries(
        acts.map((method) => [
            method,
            (...args) => {
                if (app.fails === method) throw new Error('Missive says no');
                app.log.push({ method, args, selected: app.selected });
            },
        ]),
    ),
};

const link = host(frame, { origin: new URL(src).origin, answers });
Object.assign(app, {
    select(...ids) {
        app.selected = ids;
        link.emit('change:conversations', ids);
    },
    emit: link.emit,
    theme: link.theme,
    act: link.act,
});
window.app = app;
if (new URLSearchParams(location.search).has('selected'))
    app.select(new URLSearchParams(location.search).get('selected'));
frame.src = src;
