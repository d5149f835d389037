import 'should';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

const place = { z: 'f', x: 1, y: 1 };
const make = `msg.payload = { title: msg.title ? 'the second' : 'the first', team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
    organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df' }; msg.title = 'known'; return msg;`;
const fn = (id: string, wire: string) => ({
    ...{ ...place, id, type: 'function', func: make, outputs: 1, wires: [[wire]] },
});
const task = (id: string, wire: string) => ({
    ...{ ...place, id, type: 'missive-create-task', account: 'acc', wires: [[wire]] },
});

/** webhook in (keep) → create task → create task → webhook done; the same ids in each project. */
const flow = (url: string) => [
    { id: 'f', type: 'tab' },
    { id: 'acc', type: 'missive-config', url },
    {
        ...{ ...place, id: 'hook', type: 'missive-webhook-in', path: 'missive', account: 'acc', keep: true },
        wires: [['make']],
    },
    ...[fn('make', 'task'), task('task', 'again'), fn('again', 'second'), task('second', 'done')],
    { ...place, id: 'done', type: 'missive-webhook-done', wires: [[]] },
];

describe('two projects that are clones of each other', function () {
    this.timeout(120_000);
    const [test, production] = [new ScriptedMissive(), new ScriptedMissive()];
    let userDir: string;
    let red: NodeRed | undefined;

    before(async () => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-projects-'));
        for (const [name, missive] of Object.entries({ test, production })) {
            const folder = path.join(userDir, 'projects', name);
            mkdirSync(folder, { recursive: true });
            const settings = { flowFile: 'flows.json', credentialsFile: 'flows_cred.json' };
            const about = { name, version: '1.0.0', dependencies: {}, 'node-red': { settings } };
            writeFileSync(path.join(folder, 'package.json'), JSON.stringify(about));
            writeFileSync(path.join(folder, 'flows.json'), JSON.stringify(flow(await missive.start())));
            writeFileSync(path.join(folder, 'flows_cred.json'), '{}');
            const who = ['-c', 'user.name=a', '-c', 'user.email=a@x.example'];
            for (const command of [['init'], ['add', '-A'], ['commit', '-m', 'all']])
                execFileSync('git', ['-C', folder, ...who, ...command], { stdio: 'ignore' });
        }
        const each = { credentialSecret: 'x' };
        writeFileSync(
            path.join(userDir, '.config.projects.json'),
            JSON.stringify({ projects: { test: each, production: each }, activeProject: 'test' }),
        );
        red = await startNodeRed({
            userDir,
            settings: { editorTheme: { projects: { enabled: true } } },
            env: { MISSIVE_API_TOKEN: `tok-${Math.random()}` },
        });
    });
    after(async () => {
        await red?.stop();
        await Promise.all([test.stop(), production.stop()]);
        rmSync(userDir, { recursive: true, force: true });
    });

    const open = async (name: string) => {
        const answer = await fetch(`${red?.adminUrl}/projects/${name}`, {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ active: true }),
        });
        answer.ok.should.be.true(await answer.text());
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 2000 && !fits(); i += 1) await sleep(10);
        fits().should.be.true(red?.log());
    };
    const titles = (missive: ScriptedMissive) =>
        missive.seen.map(({ body }) => (body as { tasks?: { title?: string } }).tasks?.title);

    it('an event whose call is on its way while the other one is opened goes on in its own, once, and nowhere else', async () => {
        let answer = () => {};
        const asked = new Promise<void>((resolve) => {
            answer = resolve;
        });
        test.otherwise = async () => {
            await asked;
            return [201, { tasks: { id: 't1' } }];
        };
        production.otherwise = () => [201, { tasks: { id: 't2' } }];
        const { status } = await fetch(`${red?.url}/missive`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ rule: { id: 'r', type: 'incoming_email' }, message: { id: 'm' } }),
        });
        status.should.equal(200);
        await until(() => test.seen.length === 1);
        const opened = open('production');
        await red?.logged(/Stopping flows/);
        answer();
        await opened;
        await sleep(500);
        titles(production).should.eql([]);
        await open('test');
        await until(() => test.seen.length === 2);
        titles(test).should.eql(['the first', 'the second']);
        titles(production).should.eql([]);
    });
});
