import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { Call, Priority, Turn } from '../missive/call';
import type { Client } from '../missive/client';
import { inputError, MissiveError } from '../missive/errors';
import type { Fields, Input } from '../missive/fields';
import { callOf, type Operation, type Outcome, payloadOf } from '../missive/operation';
import type { Account } from './account';
import { readInput, sourcesOf } from './input';
import { migrated } from './migrations';
import { Progress } from './progress';

type Config = NodeDef & Readonly<Record<string, unknown>> & { readonly account?: string };
type Message = NodeMessageInFlow & { priority?: unknown; missive?: unknown };

/** The Node-RED module of an operation, with the declaration that the build and the tests read. */
export type OperationModule = ((RED: NodeAPI) => void) & { readonly operation: Operation };

/** Makes the Node-RED node of an operation: the one place with send, done and status. */
export function operationNode<F extends Fields>(op: Operation<F>): OperationModule {
    function register(RED: NodeAPI): void {
        RED.nodes.registerType(op.type, function (this: Node, stored: Config) {
            RED.nodes.createNode(this, stored);
            start(RED, this, op, migrated(op.type, stored));
        });
    }
    return Object.assign(register, { operation: op as unknown as Operation });
}

function start<F extends Fields>(RED: NodeAPI, node: Node, op: Operation<F>, config: Config): void {
    const sources = sourcesOf(op as unknown as Operation, config);
    const stop = new AbortController();
    const progress = new Progress(RED, node);
    let dropped = 0;

    node.on('input', async (msg: Message, send, done) => {
        progress.begin();
        try {
            const account = accountOf(RED, config.account);
            const input = await readInput<F>(RED, node, sources, msg);
            const turn = {
                node: node.id,
                priority: priorityOf(msg, config),
                signal: stop.signal,
                started: () => progress.started(),
            };
            const client = account.client();
            progress.follow(client.limiter);
            const { call, answer, payload, notes } = await perform(op, config, account, client, input, turn);
            const { method, path } = call;
            const { status, attempts, waited } = answer;
            msg.payload = payload;
            msg.missive = { method, path, status, attempts, waited, ...notes };
            progress.done();
            send(msg);
            done();
        } catch (cause) {
            const error = cause instanceof Error ? cause : new Error(String(cause));
            if (error instanceof MissiveError && error.code === 'ERR_MISSIVE_CLOSED') dropped += 1;
            progress.fail(error instanceof MissiveError ? error.text : 'failed');
            done(error);
        }
    });

    node.on('close', (done: () => void) => {
        stop.abort();
        progress.close();
        // The waiting calls are refused one tick later; what is on the wire ends by itself and passes its message on.
        setImmediate(() => {
            if (dropped > 0) node.warn(`${dropped} waiting message(s) dropped: the node was stopped`);
            done();
        });
    });
}

async function perform<F extends Fields>(
    op: Operation<F>,
    config: Config,
    account: Account,
    client: Client,
    given: Input<F>,
    turn: Turn,
): Promise<Outcome> {
    const filled = withOrganization(op, account, given);
    const wrong = op.check?.(filled);
    if (wrong) throw inputError(wrong);
    const input = op.adjust?.(filled) ?? filled;
    const send = (call: Call) => client.send(call, turn);
    if (op.run) return op.run(input, { send, shared: client.limiter }, settingsOf(op as unknown as Operation, config));
    const call = callOf(op, input);
    const answer = await send(call);
    return { call, answer, payload: payloadOf(op, answer) };
}

/** The account's default organization stands where the operation has such a field and it came out blank. */
const withOrganization = <F extends Fields>(op: Operation<F>, account: Account, input: Input<F>): Input<F> =>
    'organization' in op.fields && input.organization === undefined && account.organization !== ''
        ? { ...input, organization: account.organization }
        : input;

/** The node's settings, each with its stored value where that is one of its choices, else the first choice. */
const settingsOf = (op: Operation, config: Config): Record<string, string> =>
    Object.fromEntries(
        Object.entries(op.settings ?? {}).map(([key, { choices }]) => {
            const stored = config[key];
            const [first = ''] = Object.keys(choices);
            return [key, typeof stored === 'string' && stored in choices ? stored : first];
        }),
    );

function accountOf(RED: NodeAPI, id: string | undefined): Account {
    if (!id)
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'No account is chosen. Open the node and choose a Missive account.',
        );
    const account = RED.nodes.getNode(id) as Account | null;
    if (!account || typeof account.client !== 'function')
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'The Missive account of this node is missing or switched off. Open the node, choose an account and deploy.',
        );
    return account;
}

const priorities: readonly unknown[] = ['high', 'normal', 'low'] satisfies Priority[];

const priorityOf = (msg: Message, config: Config): Priority | undefined =>
    [msg.priority, config.priority].find((each): each is Priority => priorities.includes(each));
