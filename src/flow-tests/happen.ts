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
    } else {
        const { conversation, ...mail } = given.customer;
        const into = conversation && { conversation: conversationCalled(sandbox.snapshot(), conversation) };
        await sandbox.customerWrites({ ...mail, ...into });
    }
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

function labelCalled({ labels }: Snapshot, name: string): string {
    const found = labels.find((each) => each.id === name || each.name === name);
    if (!found)
        throw new Error(
            `The practice inbox has no label “${name}”. There are: ${labels.map((each) => each.name).join(', ')}.`,
        );
    return String(found.id);
}

/** Sends a webhook into the flow as Missive would, signed; throws where it is not answered 200. */
async function deliver(RED: NodeAPI, sandbox: Sandbox, payload: object, to: string | undefined): Promise<void> {
    const hooks: Stored[] = [];
    RED.nodes.eachNode((each) => {
        const stored = each as unknown as Stored;
        if (stored.type === 'missive-webhook-in' && stored.d !== true) hooks.push(stored);
    });
    const same = (path: unknown) => String(path ?? '').replace(/^\/+|\/+$/g, '');
    const hook = hooks.find(
        (each) => to === undefined || [each.id, each.name].includes(to) || same(each.path) === same(to),
    );
    if (!hook) throw new Error(to === undefined ? 'The flow has no webhook in.' : `There is no webhook in “${to}”.`);
    const node = RED.nodes.getNode(hook.id) as (Node & { credentials?: { secret?: string } }) | null;
    const account = RED.nodes.getNode(String(hook.account)) as Account | null;
    const secret = node?.credentials?.secret || account?.webhookSecret || sandbox.secret;
    const rule = sandbox
        .snapshot()
        .rules.find(({ id, url }) => id === hook.id || url?.includes(`/${same(hook.path)}?`));
    const address = RED.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const root = same(RED.settings.httpNodeRoot || '');
    const url = rule?.url ?? `http://127.0.0.1:${port}/${[root, same(hook.path)].filter(Boolean).join('/')}`;
    const body = JSON.stringify(payload);
    const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) },
        body,
    });
    if (answer.status !== 200) throw new Error(`The webhook was answered ${answer.status}: ${await answer.text()}`);
}
