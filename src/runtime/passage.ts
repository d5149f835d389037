import type { Node, NodeAPI } from 'node-red';
import { deliveryOf } from './delivery-mark';
import { type Flows, flowsOf } from './flows';
import { held } from './held';

/** A message between two nodes, as Node-RED's hooks tell of it. */
interface Sent {
    readonly msg: Message;
    readonly source: { readonly id: string };
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
    RED.events.on('flows:stopping', () => {
        if (on) return;
        on = true;
        hooks.add('preRoute.missive-guard', ({ msg }: Sent) =>
            flows.stopped && isOurs(msg) ? started(flows) : undefined,
        );
        hooks.add('onReceive.missive-guard', (event: Received) => readdressed(RED, flows, event));
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
        const delivery = deliveryOf(msg);
        // The package's nodes say themselves what they have.
        if (delivery !== undefined && !destination.node.type.startsWith('missive-'))
            held.came(delivery, destination.id);
    });
    hooks.add('onSend.missive-follow', (events: readonly Sent[]) => {
        for (const { msg, source } of events) {
            const delivery = deliveryOf(msg);
            if (delivery !== undefined) held.went(delivery, source.id);
        }
    });
}

async function started(flows: Flows): Promise<undefined> {
    await flows.running();
}

/** A message for a node that was stopped: `false` keeps it from that one. */
function readdressed(RED: NodeAPI, flows: Flows, { msg, destination: { id, node } }: Received): boolean | undefined {
    // Webhook done listens to the last.
    if (node.type === 'missive-webhook-done') return undefined;
    const current = RED.nodes.getNode(id) as Node | null | undefined;
    if (!isOurs(msg) || current === node || (!current && !flows.stopped)) return undefined;
    void flows.running().then(() => (RED.nodes.getNode(id) as Node | null)?.receive(msg));
    return false;
}

/** What webhook in sends, or a node of the package behind it. */
const isOurs = (msg: Message): boolean => typeof msg?.missive === 'object' && msg.missive !== null;
