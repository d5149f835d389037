import { askedAbout, sourcesBefore } from './before.js';

/* The messages that there are to pick from, and the one that was chosen. */

/** What was chosen last for each node, as long as the page is open. */
const chosenFor = new Map();

const keyOf = ({ from, kind, event, at, name }) =>
    JSON.stringify([from, kind, kind === 'event' ? at : (name ?? event)]);

/** Whether the person may see what customers wrote. */
export const mayWrite = () => !RED.user?.hasPermission || RED.user.hasPermission('missive-config.write');

export const postJson = (url, body) =>
    new Promise((resolve, reject) => {
        const request = { url, method: 'POST', contentType: 'application/json', data: JSON.stringify(body) };
        $.ajax(request).then(resolve, (xhr) =>
            reject(new Error(xhr.responseJSON?.error?.message ?? xhr.statusText ?? '')),
        );
    });

/** Loads what there is for a node. */
export function samplesFor(node) {
    const sources = sourcesBefore(RED, node);
    const address = `missive/fields${mayWrite() ? '/whole' : ''}`;
    let all = [];
    return {
        sources,
        all: () => all,
        async load() {
            const asked = await postJson(address, { node: node.id, sources: askedAbout(sources) });
            all = asked.samples;
        },
        /** The one that was chosen; else what really came, else an example. */
        chosen: () => all.find((each) => keyOf(each) === chosenFor.get(node.id)) ?? all[0],
        choose(sample) {
            chosenFor.set(node.id, keyOf(sample));
        },
        /** The nodes between a sample's node and this one that may have changed the message. */
        between: ({ from }) => sources.find((each) => each.node.id === from)?.between ?? [],
    };
}

/** What the canvas calls a node. */
export function calledOf(id) {
    const node = RED.nodes.node(id);
    return node ? RED.utils.getNodeLabel(node, node.type) || node.type : id;
}

/** A sample in a line: where it comes from, what it is, when. */
export function lineOf(sample, say) {
    const { from, kind, name, event, at } = sample;
    const when = at && kind !== 'pinned' ? timeOf(at) : '';
    const what = kind === 'pinned' ? name : eventOf(event);
    const head = kind === 'arrived' ? '' : calledOf(from);
    return [head, say(`kind.${kind}`), what, when].filter(Boolean).join(' · ');
}

/** A kind of event as webhook in calls it; another one as it stands. */
function eventOf(event) {
    if (!event) return event;
    const known = RED._(`@missive-community/node-red-missive/missive-webhook-in:event.${event}`);
    return known.endsWith(`event.${event}`) ? event : known;
}

function timeOf(at) {
    const date = new Date(at);
    const isToday = new Date().toDateString() === date.toDateString();
    return isToday ? date.toLocaleTimeString() : date.toLocaleString();
}
