import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

const place = { z: 'f1', x: 100, y: 100 };
/** Eight tasks wait behind this button; `names` are those of the nodes, to change them. */
const flow = (url: string, names: { readonly task?: string; readonly done?: string } = {}) => [
    { id: 'f1', type: 'tab', label: 'x' },
    { id: 'acc', type: 'missive-config', url },
    {
        ...place,
        id: 'start',
        type: 'inject',
        props: [{ p: 'payload' }],
        payload:
            '{"title":"x","team":"1f0a5c3e-b3c3-4696-a022-3f99b58b0d61","organization":"7c1e0f52-886f-4e3d-af67-614f41edf1df"}',
        payloadType: 'json',
        wires: [['task']],
    },
    { ...place, id: 'task', type: 'missive-create-task', name: names.task ?? '', account: 'acc', wires: [['done']] },
    {
        ...place,
        id: 'done',
        name: names.done ?? '',
        type: 'debug',
        active: true,
        console: true,
        tosidebar: false,
        complete: 'payload.id',
        targetType: 'msg',
        wires: [],
    },
    { ...place, id: 'catch', type: 'catch', scope: null, wires: [['failed']] },
    {
        ...place,
        id: 'failed',
        type: 'debug',
        active: true,
        console: true,
        tosidebar: false,
        complete: 'error.cause.code',
        targetType: 'msg',
        wires: [],
    },
];

describe('a node that is stopped by a deploy', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let nodeRed: NodeRed;
    let answer: () => void;

    const count = (pattern: RegExp) => nodeRed.log().match(pattern)?.length ?? 0;

    before(async () => {
        const url = await missive.start();
        const held = new Promise<void>((resolve) => (answer = resolve));
        missive.otherwise = async () => {
            await held;
            return [201, { tasks: { id: 'made-in-missive' } }];
        };
        nodeRed = await startNodeRed({ flows: flow(url), credentials: { acc: { token: 'tok-closing' } } });
        for (let i = 0; i < 8; i++) await fetch(`${nodeRed.adminUrl}/inject/start`, { method: 'POST' });
        while (missive.seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
        await nodeRed.deploy(flow(url, { task: 'changed' }), 'nodes');
    });
    after(async () => {
        await nodeRed?.stop();
        await missive.stop();
    });

    it('refuses what waits, once each, and says how much that was', async () => {
        await nodeRed.logged(/3 waiting message\(s\) dropped/);
        count(/ERR_MISSIVE_CLOSED/g).should.equal(3);
        missive.seen.should.have.length(5);
    });

    it('lets what is on its way end, sends it once, and passes it on', async () => {
        answer();
        await nodeRed.logged(/(made-in-missive[\s\S]*){5}/);
        missive.seen.should.have.length(5);
        should(nodeRed.log()).not.containEql('tok-closing');
    });
});

describe('a node that a deploy leaves alone', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let nodeRed: NodeRed;
    after(async () => {
        await nodeRed?.stop();
        await missive.stop();
    });

    it('loses none of its waiting messages, and sends none twice', async () => {
        const url = await missive.start();
        let answer: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (answer = resolve));
        let made = 0;
        missive.otherwise = async () => {
            await held;
            made += 1;
            return [201, { tasks: { id: `made-${made}` } }];
        };
        nodeRed = await startNodeRed({ flows: flow(url), credentials: { acc: { token: 'tok-unchanged' } } });
        for (let i = 0; i < 8; i++) await fetch(`${nodeRed.adminUrl}/inject/start`, { method: 'POST' });
        while (missive.seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
        await nodeRed.deploy(flow(url, { done: 'changed' }), 'nodes');
        answer();
        await nodeRed.logged(/made-8/);
        missive.seen.should.have.length(8);
        should(nodeRed.log()).not.match(/ERR_MISSIVE_CLOSED|dropped/);
    });
});
