import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import { sandbox } from '../sandbox/shared';
import type { Case } from './case';
import { problemsOf } from './compare';
import { happen, nodeCalled } from './happen';
import { outcomeOf } from './outcome';
import { type Sources, testSettings } from './user-directory';

/** What this program is told when it is started: one case. It runs in a process of its own, so no case sees another. */
export interface Job extends Sources {
    /** The folder of the `node-red` package. */
    readonly nodeRed: string;
    readonly folder: string;
    readonly it: Case;
}

/** Seconds in which nothing more may come once all is there; where nothing is expected, this is all there is to wait for. */
const [quiet, quietForNothing] = [0.5, 2];

/** Node-RED as a part of this process. */
interface Embedded {
    init(server: unknown, settings: object): void;
    start(): Promise<void>;
    stop(): Promise<void>;
    readonly httpAdmin: unknown;
    readonly httpNode: unknown;
    readonly hooks: NodeAPI['hooks'];
    readonly events: NodeAPI['events'];
    readonly runtime: { readonly _: { readonly nodes: unknown } };
}

process.once('message', (job: Job) => {
    void run(job)
        .catch((error: Error) => [error.message])
        .then((problems) => process.send?.(problems, () => process.exit(0)));
});

async function run(job: Job): Promise<string[]> {
    const embedded = require(job.nodeRed) as Embedded;
    const errors: string[] = [];
    const RED = await started(embedded, job, errors);
    try {
        await standIns(RED, embedded, job.it);
        return await played(RED, job.it, errors);
    } finally {
        await Promise.race([embedded.stop(), pause(3000)]);
        await sandbox().close();
    }
}

/** Starts Node-RED; resolves with what its nodes know of it. */
async function started(embedded: Embedded, job: Job, errors: string[]): Promise<NodeAPI> {
    const server = createServer();
    const settings = {
        ...testSettings(job, job.folder, job.nodeRed),
        logging: { cases: { level: 'error', metrics: false, audit: false, handler: () => noted(errors) } },
    };
    embedded.init(server, settings);
    // Embedded, Node-RED leaves the mounting to its host.
    const app = require(require.resolve('express', { paths: [job.nodeRed] }))();
    app.use(String((settings as { httpNodeRoot?: string }).httpNodeRoot ?? '/'), embedded.httpNode);
    server.on('request', app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const running = new Promise<void>((resolve, reject) => {
        embedded.events.once('flows:started', () => resolve());
        embedded.events.on('runtime-event', ({ payload }: { payload?: { error?: string; types?: string[] } }) => {
            if (payload?.error === 'missing-types')
                reject(new Error(`The flow needs nodes that are not installed: ${payload.types?.join(', ')}.`));
        });
    });
    running.catch(() => undefined);
    await embedded.start();
    await Promise.race([
        running,
        pause(30_000).then(() => Promise.reject(new Error(`Node-RED did not start the flow: ${errors.join('; ')}`))),
    ]);
    // What was logged on the way, such as credentials of another machine, is no fault of the case.
    errors.length = 0;
    return { ...(embedded as unknown as NodeAPI), server, settings, nodes: nodesOf(embedded) } as unknown as NodeAPI;
}

const nodesOf = (embedded: Embedded) => (embedded as unknown as { nodes: NodeAPI['nodes'] }).nodes;

const noted = (errors: string[]) => (entry: { level: number; msg: unknown }) => {
    if (entry.level <= 20) errors.push(entry.msg instanceof Error ? entry.msg.message : String(entry.msg));
};

/** Nodes that pass something on in place of doing their work. */
async function standIns(RED: NodeAPI, embedded: Embedded, { instead = {} }: Case): Promise<void> {
    const byId = new Map(Object.entries(instead).map(([name, more]) => [nodeCalled(RED, name).id, more]));
    type Sent = { msg: object; destination: { id: string } };
    (embedded.hooks as unknown as { add(name: string, on: (sent: Sent) => unknown): void }).add(
        'preDeliver.missive-test',
        ({ msg, destination }) => {
            const more = byId.get(destination.id);
            if (!more) return undefined;
            RED.nodes.getNode(destination.id).send({ ...msg, ...more });
            return false;
        },
    );
}

async function played(RED: NodeAPI, it: Case, errors: readonly string[]): Promise<string[]> {
    const practice = sandbox();
    await practice.address();
    const before = practice.snapshot();
    const problems = () => problemsOf(it.expect, outcomeOf(before, practice.snapshot(), errors));
    const end = performance.now() + (it.within ?? 10) * 1000;
    for (const given of it.given) await happen(RED, practice, given);
    for (let found = problems(); ; found = problems()) {
        if (found.length === 0) {
            await pause((it.expect === 'nothing' ? (it.within ?? quietForNothing) : quiet) * 1000);
            found = problems();
        }
        if (found.length === 0 || performance.now() > end) return found;
        await pause(50);
    }
}
