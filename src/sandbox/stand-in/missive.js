/*
 * A stand-in for Missive's own script in a sidebar: for the practice inbox, and for the tests. It has the documented
 * methods and no other, talks to the page around it (host.js), and contains nothing of Missive's.
 */
(() => {
    // In the tests it comes from Missive's address into a frame of Missive's; here the page around is one of ours.
    const elsewhere = document.currentScript?.src.startsWith('https://integrations.missiveapp.com/');
    const origin = elsewhere ? 'https://mail.missiveapp.com' : location.origin;
    const waiting = new Map();
    const listeners = new Map();
    const past = new Map();
    let callbacks = [];
    let last = 0;

    const post = (message) => window.parent.postMessage({ missive: 1, ...message }, origin);

    /** Asks the app; functions stay here, the rest is copied as JSON. */
    function ask(method, args) {
        last += 1;
        const id = last;
        return new Promise((resolve, reject) => {
            waiting.set(id, { resolve, reject });
            post({ id, method, args: JSON.parse(JSON.stringify(args)) });
        });
    }

    window.addEventListener('message', ({ source, origin: from, data }) => {
        if (source !== window.parent || from !== origin || data?.missive !== 1) return;
        if ('event' in data) {
            past.set(data.event, data.payload);
            for (const listener of listeners.get(data.event) ?? []) listener(data.payload);
        } else if ('theme' in data) document.documentElement.dataset.theme = data.theme;
        else if ('action' in data) callbacks[data.action]?.(data.given);
        else if (waiting.has(data.id)) {
            const { resolve, reject } = waiting.get(data.id);
            waiting.delete(data.id);
            if ('error' in data) reject(new Error(data.error));
            else resolve(data.result);
        }
    });

    const kinds = {
        text: (value) => typeof value === 'string',
        number: (value) => typeof value === 'number',
        list: Array.isArray,
        object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        any: () => true,
    };

    /** The methods that the app answers, with what each takes; `?`: it may be left out. */
    const asks = {
        ...{ reload: [], search: ['text'], alert: ['object?'], navigate: ['object'], openForm: ['object'] },
        ...{ closeForm: [], openSelf: [], closeSelf: [], openURL: ['text'], openContextMenu: ['object'] },
        ...{ setAsUtility: [], setPermissions: ['object'], storeGet: ['text'], storeSet: ['text', 'any?'] },
        ...{ initiateCallback: ['text'], respondToMessage: ['text', 'object'], writeToClipboard: ['text'] },
        ...{ fetchConversations: ['list', 'list?'], fetchMessages: ['list'], fetchUsers: [], fetchLabels: [] },
        ...{ archive: [], trash: [], moveToInbox: [], close: [], reopen: [], comment: ['text'] },
        ...{ createTask: ['text', 'any?'], addLabels: ['list'], removeLabels: ['list'], assign: ['list'] },
        ...{ addAssignees: ['list'], removeAssignees: ['list'], setColor: ['text'], setSubject: ['text'] },
        ...{ setDescription: ['text'], createConversation: ['object?'], compose: ['object?'] },
        ...{ composeInConversation: ['object?'], reply: ['object?'], forward: ['object?'] },
        ...{ insertText: ['text'], insertHtml: ['text'] },
    };

    function checked(method, args) {
        for (const [index, wanted] of asks[method].entries()) {
            const given = args[index];
            if (given === undefined && wanted.endsWith('?')) continue;
            if (!kinds[wanted.replace('?', '')](given)) {
                throw new TypeError(`Missive.${method}: argument ${index + 1} must be ${wanted}`);
            }
        }
        return args;
    }

    const fields = ({ from_field, to_fields, cc_fields, bcc_fields, reply_to_fields }) =>
        [from_field, to_fields, cc_fields, bcc_fields, reply_to_fields].flat().filter(Boolean);
    const everyField = (conversations) =>
        conversations.flatMap(({ messages, latest_message }) =>
            (messages ?? [latest_message]).filter(Boolean).flatMap(fields),
        );
    const unique = (rows, key) => [...new Map(rows.filter((row) => row[key]).map((row) => [row[key], row])).values()];
    const dayOf = (date) => new Date(date).toDateString();
    const inDays = (days) => dayOf(Date.now() + days * 86_400_000);
    const month = (index, style) => new Date(2020, index).toLocaleString(undefined, { month: style });

    /** What is answered at once. */
    const helpers = {
        getEmailAddresses: (conversations) =>
            unique(everyField(conversations), 'address').map(({ address, name }) => ({ address, name })),
        getPhoneNumbers: (conversations) =>
            unique(
                everyField(conversations).map(({ phone_number, name }) => ({ phone_number, name })),
                'phone_number',
            ),
        formatContact: ({ name, address, phone_number }) => ({
            formatted: name || address || phone_number || '',
            letters: (name || address || '?').slice(0, 1).toUpperCase(),
        }),
        formatTimestamp: (seconds) => ({ formatted: new Date(seconds * 1000).toLocaleString() }),
        formatDate: (text) => new Date(text).toLocaleDateString(),
        isToday: (date) => dayOf(date) === inDays(0),
        isTomorrow: (date) => dayOf(date) === inDays(1),
        isPast: (date) => new Date(date).getTime() < Date.now(),
        isInLessThan: (date, { hours = 0, minutes = 0 } = {}) =>
            new Date(date).getTime() - Date.now() < (hours * 60 + minutes) * 60_000,
        getMonth: (index, { short = false } = {}) => month(index, short ? 'short' : 'long'),
        capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
        classNames: (given) =>
            Object.keys(given)
                .filter((name) => given[name])
                .join(' '),
    };

    const events = ['change:conversations', 'change:users', 'message_sent', 'main_action'];

    function on(event, listener, { retroactive = false } = {}) {
        if (!events.includes(event)) throw new Error(`Missive.on: there is no event ${event}`);
        listeners.set(event, [...(listeners.get(event) ?? []), listener]);
        if (retroactive && past.has(event)) listener(past.get(event));
    }

    const contexts = 'draft conversations conversation message tel comment comment_box swipe command_bar setting'.split(
        ' ',
    );

    function setActions(actions) {
        const wrong = actions.flatMap((each) => each.contexts ?? []).find((each) => !contexts.includes(each));
        if (wrong) throw new Error(`Missive.setActions: there is no context ${wrong}`);
        callbacks = actions.map(({ callback }) => callback);
        return ask('setActions', [actions.map(({ callback, ...rest }) => rest)]);
    }

    const methods = {
        ...Object.fromEntries(Object.keys(asks).map((name) => [name, (...args) => ask(name, checked(name, args))])),
        ...helpers,
        ...{ on, setActions },
    };

    window.Missive = new Proxy(Object.freeze(methods), {
        get(target, name) {
            if (typeof name === 'symbol' || Object.hasOwn(target, name)) return target[name];
            throw new TypeError(`Missive.${name} is not documented`);
        },
    });
    post({ hello: true });
})();
