import { existsSync } from 'node:fs';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { listOf } from '../src/missive/events/event-filter';
import type { Missed } from '../src/missive/events/missed';
import type { Account } from '../src/runtime/account';
import { isEditorPath, localAddress, pathOf } from '../src/runtime/address';
import { Inbox, type Recipient } from '../src/runtime/inbox/inbox';
import { migrated } from '../src/runtime/migrations';
import { OwnRule } from '../src/runtime/rules/own-rule';
import { sweepAfterDeploys } from '../src/runtime/rules/self-registration';
import { onceStarted } from '../src/runtime/started';
import { fileOf } from '../src/runtime/user-folder';
import { backFill } from '../src/runtime/webhooks/back-fill';
import { Deliveries } from '../src/runtime/webhooks/deliveries';
import { marked } from '../src/runtime/webhooks/delivery-mark';
import { Emission, messageOf } from '../src/runtime/webhooks/emission';
import { EventFacts, flowOf } from '../src/runtime/webhooks/event-facts';
import type { Reply, Webhooks } from '../src/runtime/webhooks/hooks';
import type { Manner } from '../src/runtime/webhooks/intake';
import { LastStates } from '../src/runtime/webhooks/last-states';
import { Presence } from '../src/runtime/webhooks/presence';
import { Reception } from '../src/runtime/webhooks/reception';
import { WebhookState } from '../src/runtime/webhooks/webhook-state';
import { webhooks } from '../src/runtime/webhooks/webhooks';

interface Config extends NodeDef, Readonly<Record<string, unknown>> {
    readonly account?: string;
    readonly path?: string;
    /** Rule types that are let through; empty or absent: all. */
    readonly events?: readonly string[];
    /** `hook`: the node makes its rule in Missive itself. */
    readonly mode?: string;
    readonly answer?: string;
    readonly keep?: boolean;
    /** Fetches the whole message before the flow gets the event. */
    readonly withBody?: boolean;
    /** Says what has changed since the event before. */
    readonly changes?: boolean;
    /** Looks for what was missed after an absence. */
    readonly backfill?: boolean;
    /** So often the flow may set itself off in one conversation; 0: as often as it likes. */
    readonly rounds?: number | string;
}

type WebhookIn = Node<{ secret: string }>;

