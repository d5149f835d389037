import { setTimeout as pause } from 'node:timers/promises';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Priority } from '../../missive/call';
import { ending } from '../../missive/ending';
import { MissiveError } from '../../missive/errors';
import { pagesOf } from '../../missive/lists/listing';
import { type Declaration, operationOf, settingsOf } from '../../missive/operations/family';
import { type Account, deployedAccount } from '../account';
import { deliveryOf, runOf } from '../delivery-mark';
import { flowsOf } from '../flows';
import { held } from '../held';
import { speaking } from '../language/speaking';
import { recordedOf } from '../recorded/recorded';
import { projectOf } from '../user-folder';
import { doneText, wordOf } from './done-text';
import { failed } from './failing';
import { statusOf } from './in-short';
import { readInput, sourcesIn } from './input';
import { type Message, passPages, type Sending } from './pass-pages';
import { perform, readied } from './perform';
import { Progress } from './progress';

export type Config = NodeDef & Readonly<Record<string, unknown>> & { readonly account?: string };

/** Hangs an operation on the events of its node: the one place with send, done and status. */
export function start(RED: NodeAPI, node: Node, declaration: Declaration, config: Config): void {
    const say = speaking(RED, node, declaration);
    const op = operationOf(declaration, config.resource);
    const settings = chosenIn(declaration, config);
    const sources = sourcesIn(RED, node, op, config);
    const stop = ending();
    const progress = new Progress(RED, node);
    const flows = flowsOf(RED);
    const project = projectOf(RED);
    let unfollow: (() => void) | undefined;
    // The account may be made after the node.
    const off = flows.onStarted(() => {
        unfollow?.();
        unfollow = deployedAccount(RED, config.account)?.pause.follow((on) => progress.paused(on));
    });
    const recorded = recordedOf(RED);
    let dropped = 0;
    /** Calls that must not be made twice, on the wire just now. */
    const wire = new Set<Promise<void>>();
    const onWire = (over: Promise<void>) => {
        wire.add(over);
        void over.then(() => wire.delete(over));
    };
    const heard = () => !flows.stopped;

    node.on('input', async (msg: Message, send, done) => {
        progress.begin();
        const delivery = deliveryOf(msg);
        const passOn = held.take(delivery, node);
        recorded.note(node.id, 'in', msg);
        let refused = false;
        try {
            const account = accountOf(RED, config.account);
            const input = await readInput(RED, node, sources, msg, account.country);
            const turn = {
                node: node.id,
                priority: priorityOf(msg, config),
                signal: stop.signal,
                country: account.country,
                folder: account.files,
                started: () => progress.started(),
                occasion: { node: node.id, delivery, run: runOf(msg), part: partOf(msg), heard, onWire },
            };
            const client = account.client();
            progress.follow(client.limiter);
            const ready = await readied(op, settings, account, input, turn);
            let count: number | undefined;
            let outcome: string | undefined;
            if (op.pages) {
                const pages = pagesOf(op, ready, (call) => client.send(call, turn));
                const came = (text: string) => progress.page(text);
                const noted = (each: Message) => {
                    recorded.note(node.id, 'out', each);
                    send(each);
                };
                const warn = (text: string) => node.warn(text);
                const way = { RED, came, warn, msg, send: noted, signal: stop.signal };
                count = await passPages(pages, settings.send as Sending, way);
            } else {
                const { call, answer, payload, notes } = await perform(op, settings, client, ready, turn);
                const { method, path } = call;
                const { status, attempts, waited, dry } = answer;
                msg.payload = payload;
                count = Array.isArray(payload) ? payload.length : undefined;
                outcome = op.outcome?.(ready, notes);
                const sent = dry ? { status: undefined, dry } : { status };
                msg.missive = { method, path, ...sent, attempts, waited, ...notes };
                recorded.note(node.id, 'out', msg);
            }
            const what = { key: wordOf(op, outcome, settings.resource), count };
            progress.done(account.dry ? undefined : doneText(RED, op, what));
            // Between the stop and the start of a deploy it would get lost.
            if (flows.stopped) await flows.running();
            // Of another project that is open now neither the nodes nor the account are this one's.
            refused = stop.signal.aborted && projectOf(RED) !== project;
            if (!op.pages && !refused) passMessage(RED, node, stop.signal.aborted, send, msg);
            done();
        } catch (cause) {
            const error = cause instanceof Error ? cause : new Error(String(cause));
            refused = error instanceof MissiveError && error.code === 'ERR_MISSIVE_CLOSED';
            if (refused) dropped += 1;
            progress.fail(statusOf(RED, error, op.fields, say));
            failed(node, msg, done, error);
        } finally {
            passOn(refused && stop.signal.aborted);
        }
    });

    node.on('close', (done: () => void) => {
        stop.abort();
        off();
        unfollow?.();
        progress.close();
        // The waiting calls are refused one tick later; what is on the wire ends by itself and passes its message on.
        setImmediate(() => {
            if (dropped > 0) node.warn(`${dropped} waiting message(s) dropped: the node was stopped`);
            if (!flows.ending || wire.size === 0) return done();
            // Where Node-RED itself ends, nobody else would know what became of them.
            void Promise.race([Promise.all(wire), pause(farewell, undefined, { ref: false })]).then(() => done());
        });
    });
}

/** So long the end of Node-RED waits for calls that are on the wire, in milliseconds. */
const farewell = 10_000;

/** The places of a message in what was split, from the inside out. */
function partOf({ parts }: Message): string {
    const places: unknown[] = [];
    for (let part = parts as Parts; typeof part === 'object' && part !== null && places.length < 20; part = part.parts)
        places.push(part.index);
    return places.join('.');
}

type Parts = { readonly index?: unknown; readonly parts?: Parts } | null | undefined;

/** After a full deploy the flow that a stopped node was in is gone; the node that took its place passes its message on. */
function passMessage(RED: NodeAPI, node: Node, stopped: boolean, send: (msg: Message) => void, msg: Message): void {
    const successor = stopped ? (RED.nodes.getNode(node.id) as Node | null) : null;
    if (successor && successor !== node) successor.send(msg);
    else send(msg);
}

/** The node's settings, each with its stored value where that is one of its choices, else the first choice. */
export const chosenIn = (declaration: Declaration, config: Config): Record<string, string> =>
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
