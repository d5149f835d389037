import type { Node, NodeAPI } from 'node-red';
import { deliveryOf } from './delivery-mark';
import { type Flows, flowsOf } from './flows';
import { held } from './held';

/** A message between two nodes, as Node-RED's hooks tell of it. */
interface Sent {
    readonly msg: Message;
    readonly source: { readonly id: string; readonly node: Node };
}
interface Routed extends Sent {
    readonly destination: { readonly id: string };
    readonly cloneMessage?: boolean;
}
interface Completed {
    readonly msg: Message;
    readonly node: { readonly node: Node };
    readonly error?: unknown;
}
interface Received {
    readonly msg: Message;
    readonly destination: { readonly id: string; readonly node: Node };
}
type Message = Parameters<typeof deliveryOf>[0];
interface Hooks {
    add(id: string, callback: (event: never) => unknown): void;
    remove(id: string): void;
}

const guarded = new WeakSet<object>();
const followed = new WeakSet<object>();

const hooksOf = (RED: NodeAPI): Hooks | undefined => (RED as unknown as { readonly hooks?: Hooks }).hooks;

/**
 * Loses no message of ours in a deploy: one that is sent between the stop and the start of the flows waits for the
 * start, and one that was on its way to a node that was stopped goes to the node that took its place.
 */
export function guardMessages(RED: NodeAPI): void {
    const hooks = hooksOf(RED);
    if (!hooks || guarded.has(RED.events)) return;
    guarded.add(RED.events);
    const flows = flowsOf(RED);
    let on = false;
    let book = flows.book;
    RED.events.on('flows:stopping', () => {
        book = flows.book;
        if (on) return;
        on = true;
        hooks.add('preRoute.missive-guard', (event: Routed) =>
            flows.stopped && isOurs(event.msg) ? started(RED, flows, event) : undefined,
        );
        hooks.add('onReceive.missive-guard', (event: Received) => readdressed(RED, flows, event, book));
    });
    flows.onStarted(() => {
        // What was sent before the stop arrives in the next turn of the event loop.
        const off = () => {
            if (flows.stopped || !on) return;
            on = false;
            hooks.remove('*.missive-guard');
        };
        setImmediate(() => setImmediate(off));
    });
}

/** Follows kept deliveries from node to node. */
export function followMessages(RED: NodeAPI): void {
    const hooks = hooksOf(RED);
    if (!hooks || followed.has(RED.events)) return;
    followed.add(RED.events);
    hooks.add('onReceive.missive-follow', ({ msg, destination }: Received) => {
        if (destination.node.type === 'delay' && 'reset' in msg) held.emptied(destination.node);
        const delivery = deliveryOf(msg);
        if (delivery !== undefined && canPassOn(destination.node)) held.came(delivery, destination.node);
    });
    hooks.add('onSend.missive-follow', (events: readonly Sent[]) => {
        // What goes out by several wires went out once.
        const sent = new Map(events.map(({ msg, source }) => [deliveryOf(msg), source.node]));
        for (const [delivery, node] of sent) if (delivery !== undefined && !isThrough(node)) held.went(delivery, node);
    });
    hooks.add('onComplete.missive-follow', ({ msg, node, error }: Completed) => {
        const delivery = error || isThrough(node.node) ? deliveryOf(msg) : undefined;
        if (delivery !== undefined) held.went(delivery, node.node);
    });
}

/**
 * Whether a node that got a message may have it for the flow. The package's own say themselves what they have; what has
 * no wire gives nothing back; a link has given it on, and what is called by one is seen itself.
 */
const canPassOn = ({ type, wires }: Node & { readonly wires?: readonly (readonly string[])[] }): boolean =>
    !/^(missive-|link )/.test(type) && (wires ?? []).some((each) => each.length > 0);

/** Whether a node that says it is through with a message has none of it left: it sends nothing later. */
const isThrough = ({ type, func }: Node & { readonly func?: unknown }): boolean =>
    type === 'function' ? typeof func === 'string' && !/\bsend\b/.test(func) : atOnce.test(type);
const atOnce = /^(switch|change|range|template|rbe|json|csv|xml|yaml|html)$/;

/** A message that was sent while the flows were stopped: where its flow has gone with its sender, it is brought by hand. */
async function started(
    RED: NodeAPI,
    flows: Flows,
    { msg, source, destination, cloneMessage }: Routed,
): Promise<false | undefined> {
    const { book } = flows;
    await flows.running();
    if (flows.book !== book) return dropped(msg);
    if ((RED.nodes.getNode(source.id) as Node | null | undefined) === source.node) return undefined;
    const to = RED.nodes.getNode(destination.id) as Node | null | undefined;
    to?.receive(cloneMessage ? RED.util.cloneMessage(msg) : msg);
    return to ? false : undefined;
}

/** A message for a node that was stopped: `false` keeps it from that one. */
function readdressed(
    RED: NodeAPI,
    flows: Flows,
    { msg, destination: { id, node } }: Received,
    book: number,
): boolean | undefined {
    const current = RED.nodes.getNode(id) as Node | null | undefined;
    if (isOurs(msg) && flows.book !== book && current !== node) return dropped(msg);
    // Webhook done listens to the last.
    if (node.type === 'missive-webhook-done') return undefined;
    // The other end of a link may be stopped just now, and would not hear it.
    const waits = flows.stopped && /^link (out|call)$/.test(node.type);
    if (!isOurs(msg) || (current === node && !waits) || (!current && !flows.stopped)) return undefined;
    void flows.running().then(() => {
        if (flows.book !== book) dropped(msg);
        else (RED.nodes.getNode(id) as Node | null)?.receive(msg);
    });
    return false;
}

/** Of a project that is not open any more: its nodes are not there. What is kept comes again with them. */
function dropped(msg: Message): false {
    const delivery = deliveryOf(msg);
    if (delivery !== undefined) held.drop(delivery);
    return false;
}

/** What webhook in sends, or a node of the package behind it. */
const isOurs = (msg: Message): boolean => typeof msg?.missive === 'object' && msg.missive !== null;
