import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { eventKey, eventOf, isEmpty, parseBody, ruleType } from '../src/missive/event';
import { isSigned } from '../src/missive/signature';
import type { Account } from '../src/runtime/account';
import { isEditorPath, localAddress, pathOf } from '../src/runtime/address';
import { Deliveries } from '../src/runtime/deliveries';
import type { Delivery, Reply, Webhooks } from '../src/runtime/hooks';
import { migrated } from '../src/runtime/migrations';
import { webhooks } from '../src/runtime/webhooks';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    readonly account?: string;
    readonly path?: string;
    /** Rule types that are let through; empty or absent: all. */
    readonly events?: readonly string[];
}

type WebhookIn = Node<{ secret: string }>;

/** Receives Missive's webhooks, checks their signature, and starts the flow with each event once. */
export default function (RED: NodeAPI): void {
    const hooks = webhooks(RED);

    RED.nodes.registerType(
        'missive-webhook-in',
        function (this: WebhookIn, stored: Config) {
            RED.nodes.createNode(this, stored);
            const config = migrated('missive-webhook-in', stored);
            const path = pathOf(typeof config.path === 'string' ? config.path.trim() : '');
            if (!hooks) this.status({ fill: 'red', shape: 'ring', text: 'httpNodeRoot is off' });
            else if (path === '/') this.status({ fill: 'red', shape: 'ring', text: 'no path' });
            else if (isEditorPath(RED, path))
                this.status({ fill: 'red', shape: 'ring', text: 'path belongs to the editor' });
            else start(RED, hooks, this, config, path);
        },
        { credentials: { secret: { type: 'password' } } },
    );
}

function start(RED: NodeAPI, hooks: Webhooks, node: WebhookIn, config: Config, path: string): void {
    const account = config.account ? (RED.nodes.getNode(config.account) as Account | null) : null;
    const secret = node.credentials?.secret?.trim() || account?.webhookSecret || '';
    const events = Array.isArray(config.events) ? config.events.filter((each) => each !== '') : [];
    const deliveries = hooks.deliveries.get(node.id) ?? new Deliveries();
    hooks.deliveries.set(node.id, deliveries);
    let mine = false;
    let count = 0;
    let warned = Number.NEGATIVE_INFINITY;

    const showState = () => {
        // A text that starts with a digit is shown as it is, in every language.
        const events = count > 0 && `${count} · ${new Date().toTimeString().slice(0, 8)}`;
        if (!mine) node.status({ fill: 'red', shape: 'ring', text: 'path is used by another node' });
        else if (!secret) node.status({ fill: 'yellow', shape: 'ring', text: events || 'no secret' });
        else if (events) node.status({ fill: 'green', shape: 'dot', text: events });
        else node.status({ fill: 'grey', shape: 'dot', text: 'listening' });
    };

    const refuseSignature = (): Reply => {
        node.status({ fill: 'red', shape: 'ring', text: 'wrong signature' });
        if (Date.now() - warned > 60_000) {
            warned = Date.now();
            node.warn(`Refused a webhook at ${path}: ${advice}`);
        }
        return { status: 401, error: advice };
    };

    /** Puts a delivery into the flow, unless it is none for it. Everything that returns no 200 leaves no trace. */
    const receive = ({ body, headers, began }: Delivery): Reply => {
        if (isEmpty(body)) return { status: 200 };
        if (secret && !isSigned(secret, body, headers['x-hook-signature'])) return refuseSignature();
        const payload = parseBody(body);
        if (!payload) return { status: 400, error: 'The body is no JSON object.' };
        const missive = eventOf(payload);
        // Before the search for retries: what was not let through is not in the flow, so it has no retries.
        if (events.length > 0 && !events.includes(String(missive.event))) return { status: 200 };
        const ticket = deliveries.begin(body, eventKey(payload), began);
        if (!ticket.again) {
            count += 1;
            showState();
            send({ payload, topic: ruleType(payload), missive });
        }
        return { status: 200, settled: ticket.answered };
    };

    /** Missive has done its part: a flow that throws at once is for a Catch node, not for a retry. */
    const send = (msg: NodeMessage) => {
        try {
            node.send(msg);
        } catch (error) {
            // Without the payload: that may be what could not be passed on.
            node.error(error instanceof Error ? error : String(error), { topic: msg.topic, missive: msg.missive });
        }
    };

    const turn = (now: boolean) => {
        mine = now;
        showState();
    };
    const release = hooks.claim(path, { receive, turn });
    const unwatch = account?.sandbox?.watch({
        id: node.id,
        description: node.name || path,
        types: events,
        url: () => (mine ? localAddress(RED, path) : undefined),
        secret,
    });

    node.on('close', (removed: boolean, done: () => void) => {
        unwatch?.();
        release();
        if (removed) hooks.deliveries.delete(node.id);
        done();
    });
}

const advice =
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.';
