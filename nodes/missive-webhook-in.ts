import { existsSync } from 'node:fs';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { eventKey, eventOf, isEmpty, parseBody } from '../src/missive/event';
import { listOf, passes } from '../src/missive/event-filter';
import type { Missed } from '../src/missive/missed';
import { isSigned } from '../src/missive/signature';
import type { Account } from '../src/runtime/account';
import { isEditorPath, localAddress, pathOf } from '../src/runtime/address';
import { backFill } from '../src/runtime/back-fill';
import { Deliveries } from '../src/runtime/deliveries';
import { marked } from '../src/runtime/delivery-mark';
import { Emission, messageOf } from '../src/runtime/emission';
import { EventFacts, flowOf } from '../src/runtime/event-facts';
import type { Delivery, Reply, Webhooks } from '../src/runtime/hooks';
import { Inbox, type Recipient } from '../src/runtime/inbox';
import { full, type Manner, noDisk, take } from '../src/runtime/intake';
import type { Facts } from '../src/runtime/kept';
import { LastStates } from '../src/runtime/last-states';
import { migrated } from '../src/runtime/migrations';
import { OwnRule } from '../src/runtime/own-rule';
import { Presence } from '../src/runtime/presence';
import { sweepAfterDeploys } from '../src/runtime/self-registration';
import { onceStarted } from '../src/runtime/started';
import { fileOf } from '../src/runtime/user-folder';
import { WebhookState } from '../src/runtime/webhook-state';
import { webhooks } from '../src/runtime/webhooks';

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

/** An event on its way in. */
interface Admitted {
    readonly body: Buffer;
    readonly payload: Readonly<Record<string, unknown>>;
    readonly began: number;
    readonly manner: Manner;
    readonly more?: Facts;
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

    /** Puts a delivery into the flow, unless it is none for it. Everything that returns no 200 leaves no trace. */
    const receive = async ({ body, headers, key, began }: Delivery): Promise<Reply> => {
        if (isEmpty(body)) return { status: 200, empty: true };
        const sender = hook?.sender(key);
        if (bySelf && !sender) return { status: 401, error: 'The key in the address is missing or wrong.' };
        if (!bySelf && secret && !isSigned(secret, body, headers['x-hook-signature'])) return refuseSignature();
        const payload = parseBody(body);
        if (!payload) return { status: 400, error: 'The body is no JSON object.' };
        if (hook && sender === 'lost' && hook.lost(key, eventOf(payload).rule)) return { status: 200 };
        presence?.called(payload.rule);
        return admit({ body, payload, began, manner });
    };

    /** Lets an event in that comes from Missive for certain. */
    const admit = async ({ body, payload, began, manner, more }: Admitted): Promise<Reply> => {
        const { event, conversation } = eventOf(payload);
        // Before the search for retries: what was not let through is not in the flow, so it has no retries.
        if (events.length > 0 && !events.includes(String(event))) return { status: 200 };
        if (!passes(filter, payload)) return { status: 200 };
        // Until then the nodes that the message goes to may not exist.
        if (!(await started.promise)) return { status: 503, error: 'Node-RED is being deployed.' };
        const opened = await inbox?.open().then(() => true, notOpened);
        if (opened === false) return { status: 503, error: noDisk };
        await states?.open();
        if (closed) return { status: 503, error: 'Node-RED is being deployed.' };
        const ticket = deliveries.begin(body, eventKey(payload), began);
        const known = ticket.again ? undefined : facts.of(payload);
        if (known?.loop) return brake(body, known.loop.said);
        const topic = conversation === undefined ? undefined : String(conversation);
        const arrival = { body, began, conversation: topic, ticket, facts: { ...known?.facts, ...more } };
        const reply = await take(hooks, manner, arrival);
        if (reply.status !== 200) known?.undo();
        const fault = { [full]: 'inbox full', [noDisk]: 'disk fails' }[reply.error ?? ''];
        state.trouble('inbox', fault ?? '');
        if (fault) state.warn(`Refused a webhook at ${path}: ${reply.error}`);
        return reply;
    };

    /** Missive gets its 200: sending the event again would not end the loop. */
    const brake = (body: Buffer, said: boolean): Reply => {
        if (!said) node.error(`The flow “${flowOf(RED, node)}” sets itself off: ${loopAdvice}`, messageOf(body));
        return { status: 200 };
    };

    const notOpened = (error: Error) => {
        state.trouble('inbox', 'disk fails');
        state.warn(`The kept deliveries cannot be read: ${error.message}`);
        return false;
    };

    const refuseSignature = (): Reply => {
        node.status({ fill: 'red', shape: 'ring', text: 'wrong signature' });
        state.warn(`Refused a webhook at ${path}: ${advice}`);
        return { status: 401, error: advice };
    };

    const emission = new Emission(node, {
        account,
        withBody: config.withBody === true,
        sent: () => state.event(),
        failed: (delivery) => void hooks.settle(delivery, 'failed').catch(notOpened),
    });

    const manner: Manner = {
        node: node.id,
        answer: config.answer === 'done' ? 'done' : 'received',
        inbox: keep ? inbox : undefined,
        send: (body, facts, delivery) => emission.send(body, facts, delivery),
    };

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
            const { status, settled } = await admit(event);
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
    const release = hooks.claim(path, { receive, answered, turn });
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
        inbox?.join(recipient).catch(notOpened);
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
        await hook?.close(removed);
        if (removed) presence?.discard();
        await (removed ? states?.discard() : states?.close())?.catch(() => undefined);
        await inbox?.leave(recipient);
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

const advice =
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.';
const loopAdvice =
    'an event that it has brought about itself has started it again, too often in a row. This conversation is held back for a minute. Let the flow look at msg.missive.own, or check what the conversation already has.';
const stoppedAdvice =
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.';
