import type { Node, NodeAPI, NodeDef } from 'node-red';
import { fullPath, isEditorPath, localAddress } from '../src/runtime/address';
import { speaking } from '../src/runtime/language/speaking';
import { migrated } from '../src/runtime/migrations';
import { sweepAfterDeploys } from '../src/runtime/rules/sweep';
import { accountNamed, credentialOf, withVariables } from '../src/runtime/variables';
import type { Webhooks } from '../src/runtime/webhooks/hooks';
import { refusePath } from '../src/runtime/webhooks/refused-paths';
import type { Settings } from '../src/runtime/webhooks/settings';
import { webhooks } from '../src/runtime/webhooks/webhooks';
import { withAccount } from '../src/runtime/with-account';

type Stored = NodeDef & Readonly<Record<string, unknown>> & { readonly account?: string };
/** What keeps events out. */
const filters = ['events', 'organizations', 'teams', 'labels', 'senders'];

type WebhookIn = Node<{ secret: string }>;

/** Receives Missive's webhooks, checks their signature, and starts the flow with each event once. */
export default function (RED: NodeAPI): void {
    const hooks = webhooks(RED);
    /** The nodes that make a rule themselves, and their paths. */
    const selfMade = new Map<string, string>();
    // One whose path another node has gets none of its events: it wants no rule.
    const wants = (node: string) => hooks?.at(selfMade.get(node) ?? '')?.node === node;
    sweepAfterDeploys(RED, wants);

    RED.nodes.registerType(
        'missive-webhook-in',
        function (this: WebhookIn, stored: Stored) {
            RED.nodes.createNode(this, stored);
            speaking(RED, this);
            const config = migrated('missive-webhook-in', stored);
            // What it takes to receive is loaded with the first node.
            const { settingsOf } =
                require('../src/runtime/webhooks/settings') as typeof import('../src/runtime/webhooks/settings');
            const settings = settingsOf(withVariables(RED, this, config, filters));
            const fault = (text: string) => this.status({ fill: 'red', shape: 'ring', text });
            if (!hooks) fault('httpNodeRoot is off');
            else if (settings.path === '/') fault('no path');
            else if (isEditorPath(RED, settings.path)) {
                fault('path belongs to the editor');
                this.on('close', refusePath(fullPath(RED, settings.path)));
            } else {
                if (settings.bySelf) selfMade.set(this.id, settings.path);
                this.on('close', () => selfMade.delete(this.id));
                start(RED, hooks, this, settings, accountNamed(RED, this, config.account));
            }
        },
        { credentials: { secret: { type: 'password' } } },
    );
}

function start(
    RED: NodeAPI,
    hooks: Webhooks,
    node: WebhookIn,
    settings: Settings,
    accountId: string | undefined,
): void {
    const { path, bySelf, events } = settings;
    const { secretOf } = require('../src/runtime/webhooks/secret') as typeof import('../src/runtime/webhooks/secret');
    const { Receiver } =
        require('../src/runtime/webhooks/receiver/receiver') as typeof import('../src/runtime/webhooks/receiver/receiver');
    withAccount(RED, node, accountId, (account) => {
        const secret = secretOf(credentialOf(RED, node, 'secret'), accountId, account, settings.secured);
        const receiver = new Receiver({ RED, node, hooks, account, secret }, settings);
        const release = hooks.claim(path, receiver);
        const practice = bySelf ? undefined : account?.sandbox;
        const unwatch = practice?.watch({
            id: node.id,
            description: node.name || path,
            types: events,
            url: () => (receiver.state.mine ? localAddress(RED, path) : undefined),
            secret: typeof secret === 'string' ? '' : secret.text,
        });
        return {
            follow: (deploy) => receiver.deployed(deploy),
            end: (removed) => {
                unwatch?.();
                release();
                return receiver.leave(removed);
            },
        };
    });
}
