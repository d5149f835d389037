import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Answer, Priority, Turn } from '../missive/call';
import type { Client } from '../missive/client';
import { directoryOf } from '../missive/directory';
import { callOf, isSeveral, payloadOf } from '../missive/envelope';
import { inputError, MissiveError } from '../missive/errors';
import { type Declaration, type Family, operationOf, settingsOf } from '../missive/family';
import type { Fields, Input } from '../missive/fields';
import { withFiles } from '../missive/files';
import { pagesOf } from '../missive/listing';
import { type LookUp, withIds } from '../missive/names';
import type { Missive, Operation, Outcome } from '../missive/operation';
import type { Account } from './account';
import { readInput, sourcesOf } from './input';
import { migrated } from './migrations';
import { type Message, passPages, type Sending } from './pass-pages';
import { Progress } from './progress';

type Config = NodeDef & Readonly<Record<string, unknown>> & { readonly account?: string };

/** The Node-RED module of an operation, with the declaration that the build and the tests read. */
export type OperationModule = ((RED: NodeAPI) => void) & { readonly operation: Declaration };

/** Makes the Node-RED node of an operation or a family of them: the one place with send, done and status. */
export function operationNode<F extends Fields>(declared: Operation<F> | Family): OperationModule {
    const declaration = declared as unknown as Declaration;
    function register(RED: NodeAPI): void {
        RED.nodes.registerType(declaration.type, function (this: Node, stored: Config) {
            RED.nodes.createNode(this, stored);
            start(RED, this, declaration, migrated(declaration.type, stored));
        });
    }
    return Object.assign(register, { operation: declaration });
}

function start(RED: NodeAPI, node: Node, declaration: Declaration, config: Config): void {
    const op = operationOf(declaration, config.resource);
    const settings = chosenIn(declaration, config);
    const sources = sourcesOf(op, config);
    const stop = new AbortController();
    const progress = new Progress(RED, node);
    let dropped = 0;

    node.on('input', async (msg: Message, send, done) => {
        progress.begin();
        try {
            const account = accountOf(RED, config.account);
            const input = await readInput(RED, node, sources, msg);
            const turn = {
                node: node.id,
                priority: priorityOf(msg, config),
                signal: stop.signal,
                started: () => progress.started(),
            };
            const client = account.client();
            progress.follow(client.limiter);
            const ready = await readied(RED, op, settings, account, input, turn);
            if (op.pages) {
                const pages = pagesOf(op, ready, (call) => client.send(call, turn));
                const way = { RED, node, msg, send, signal: stop.signal };
                await passPages(pages, settings.send as Sending, way);
            } else {
                const { call, answer, payload, notes } = await perform(op, settings, client, ready, turn);
                const { method, path } = call;
                const { status, attempts, waited } = answer;
                msg.payload = payload;
                msg.missive = { method, path, status, attempts, waited, ...notes };
            }
            progress.done();
            if (!op.pages) send(msg);
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

type OwnTurn = Turn & { readonly signal: AbortSignal };

/** What an operation's own steps may use. */
const missiveOf = (client: Client, turn: OwnTurn): Missive => ({
    send: (call) => client.send(call, turn),
    shared: client.limiter,
    signal: turn.signal,
});

/** The input as it goes out: with the default organization, checked, with ids in the place of names, with its files. */
async function readied(
    RED: NodeAPI,
    op: Operation,
    settings: Readonly<Record<string, string>>,
    account: Account,
    given: Input<Fields>,
    turn: OwnTurn,
): Promise<Input<Fields>> {
    const client = account.client();
    const { userDir: folder } = RED.settings as { readonly userDir?: string };
    const filled = withOrganization(op, account, given);
    const prepared = op.prepare ? await op.prepare(filled, missiveOf(client, turn), settings) : filled;
    const wrong = op.check?.(prepared);
    if (wrong) throw inputError(wrong);
    // After the check: what cannot be sent costs no request for a name, and fetches no file.
    const found = await withIds(op.fields, prepared, lookUpOf(client));
    const adjusted = op.adjust?.(found) ?? found;
    return withFiles(op.fields, adjusted, { folder, home: () => client.address(), signal: turn.signal });
}

async function perform(
    op: Operation,
    settings: Readonly<Record<string, string>>,
    client: Client,
    input: Input<Fields>,
    turn: OwnTurn,
): Promise<Outcome> {
    const missive = missiveOf(client, turn);
    if (op.run) return op.run(input, missive, settings);
    const call = callOf(op, input);
    const answer = await missive.send(call).catch((cause: unknown) => unlessFine(op, cause));
    return { call, answer, payload: payloadOf(op, answer, isSeveral(input)) };
}

/** A 404 that means something of its own to the operation. */
function unlessFine({ missing }: Operation, cause: unknown): Answer {
    const isMissing = cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND';
    if (!isMissing || missing === undefined) throw cause;
    const { status = 404, attempts = 1, details } = cause;
    if (missing === 'fine') return { status, attempts, body: undefined, waited: 0 };
    throw new MissiveError('ERR_MISSIVE_NOT_FOUND', missing.says, { status, attempts, details });
}

/** Lists are loaded ahead of what flows send, and for all nodes together: one that stops must not end it for the others. */
const lookUpOf =
    (client: Client): LookUp =>
    (resource, age) => {
        const turn = { node: 'missive-directory', priority: 'high' } as const;
        return directoryOf(client.limiter).list(resource, (call) => client.send(call, turn), age);
    };

/** The account's default organization stands where the operation has such a field and it came out blank. */
const withOrganization = (op: Operation, account: Account, input: Input<Fields>): Input<Fields> =>
    'organization' in op.fields &&
    input.organization === undefined &&
    account.organization !== '' &&
    (op.takesDefault?.(input) ?? true)
        ? { ...input, organization: account.organization }
        : input;

/** The node's settings, each with its stored value where that is one of its choices, else the first choice. */
const chosenIn = (declaration: Declaration, config: Config): Record<string, string> =>
    Object.fromEntries(
        Object.entries(settingsOf(declaration)).map(([key, { choices }]) => {
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
