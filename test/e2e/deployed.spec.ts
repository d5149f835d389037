import 'should';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '../../src/missive/events/signature';
import { deployRun } from '../support/deploy-run';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

const secret = 's3cret';
const place = { z: 'f', x: 1, y: 1 };
const task = {
    title: 'x',
    team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
    organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
};

/** webhook in → something in between → create task → webhook done; `names` are those of the nodes, to change them. */
const flow = (url: string, hook: object, names: Readonly<Record<string, string>> = {}) =>
    [
        { id: 'f', type: 'tab' },
        { id: 'acc', type: 'missive-config', url },
        {
            ...place,
            id: 'hook',
            type: 'missive-webhook-in',
            path: 'missive',
            account: 'acc',
            wires: [['make']],
            ...hook,
        },
        {
            ...{ ...place, id: 'make', type: 'function', outputs: 1, wires: [['slow']] },
            func: `msg.payload = ${JSON.stringify(task)}; msg.payload.title = msg.missive.message; return msg;`,
        },
        {
            ...place,
            id: 'slow',
            type: 'delay',
            pauseType: 'delay',
            timeout: '1',
            timeoutUnits: 'milliseconds',
            wires: [['task']],
        },
        { ...place, id: 'task', type: 'missive-create-task', account: 'acc', wires: [['done']] },
        { ...place, id: 'done', type: 'missive-webhook-done', wires: [[]] },
        { ...place, id: 'other', type: 'function', func: 'return msg;', outputs: 1, wires: [[]] },
    ].map((node) => (names[node.id] === undefined ? node : { ...node, name: names[node.id] }));

const bodyOf = (message: string) =>
    JSON.stringify({
        rule: { id: 'r1', type: 'incoming_email' },
        conversation: { id: `c-${message}` },
        message: { id: message },
    });

describe('a deploy while deliveries are under way', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let url: string;
    let red: NodeRed | undefined;

    before(async () => {
        url = await missive.start();
    });
    afterEach(async () => {
        await red?.stop();
        red = undefined;
        missive.seen.length = 0;
    });
    after(() => missive.stop());

    const start = async (hook: object) => {
        red = await startNodeRed({
            flows: flow(url, hook),
            credentials: { hook: { secret }, acc: { token: 'tok-deployed' } },
        });
        return red;
    };
    const post = async (message: string) => {
        const body = bodyOf(message);
        const headers = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) };
        const response = await fetch(`${red?.url}/missive`, { method: 'POST', body, headers });
        await response.arrayBuffer();
        return response.status;
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 2000 && !fits(); i += 1) await sleep(10);
        fits().should.be.true();
    };
    const titles = () => missive.seen.map(({ body }) => (body as { tasks?: { title?: string } })?.tasks?.title);

    it('again and again: none is lost, none is worked twice', async () => {
        const result = await deployRun({ deliveries: 400, conversations: 20, every: 300, gap: 20 });
        result.should.containEql({ answered: 400, lost: 0, twice: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 });
        result.deploys.should.be.above(1);
    });

    it('of webhook in alone, while the call waits for Missive: it is made once', async () => {
        const { deploy } = await start({ keep: true });
        missive.otherwise = () => [429, {}, { 'retry-after': '9' }];
        (await post('m1')).should.equal(200);
        await until(() => missive.seen.length === 1);
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
        await deploy(flow(url, { keep: true }, { hook: 'changed' }), 'nodes');
        await until(() => missive.seen.length === 2);
        await sleep(6500);
        titles().should.eql(['m1', 'm1']); // the one that was refused, and its repeat
    });

    it('of the node that the message is in: it comes again, be that one in a subflow, or a call that waits', async () => {
        // A debug node has it too, for good.
        const nodes = (timeout: string, names = {}) => [
            ...flow(url, { keep: true, wires: [['make', 'debug']] }, names).map((node) => {
                if (node.id === 'slow') return { ...node, timeout, z: 'sub', wires: [] };
                return node.id === 'make' ? { ...node, wires: [['instance']] } : node;
            }),
            { ...place, id: 'debug', type: 'debug', active: false, wires: [] },
            {
                ...{ id: 'sub', type: 'subflow', name: 'sub' },
                ...{ in: [{ wires: [{ id: 'slow' }] }], out: [{ wires: [{ id: 'slow', port: 0 }] }] },
            },
            { ...place, id: 'instance', type: 'subflow:sub', wires: [['task']] },
        ];
        const { deploy } = await start({ keep: true });
        await deploy(nodes('1'), 'nodes');
        missive.otherwise = () => [429, {}, { 'retry-after': '2' }];
        (await post('m1')).should.equal(200);
        await until(() => missive.seen.length === 1);
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
        await deploy(nodes('180000'), 'nodes');
        (await post('m2')).should.equal(200);
        await sleep(200);
        await deploy(nodes('1', { task: 'changed' }), 'nodes');
        await until(() => missive.seen.length === 3);
        titles().sort().should.eql(['m1', 'm1', 'm2']); // one was refused
    });

    it('of another node than the one that the message is in: it does not come again', async () => {
        const { deploy } = await start({ keep: true });
        const slow = (names: Readonly<Record<string, string>>) =>
            flow(url, { keep: true }, names).map((node) =>
                node.id === 'slow' ? { ...node, timeout: '8', timeoutUnits: 'seconds' } : node,
            );
        await deploy(slow({}), 'nodes');
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
        (await post('m1')).should.equal(200);
        await sleep(200);
        await deploy(slow({ hook: 'changed', make: 'changed', done: 'changed', other: 'changed' }), 'nodes');
        await until(() => missive.seen.length === 1);
        await sleep(1000);
        titles().should.eql(['m1']);
    });

    it('that takes away a node whose rule is slow to delete: every event that is answered 200 is in the flow', async () => {
        const hook = { mode: 'hook', url: 'https://flows.example.com', hook_type: 'incoming_email', path: 'own' };
        missive.otherwise = ({ method }) => [
            method === 'POST' ? 201 : 200,
            { hooks: { id: 'h1' }, tasks: { id: 't' } },
        ];
        const { deploy } = await start({});
        const both = [
            ...flow(url, {}),
            { ...place, id: 'own', type: 'missive-webhook-in', account: 'acc', wires: [[]], ...hook },
        ];
        await deploy(both, 'nodes');
        await until(() => missive.seen.some((each) => each.url.endsWith('/hooks')));
        let deleted = false;
        missive.otherwise = async ({ method }) => {
            if (method === 'DELETE') {
                await sleep(6000);
                deleted = true;
            }
            return [201, { tasks: { id: 't' } }];
        };
        const statuses: number[] = [];
        const posting = (async () => {
            for (let n = 0; n < 20; n += 1) {
                statuses.push(await post(`d${n}`));
                await sleep(20);
            }
        })();
        await deploy(flow(url, {}, { make: 'changed' }), 'nodes');
        deleted.should.be.false('the deploy waits for Missive');
        await posting;
        await until(
            () =>
                titles().filter((title) => title?.startsWith('d')).length === statuses.filter((s) => s === 200).length,
        );
        statuses.filter((status) => status === 200).length.should.equal(20);
    });
});
