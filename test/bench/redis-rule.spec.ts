import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { clockAhead } from '../support/clock-ahead';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { RedisServer, redisOrSkip } from '../support/redis';
import { ScriptedMissive } from '../support/scripted-missive';

describe('Two Node-REDs with one Redis and a node that makes its rule itself', function () {
    this.timeout(90_000);
    const missive = new ScriptedMissive();
    const running: NodeRed[] = [];
    let redis: RedisServer;

    before(redisOrSkip);
    afterEach(async () => {
        await Promise.all(running.splice(0).map((each) => each.stop()));
        await redis?.kill();
        await missive.stop();
    });

    it('have one rule, take in what it delivers, and delete it with the node, not with a Node-RED', async () => {
        const url = await missive.start();
        redis = await RedisServer.start('--appendonly', 'no');
        const rules = new Map<string, string>();
        missive.otherwise = ({ method, url: path, body }) => {
            if (method === 'DELETE') rules.delete(path.split('/').pop() ?? '');
            const id = `h${rules.size + 1}`;
            if (method === 'POST') rules.set(id, (body as { hooks: { url: string } }).hooks.url);
            return [method === 'POST' ? 201 : 200, { hooks: { id } }];
        };
        const tab = { id: 'f', type: 'tab' };
        const account = { id: 'acc', type: 'missive-config', url, redis: redis.address };
        const place = { z: 'f', x: 100, y: 100 };
        const hook = {
            ...place,
            id: 'hook',
            type: 'missive-webhook-in',
            account: 'acc',
            path: 'missive',
            mode: 'hook',
        };
        const flows = [
            tab,
            account,
            { ...hook, hook_type: 'incoming_email', url: 'https://flows.example.com', wires: [] },
        ];
        const credentials = { acc: { token: 'tok' } };
        // Their clocks are ten minutes apart.
        const [one, other] = await Promise.all(
            [0, 600_000].map((ms) => startNodeRed({ flows, credentials, ...clockAhead(ms) })),
        );
        if (!one || !other) throw new Error('No Node-RED');
        running.push(one, other);
        const until = async (size: number) => {
            for (let at = 0; at < 300 && rules.size !== size; at += 1) await sleep(100);
            rules.size.should.equal(size);
        };
        await until(1);
        await sleep(1500);
        rules.size.should.equal(1);
        missive.seen.filter(({ method }) => method === 'POST').should.have.length(1);
        const key = new URL([...rules.values()][0] ?? '').searchParams.get('key');
        const body = (n: number) =>
            JSON.stringify({
                rule: { id: 'r', type: 'incoming_email' },
                message: { id: `m${n}` },
                conversation: { id: 'c' },
            });
        const post = async (to: NodeRed, by: string | null) =>
            (await fetch(`${to.url}/missive?key=${by}`, { method: 'POST', body: body(running.indexOf(to)) })).status;
        for (const each of [one, other]) should(await post(each, key)).equal(200);
        should(await post(other, 'another')).equal(401);
        await one.stop();
        running.shift();
        await sleep(500);
        rules.size.should.equal(1);
        await other.deploy([tab, account]);
        await until(0);
    });
});
