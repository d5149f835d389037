// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What comes before a node: behind a webhook in, what an event has is filled in where the node cannot do without it. */

/** The nodes that have it: their messages name the conversation of an event. */
const eventSources = ['missive-webhook-in', 'missive-sidebar-in', 'missive-watch'];

/** All nodes that a node's messages may come from (`source`) or go to (`target`), over wires and links. */
function reached(start, end) {
    const seen = new Set([start]);
    for (const node of seen) {
        const next = [];
        RED.nodes.eachLink((link) => {
            if (end === 'source' && link.target === node) next.push(link.source);
            if (end === 'target' && link.source === node) next.push(link.target);
        });
        const isEnd = node.type === (end === 'source' ? 'link in' : 'link out');
        for (const id of (isEnd && node.links) || []) next.push(RED.nodes.node(id));
        for (const each of next) if (each) seen.add(each);
    }
    seen.delete(start);
    return [...seen];
}

const isBehindEvent = (node) => reached(node, 'source').some(({ type }) => eventSources.includes(type));

/** What a row that is needed starts with: what the event has, or blank. */
function startOf(form, node, property) {
    const field = form.fields[property];
    if (field.event && isBehindEvent(node)) return { type: 'msg', value: field.event };
    return { type: blankTypeOf(field), value: '' };
}

/** Fills in a new node what the event has. Only the first: a merge needs two conversations that differ. */
function fillFromEvent(form, node) {
    if (!node.changed || node.fields !== 'rows' || !isBehindEvent(node)) return;
    const property = Object.keys(form.fields).find((each) => form.fields[each].event && applies(form, node, each));
    if (!property || !isRequired(form, node, property)) return;
    if (node[property] !== undefined || node[`${property}Type`] !== undefined) return;
    node[property] = form.fields[property].event;
    node[`${property}Type`] = 'msg';
    RED.editor.validateNode(node);
    node.dirty = true;
}

/** A wire that a person draws may put a node behind an event. */
function watchWires(formOf) {
    RED.events?.on('links:add', ({ target }) => {
        if (!target?.changed && !reached(target, 'target').some(({ changed }) => changed)) return;
        for (const node of [target, ...reached(target, 'target')]) {
            const form = formOf(node.type);
            if (form?.choosesFields) fillFromEvent(form, node);
        }
    });
}