/** Receives Missive's webhooks, checks their signature, and starts the flow with each event once. */
export default function (RED: NodeAPI): void {
    const hooks = webhooks(RED);
    const selfMade = new Set<string>();
    sweepAfterDeploys(RED, (node) => selfMade.has(node));

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
            else {
                if (config.mode === 'hook') selfMade.add(this.id);
                this.on('close', () => selfMade.delete(this.id));
                start(RED, hooks, this, config, path);
            }
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
    const keep = config.keep === true;
    // What was kept before keeping was switched off is still owed to the flow.
    const owed = keep || hooks.inboxes.has(node.id) || existsSync(fileOf(RED, 'inbox', node.id));
    const inbox = owed ? inboxOf(RED, hooks, node.id, deliveries) : undefined;
    const states = config.changes === true ? new LastStates(fileOf(RED, 'states', node.id)) : undefined;
    const facts = new EventFacts(account, states, config.rounds);
    const filter = {
        organizations: listOf(config.organizations),
        teams: listOf(config.teams),
        labels: listOf(config.labels),
        senders: listOf(config.senders),
    };
    const presence = config.backfill === true && account ? new Presence(fileOf(RED, 'presence', node.id)) : undefined;
    const stop = new AbortController();
    const bySelf = config.mode === 'hook';
    const state = new WebhookState(RED, node, !secret && !bySelf);
    const trouble = (text: string) => state.trouble('rule', text);
    const hook = bySelf && account ? new OwnRule(RED, node, config, { account, path, trouble }) : undefined;
    const started = onceStarted(RED);
    let [running, closed] = [false, false];

    const emission = new Emission(node, {
        account,
        withBody: config.withBody === true,
        sent: () => state.event(),
        failed: (delivery) => void hooks.settle(delivery, 'failed').catch(() => undefined),
    });

    const manner: Manner = {
        node: node.id,
        answer: config.answer === 'done' ? 'done' : 'received',
        inbox: keep ? inbox : undefined,
        send: (body, facts, delivery) => emission.send(body, facts, delivery),
    };

    const reception = new Reception({
        ...{ node, hooks, path, secret, bySelf, rule: hook, events, filter, deliveries, inbox, facts, manner, state },
        ...{ started: started.promise, closed: () => closed, flow: () => flowOf(RED, node) },
        called: (rule) => presence?.called(rule),
    });

    const recipient: Recipient = {
        emit: ({ body, facts, id }, redelivered) => emission.send(body, facts, id, redelivered),
        stopped: (kept) => {
            state.stopped(inbox?.stoppedCount ?? 0);
            if (kept) node.error(stoppedAdvice, marked(messageOf(kept.body, kept.facts), kept.id));
        },
        warn: (text) => node.warn(text),
    };

    const catching = {
        ...{ node: node.id, states, filter, signal: stop.signal, warn: (text: string) => node.warn(text) },
        admit: async ({ body: payload }: Missed) => {
            const body = Buffer.from(JSON.stringify(payload));
            const received = { ...manner, answer: 'received' as const };
            const event = { body, payload, began: Date.now(), manner: received, more: { missed: true } };
            const { status, settled } = await reception.admit(event);
            if (status !== 200) throw new Error('it cannot be kept');
            settled?.(true);
        },
    };

    const turn = (now: boolean) => {
        state.mine = now;
        state.show();
        if (now && running) void hook?.start();
    };
    const answered = ({ status, empty }: Reply, arrived: boolean) =>
        state.answered(status === 200 && arrived, empty === true);
    const release = hooks.claim(path, { receive: (delivery) => reception.receive(delivery), answered, turn });
    const practice = bySelf ? undefined : account?.sandbox;
    const unwatch = practice?.watch({
        id: node.id,
        description: node.name || path,
        types: events,
        url: () => (state.mine ? localAddress(RED, path) : undefined),
        secret,
    });
    if (bySelf && !account) trouble('no account');
    void started.promise.then((now) => {
        running = now;
        if (!now) return;
        inbox?.join(recipient).catch((error: Error) => reception.notOpened(error));
        if (state.mine) void hook?.start();
        if (presence && account) void backFill({ ...catching, account, presence });
    });

    const watching = setInterval(() => state.silent(inbox?.silentFor(60_000) ?? 0), 10_000).unref();

    node.on('close', (removed: boolean, done: () => void) => {
        closed = true;
        unwatch?.();
        release();
        started.cancel();
        stop.abort();
        presence?.stop();
        clearInterval(watching);
        hooks.waiting.stop(node.id);
        if (removed) hooks.deliveries.delete(node.id);
        void leave(removed).then(done, done);
    });

    const leave = async (removed: boolean) => {
        emission.stop();
        await inbox?.leave(recipient);
        await hook?.close(removed);
        if (removed) presence?.discard();
        await (removed ? states?.discard() : states?.close())?.catch(() => undefined);
        if (!inbox || (keep && !removed)) return;
        const empty = await inbox.discard();
        if (empty || removed) hooks.inboxes.delete(node.id);
        if (!empty && removed)
            node.warn(
                `${inbox.size} deliveries of this node are not done. They stay in ${fileOf(RED, 'inbox', node.id)}.`,
            );
    };
}

/** What is kept for a node outlives the node: a deploy makes a new one with the same id. */
function inboxOf(RED: NodeAPI, hooks: Webhooks, id: string, deliveries: Deliveries): Inbox {
    const restored = (print: string, at: number) => deliveries.restore(print, at);
    const inbox = hooks.inboxes.get(id) ?? new Inbox(fileOf(RED, 'inbox', id), restored);
    hooks.inboxes.set(id, inbox);
    return inbox;
}

const stoppedAdvice =
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.';
