/* Which nodes stand before a node, as far as it can be known what their messages hold. */

/** Nodes of ours that start a message. */
const starts = ['missive-webhook-in', 'missive-sidebar-in', 'missive-watch'];
/** Nodes of ours that pass a message on as it came. */
const passing = ['missive-webhook-done', 'missive-sidebar-card'];
/** Nodes that leave what they pass on alone. */
const quiet = [
    ...['switch', 'delay', 'link in', 'link out', 'junction', 'debug', 'rbe', 'catch', 'complete', 'comment'],
    ...passing,
];

/** What is asked of the runtime of a node before: what decides how its messages look. */
const telling = ['events', 'resource', 'send', 'detail', 'several'];

/**
 * The nodes of ours before a node, the nearest first, each with the nodes between that may have changed the message:
 * over wires, links and link calls, to the nodes that a catch or complete node hears, not out of a subflow.
 */
export function sourcesBefore(RED, node) {
    const into = new Map();
    RED.nodes.eachLink(({ source, target }) => {
        if (!into.has(target.id)) into.set(target.id, []);
        into.get(target.id).push(source);
    });
    const found = new Map();
    const seen = new Set([node.id]);
    const line = [{ at: node, between: [] }];
    for (const { at, between } of line) {
        for (const source of nodesBefore(RED, at, into)) {
            if (!source || seen.has(source.id)) continue;
            seen.add(source.id);
            const isOurs = source.type.startsWith('missive-') && !passing.includes(source.type);
            if (isOurs) found.set(source.id, { node: source, between });
            else line.push({ at: source, between: quiet.includes(source.type) ? between : [source, ...between] });
        }
    }
    return [...found.values()];
}

function nodesBefore(RED, node, into) {
    const wired = into.get(node.id) ?? [];
    if (node.type === 'link in') return [...wired, ...linkedTo(RED, node)];
    if (node.type === 'catch')
        return heardBy(RED, node).flatMap((each) => (isStart(each) ? [each] : (into.get(each.id) ?? [])));
    if (node.type === 'complete') return heardBy(RED, node);
    return wired;
}

const isStart = ({ type }) => starts.includes(type);

/** The link outs and link calls that lead to a link in. */
function linkedTo(RED, node) {
    const links = new Set(node.links ?? []);
    const found = [...links].map((id) => RED.nodes.node(id));
    RED.nodes.eachNode((each) => {
        const leads = /^link (out|call)$/.test(each.type) && !links.has(each.id) && each.links?.includes(node.id);
        // A link call's own message is what comes into it.
        if (leads) found.push(each);
    });
    return found.filter((each) => each && !each.d);
}

/** The nodes that a catch or complete node listens to. */
function heardBy(RED, { scope, z }) {
    const found = [];
    RED.nodes.eachNode((each) => {
        if (Array.isArray(scope) ? scope.includes(each.id) : each.z === z) found.push(each);
    });
    return found;
}

/** What the runtime is asked about the nodes before. */
export const askedAbout = (sources) =>
    sources.map(({ node }) => ({
        ...{ id: node.id, type: node.type },
        config: Object.fromEntries(telling.map((key) => [key, node[key]]).filter(([, value]) => value !== undefined)),
    }));
