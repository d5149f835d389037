import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { sign } from '../../src/missive/events/signature';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

const secret = 's3cret';
const place = { z: 'f', x: 1, y: 1 };
const organization = '7c1e0f52-886f-4e3d-af67-614f41edf1df';
const team = '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61';
const fn = (id: string, func: string, ...wires: string[]) => ({
    ...{ ...place, id, type: 'function', func, outputs: 1, wires: [wires] },
});
/** Worded anew each time: what a language model writes. */
const make = `msg.payload = { title: 'for ' + msg.missive.message, description: 'written ' + Math.random(), team: '${team}', organization: '${organization}' };`;

/** webhook in → `make` → create task → `after` → webhook done; an error of the task goes to `caught`, too. */
const flow = (
    url: string,
    {
        makes = `${make} return msg;`,
        after = 'return msg;',
        caught = "node.warn('caught ' + msg.error.message); return null;",
    } = {},
) => [
    { id: 'f', type: 'tab' },
    { id: 'acc', type: 'missive-config', url },
    {
        ...{ ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', keep: true, account: 'acc' },
        wires: [['make']],
    },
    fn('make', makes, 'split'),
    { ...place, id: 'split', type: 'split', splt: '\\n', wires: [['task']] },
    { ...place, id: 'task', type: 'missive-create-task', account: 'acc', wires: [['after']] },
    fn('after', after, 'done'),
    { ...place, id: 'done', type: 'missive-webhook-done', outcome: 'outcome', outcomeType: 'msg', wires: [['told']] },
    fn('told', "node.warn('told ' + (msg.outcome || 'done') + ' ' + JSON.stringify(msg.payload)); return null;"),
    { ...place, id: 'catch', type: 'catch', scope: ['task'], wires: [['caught']] },
    fn('caught', caught, 'done'),
];
/** The split node parts objects by their keys: here none. */
const whole = (list: object[]) =>
    list
        .filter((node) => (node as { id: string }).id !== 'split')
        .map((node) => ((node as { id: string }).id === 'make' ? { ...node, wires: [['task']] } : node));

describe('what a kept event makes in Missive is made once', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let url: string;
    let userDir: string;
    let red: NodeRed | undefined;

    before(async () => {
        url = await missive.start();
    });
    beforeEach(() => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-once-'));
        missive.reset();
    });
    afterEach(async () => {
        await red?.stop();
        rmSync(userDir, { recursive: true, force: true });
    });
    after(() => missive.stop());

    const start = async (flows?: object[]) => {
        const credentials = { hook: { secret }, acc: { token: `tok-${Math.random()}` } };
        red = await startNodeRed({ userDir, ...(flows && { flows, credentials }) });
        return red;
    };
    const post = async (message: string) => {
        const conversation = { id: `c-${message}` };
        const body = JSON.stringify({
            rule: { id: 'r1', type: 'incoming_email' },
            conversation,
            message: { id: message },
        });
        const headers = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body) };
        should((await fetch(`${red?.url}/missive`, { method: 'POST', body, headers })).status).equal(200);
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 2000 && !fits(); i += 1) await sleep(10);
        should(fits()).be.true(red?.log());
    };
    const titles = () => missive.seen.map(({ body }) => (body as { tasks: { title: string } }).tasks.title);
    const created = [201, { tasks: { id: 't1' } }] as const;

    it('a call on the wire when Node-RED was killed is not made again, and the error says what to do', async () => {
        missive.otherwise = () => new Promise(() => {});
        await start(whole(flow(url)));
        await post('m1');
        await until(() => missive.seen.length === 1);
        await red?.stop('SIGKILL');
        missive.otherwise = () => created;
        await start();
        await red?.logged(/Nobody knows whether Missive has done it, so it is not sent a second time/);
        // What was not on its way is made as ever.
        await post('m2');
        await red?.logged(/told done/);
        titles().should.eql(['for m1', 'for m2']);
    });

    it('a call on the wire when Node-RED is stopped is waited for, and the next one goes on with its answer', async () => {
        missive.otherwise = async () => {
            await sleep(1500);
            return created;
        };
        await start(whole(flow(url)));
        await post('m1');
        await until(() => missive.seen.length === 1);
        await red?.stop();
        await start();
        await red?.logged(/told done \{"id":"t1"\}/);
        titles().should.eql(['for m1']);
    });

    it('a flow that fails behind the call gets its answer again', async () => {
        missive.otherwise = () => created;
        await start(
            whole(
                flow(url, {
                    after: "msg.outcome = msg.missive && context.get('n') ? 'done' : 'failed'; context.set('n', 1); return msg;",
                }),
            ),
        );
        await post('m1');
        await red?.logged(/told failed[\s\S]*told done/);
        titles().should.eql(['for m1']);
    });

    it('a flow that is told of an error, and says failed, has it made again', async () => {
        missive.answers.push([503, { error: {} }]);
        missive.otherwise = () => created;
        await start(whole(flow(url, { caught: "msg.outcome = 'failed'; return msg;" })));
        await post('m1');
        await red?.logged(/told failed[\s\S]*told done/);
        titles().should.eql(['for m1', 'for m1']);
    });

    it('of several things each is made once: the answered one, the unknown one, the one that is to come', async () => {
        const several = (list: string) =>
            flow(url, {
                makes: `msg.payload = ${list}; return msg;`,
                after: "node.warn('after ' + JSON.stringify(msg.payload)); return null;",
            }).flatMap((node) =>
                node.id === 'split' ? [{ ...node, wires: [['one']] }, fn('one', one, 'task')] : [node],
            );
        const one = `const title = msg.payload; ${make} msg.payload.title = title; return msg;`;
        missive.otherwise = ({ body }) =>
            (body as { tasks: { title: string } }).tasks.title === 'b' ? new Promise(() => {}) : created;
        await start(several("['a', 'b']"));
        await post('m1');
        await red?.logged(/after/);
        await until(() => missive.seen.length === 2);
        await red?.stop('SIGKILL');
        await start(several("['a', 'b', 'c']"));
        await until(() => missive.seen.length === 3);
        await red?.logged(/caught .*Node-RED stopped while/);
        titles().should.eql(['a', 'b', 'c']);
    });
});
