import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { sign } from '../../src/missive/events/signature';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { RedisServer, redisOrSkip } from '../support/redis';
import { ScriptedMissive } from '../support/scripted-missive';
import { secret } from '../support/under-fire';

const book = '11111111-2222-4333-8444-555555555555';
const place = { z: 'f', x: 100, y: 100 };

describe('A Node-RED that stands still for two minutes beside another one', function () {
    this.timeout(400_000);
    const missive = new ScriptedMissive();
    const running: NodeRed[] = [];
    let redis: RedisServer;
    let folder: string;

    before(redisOrSkip);
    afterEach(async () => {
        for (const each of running) process.kill(each.pid, 'SIGCONT');
        await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')));
        await redis?.kill();
        await missive.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    /** webhook in, two seconds, a task, webhook done; beside it what is new among the contacts; all of it written down. */
    const flows = (url: string, log: string) => {
        const write = (what: string) => `global.get('append')(env.get('WHO') + ' ${what} ' + msg.topic + ' '
            + (msg.told || msg.missive.message || msg.missive.contact)); return msg;`;
        const code = (id: string, func: string, wires: string[][]) => ({
            ...{ ...place, id, type: 'function', func, outputs: 1, wires },
        });
        appendFileSync(log, '');
        return [
            { id: 'f', type: 'tab' },
            { id: 'acc', type: 'missive-config', url, redis: redis.address },
            {
                ...{ ...place, id: 'hook', type: 'missive-webhook-in', account: 'acc', path: 'missive', keep: true },
                wires: [['in']],
            },
            code('in', write('in'), [['wait']]),
            {
                ...place,
                id: 'wait',
                type: 'delay',
                pauseType: 'delay',
                timeout: '2',
                timeoutUnits: 'seconds',
                wires: [['row']],
            },
            code(
                'row',
                `msg.told = msg.missive.message; msg.payload = { title: msg.missive.message, team: '${book}', organization: '${book}' }; return msg;`,
                [['task']],
            ),
            { ...place, id: 'task', type: 'missive-create-task', account: 'acc', wires: [['done']] },
            { ...place, id: 'done', type: 'missive-webhook-done', wires: [['after']] },
            code('after', write('done'), []),
            {
                ...{ ...place, id: 'own', type: 'missive-webhook-in', account: 'acc', path: 'own', mode: 'hook' },
                ...{ hook_type: 'incoming_email', url: 'https://flows.example.com', wires: [] },
            },
            {
                ...{ ...place, id: 'watch', type: 'missive-watch', account: 'acc', resource: 'contacts', every: '60' },
                ...{ contact_book: book, contact_bookType: 'str', wires: [['seen']] },
            },
            code('seen', write('watch'), []),
        ];
    };

    it('does nothing of what the other one has done meanwhile, and goes on with what comes', async () => {
        const url = await missive.start();
        redis = await RedisServer.start('--appendonly', 'no');
        folder = mkdtempSync(path.join(tmpdir(), 'missive-stopped-'));
        const log = path.join(folder, 'seen.log');
        const lines = () => readFileSync(log, 'utf8').trim().split('\n');
        const contacts: object[] = [];
        missive.otherwise = ({ method, url: asked }) => {
            if (method === 'POST')
                return [201, { [asked.includes('hooks') ? 'hooks' : 'tasks']: { id: `x${missive.seen.length}` } }];
            if (asked.includes('/contact_books')) return [200, { contact_books: [{ id: book, name: 'Book' }] }];
            return [200, asked.includes('/contacts') ? { contacts } : {}];
        };
        const start = async (who: string) => {
            const one = await startNodeRed({
                flows: flows(url, log),
                credentials: { acc: { token: 'tok' }, hook: { secret } },
                env: { WHO: who, LOG: log },
                settings: {
                    functionGlobalContext: {
                        append: (line: string) =>
                            process.getBuiltinModule('node:fs').appendFileSync(String(process.env.LOG), `${line}\n`),
                    },
                },
            });
            running.push(one);
            return one;
        };
        const asked = (path: string) =>
            missive.seen.filter((each) => `${each.method} ${each.url}`.includes(path)).length;
        const until = async (holds: () => boolean, seconds = 120) => {
            for (let at = 0; at < seconds * 10 && !holds(); at += 1) await sleep(100);
            holds().should.equal(true, [...lines(), ...running.map((each) => each.log())].join('\n'));
        };
        const send = async (to: NodeRed, message: string) => {
            const body = JSON.stringify({
                rule: { id: 'r', type: 'incoming_email' },
                ...{ message: { id: message }, conversation: { id: 'c' } },
            });
            const headers = { 'x-hook-signature': sign(secret, body), 'content-type': 'application/json' };
            return (await fetch(`${to.url}/missive`, { method: 'POST', body, headers })).status;
        };
        const one = await start('one');
        await until(() => asked('POST /v1/hooks') === 1 && asked('GET /v1/contacts?') >= 1);
        const other = await start('other');
        should(await send(one, 'm1')).equal(200);
        await until(() => lines().some((line) => line === 'one in incoming_email m1'));
        process.kill(one.pid, 'SIGSTOP');
        const stopped = performance.now();
        contacts.push({ id: 'k', contact_book: book, modified_at: Math.floor(Date.now() / 1000), first_name: 'Nora' });
        // Taken over after the ten seconds that an instance counts as alive; the other one looks for news at its next look.
        await until(() => lines().includes('other done incoming_email m1'));
        should(await send(other, 'm2')).equal(200);
        await until(() => lines().includes('other watch contact_created k'), 180);
        await sleep(Math.max(0, 120_000 - (performance.now() - stopped)));
        process.kill(one.pid, 'SIGCONT');
        // Its flow comes to the task now, and would look for news.
        await sleep(15_000);
        asked('POST /v1/tasks').should.equal(2);
        should(await send(one, 'm3')).equal(200);
        await until(() => lines().some((line) => / done incoming_email m3$/.test(line)));
        asked('POST /v1/tasks').should.equal(3);
        asked('POST /v1/hooks').should.equal(1);
        asked('DELETE').should.equal(0);
        const told = lines().filter((line) => / watch /.test(line));
        told.should.eql(['other watch contact_created k']);
        const done = lines()
            .filter((line) => / done /.test(line))
            .map((line) => line.split(' ').pop());
        done.should.eql(['m1', 'm2', 'm3']);
        one.log().should.match(/no longer kept here|another Node-RED has it/);
    });
});
