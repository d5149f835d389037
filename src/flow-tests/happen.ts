import { setTimeout as pause } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import { sign } from '../missive/events/signature';
import type { Account } from '../runtime/account';
import type { Snapshot } from '../sandbox/practice/snapshot';
import type { Sandbox } from '../sandbox/sandbox';
import type { Given } from './case';

type Stored = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** The node with this name or id; throws where there is none, or several of the name. */
export function nodeCalled(RED: NodeAPI, name: string): Node {
    const found: string[] = [];
    RED.nodes.eachNode((each) => {
        const { id, name: own, label } = each as unknown as Stored;
        if (id === name || own === name || label === name) found.push(id);
    });
    const [only] = found;
    if (only === undefined) throw new Error(`There is no node called “${name}”.`);
    if (found.length > 1) throw new Error(`${found.length} nodes are called “${name}”: give the id of one.`);
    const node = RED.nodes.getNode(only) as Node | null;
    if (!node) throw new Error(`The node “${name}” does not run.`);
    return node;
}

/** Lets one thing happen; resolves when the practice inbox has told the flow. */
export async function happen(RED: NodeAPI, sandbox: Sandbox, given: Given): Promise<void> {
    if ('wait' in given) await pause(given.wait * 1000);
    else if ('inject' in given) nodeCalled(RED, given.inject).receive();
    else if ('message' in given) nodeCalled(RED, given.to).receive({ ...given.message });
    else if ('webhook' in given) await deliver(RED, sandbox, given.webhook, given.to);
    else if ('comment' in given) {
        const { conversation, body } = given.comment;
        await sandbox.colleagueComments({ conversation: conversationCalled(sandbox.snapshot(), conversation), body });
    } else if ('label' in given) {
        const { conversation, add = [], remove = [] } = given.label;
        const state = sandbox.snapshot();
        const ids = (names: readonly string[]) => names.map((name) => labelCalled(state, name));
        const where = conversationCalled(state, conversation);
        await sandbox.changeLabels({ conversation: where, add: ids(add), remove: ids(remove) });
    } else if ('change' in given) await change(sandbox, given.change);
    else if ('reply' in given) {
        const { conversation, body, files } = given.reply;
        const where = conversationCalled(sandbox.snapshot(), conversation);
        const mailto = { body, ...attached(files) };
        sandbox.agentActs({ do: 'reply', conversation: where, deliver: true, mailto });
    } else if ('http' in given) await call(RED, given.http);
    else {
        const { conversation, files, body = '', ...mail } = given.customer;
        const into = conversation && { conversation: conversationCalled(sandbox.snapshot(), conversation) };
        await sandbox.customerWrites({ ...mail, body, ...attached(files), ...into });
    }
}

const attached = (files: Readonly<Record<string, string>> | undefined) =>
    files && {
        attachments: Object.entries(files).map(([filename, text]) => ({
            ...{ filename, base64_data: Buffer.from(text).toString('base64') },
        })),
    };

async function change(sandbox: Sandbox, given: Extract<Given, { change: unknown }>['change']): Promise<void> {
    const { conversation, team, assign, ...rest } = given;
    const state = sandbox.snapshot();
    await sandbox.colleagueChanges({
        ...rest,
        conversation: conversationCalled(state, conversation),
        ...(team && { team: oneCalled('team', state.teams, team) }),
        ...(assign && { assign: assign.map((name) => oneCalled('colleague', state.users, name)) }),
    });
}

/** Where the flow listens, without a slash at the end. */
function placeOf(RED: NodeAPI): string {
    const address = RED.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return `http://127.0.0.1:${[port, trimmed(RED.settings.httpNodeRoot)].filter(Boolean).join('/')}`;
}

const trimmed = (path: unknown): string => String(path || '').replace(/^\/+|\/+$/g, '');

async function call(RED: NodeAPI, { path, method = 'POST', body }: Extract<Given, { http: unknown }>['http']) {
    const json = body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
    };
    const answer = await fetch(`${placeOf(RED)}/${path.replace(/^\/+/, '')}`, { method, ...json });
    await answer.arrayBuffer();
    if (answer.status === 404) throw new Error(`The flow has no HTTP node for ${method} ${path}.`);
}

/** By its id, its subject, or the subject of its latest message with or without what a reply puts in front of it. */
function conversationCalled({ conversations }: Snapshot, name: string): string {
    const short = (text: unknown) => String(text ?? '').replace(/^((re|fwd?|aw|tr)\s*:\s*)+/i, '');
    const found = conversations.find(
        ({ id, subject, latest_message_subject }) =>
            id === name ||
            (subject ?? latest_message_subject) === name ||
            short(subject ?? latest_message_subject) === name,
    );
    if (found) return found.id;
    const all = conversations.map(({ subject, latest_message_subject }) => subject ?? latest_message_subject);
    throw new Error(
        `The practice inbox has no conversation “${name}”. There are: ${all.filter((each) => each).join(', ')}.`,
    );
}

const labelCalled = ({ labels }: Snapshot, name: string): string => oneCalled('label', labels, name);

function oneCalled(what: string, all: readonly { readonly id: string; readonly name: string }[], name: string): string {
    const found = all.find((each) => each.id === name || each.name === name);
    if (found) return found.id;
    const names = all.map((each) => each.name).join(', ');
    throw new Error(`The practice inbox has no ${what} “${name}”. There are: ${names}.`);
}

/** Sends a webhook into the flow as Missive would, signed; throws where it is not answered 200. */
async function deliver(RED: NodeAPI, sandbox: Sandbox, payload: object, to: string | undefined): Promise<void> {
    const hooks: Stored[] = [];
    RED.nodes.eachNode((each) => {
        const stored = each as unknown as Stored;
        if (stored.type === 'missive-webhook-in' && stored.d !== true) hooks.push(stored);
    });
    const hook = hooks.find(
        (each) => to === undefined || [each.id, each.name].includes(to) || trimmed(each.path) === trimmed(to),
    );
    if (!hook) throw new Error(to === undefined ? 'The flow has no webhook in.' : `There is no webhook in “${to}”.`);
    const node = RED.nodes.getNode(hook.id) as (Node & { credentials?: { secret?: string } }) | null;
    const account = RED.nodes.getNode(String(hook.account)) as Account | null;
    const secret = node?.credentials?.secret || account?.webhookSecret || sandbox.secret;
    const rule = sandbox
        .snapshot()
        .rules.find(({ id, url }) => id === hook.id || url?.includes(`/${trimmed(hook.path)}?`));
    const url = rule?.url ?? `${placeOf(RED)}/${trimmed(hook.path)}`;
    const body = JSON.stringify(payload);
    const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) },
        body,
    });
    if (answer.status !== 200) throw new Error(`The webhook was answered ${answer.status}: ${await answer.text()}`);
}
