// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The lists of an account by name, as the admin endpoints give them. */

/** Lists by account, resource and whatever else decides what Missive would answer. */
const keptLists = new Map();
const lists = () => keptLists;

/** What no list has whole: the menu shows the newest, and any id will do. */
const isSearched = (list) => ['conversation', 'contact', 'sender'].includes(list);

/** How long a list is shown without asking again, and how long a failure is believed, in milliseconds. */
const listAge = 5 * 60_000;
const failureAge = 10_000;

/** What says which Missive an account leads to: what is saved in the editor, whether or not it is deployed. */
function placeOf(id) {
    const account = id && id !== '_ADD_' ? RED.nodes.node(id) : undefined;
    if (!account) return undefined;
    const { connection, url, credentials } = account;
    return { account: id, connection, url, token: credentials?.token ?? '' };
}

const listKey = (place, resource) => JSON.stringify([resource, place]);

/** A list as far as it is known: its entries, or undefined. */
const knownList = (place, resource) => (place ? lists().get(listKey(place, resource))?.entries : undefined);

/** Loads a list, or gives it as it is kept; the promise brings `{ entries }` or `{ error }`, the words to show. */
function loadList(place, resource, refresh = false, search = undefined) {
    const key = listKey(search === undefined ? place : { ...place, search }, resource);
    const kept = lists().get(key);
    if (kept?.loading) return kept.loading;
    const age = kept ? Date.now() - kept.at : Infinity;
    if (!refresh && age < (kept?.error ? failureAge : listAge)) return Promise.resolve(kept);
    const next = { ...kept, at: Date.now() };
    next.loading = askForList(place, resource, refresh, search).then((answer) => {
        // A list that could not be loaded again is better than none.
        const result = { entries: answer.entries ?? kept?.entries, error: answer.error?.message, at: Date.now() };
        lists().set(key, result);
        if (answer.entries && search === undefined) redrawNodes();
        return result;
    });
    lists().set(key, next);
    return next.loading;
}

/** Who may change accounts asks with what is in the editor, deployed or not; others only for what is deployed. */
function askForList(place, resource, refresh, search) {
    const mayWrite = !RED.user?.hasPermission || RED.user.hasPermission('missive-config.write');
    const address = `missive/choices/${resource}`;
    const query = `?account=${encodeURIComponent(place.account)}${refresh ? '&refresh=1' : ''}${
        search === undefined ? '' : `&search=${encodeURIComponent(search)}`
    }`;
    return mayWrite ? askMissive(address, { ...place, refresh, search }) : answered($.getJSON(address + query));
}

/** Sends JSON to an admin endpoint of the package; gives its answer, or `{ error }`. */
const askMissive = (address, body) =>
    answered($.ajax({ url: address, method: 'POST', contentType: 'application/json', data: JSON.stringify(body) }));

const answered = (request) =>
    new Promise((resolve) => {
        request.then(resolve, ({ responseJSON, statusText }) =>
            resolve(
                responseJSON?.error ? responseJSON : { error: { message: statusText || 'Node-RED does not answer.' } },
            ),
        );
    });

/** Names are in the nodes' labels, and an id that is gone marks its node. */
function redrawNodes() {
    RED.nodes.eachNode?.((node) => {
        if (!/^missive-/.test(node.type)) return;
        RED.editor.validateNode(node);
        node.dirty = true;
        node.resize = true;
    });
    RED.view?.redraw();
}

const isMissiveId = (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

const sameName = (text, name) =>
    text.trim().toLowerCase() ===
    String(name ?? '')
        .trim()
        .toLowerCase();

/** The entry of a list that an id or a name means. */
const entryFor = (entries, text) =>
    entries.find(({ id }) => id === text) ??
    entries.find(({ name, email }) => sameName(text, name) || sameName(text, email)) ??
    entries.find(({ short }) => sameName(text, short));

/** The ids in a row's text. */
const idsIn = (text, several) =>
    (several ? String(text ?? '').split(',') : [String(text ?? '')]).map((each) => each.trim()).filter(Boolean);
