import helper from 'node-red-node-test-helper';
import should from 'should';
import createTask from '../../nodes/missive-create-task';
import type { Account } from '../../src/runtime/account';
import { idOf } from '../../src/sandbox/data/known';
import { Flow } from '../support/flow';
import { RedisServer, redisOrSkip } from '../support/redis';
import { ScriptedMissive } from '../support/scripted-missive';

const payload = { title: 'x', team: idOf('t'), organization: idOf('o') };

describe('missive-config with Redis', function () {
    this.timeout(30_000);
    const missive = new ScriptedMissive();
    const flow = new Flow();
    let redis: RedisServer;
    let url: string;

    before(async function () {
        redisOrSkip.call(this);
        url = await missive.start();
        redis = await RedisServer.start();
    });
    after(async () => {
        await missive.stop();
        await redis?.kill();
    });
    beforeEach(() => {
        missive.reset();
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
    });
    afterEach(async () => {
        delete process.env.MISSIVE_REDIS_URL;
        await flow.unload();
    });

    const load = (token: string, address?: string) =>
        flow.load([createTask], { type: 'missive-create-task' }, { url, token, ...(address && { redis: address }) });
    const state = () => (helper.getNode('acc') as unknown as Account).client().limiter.state();

    for (const [where, given] of [
        ['in the account', true],
        ['in the environment', false],
    ] as const)
        it(`sends through the Redis that is named ${where}, also after a deploy`, async () => {
            if (!given) process.env.MISSIVE_REDIS_URL = redis.address;
            for (const deploy of [1, 2]) {
                await load(`redis ${where}`, given ? redis.address : undefined);
                const { msg } = await flow.send({ payload });
                should(msg?.missive.status).equal(201);
                await new Promise((resolve) => setTimeout(resolve, 1200));
                state().should.match({ sharing: 'redis', windows: [{ used: deploy }, { used: deploy }] });
                if (deploy === 1) await flow.unload();
            }
        });

    it('says under the node that it waits without Redis, and goes on within five seconds', async () => {
        await load('redis gone', redis.address);
        await flow.send({ payload });
        await redis.kill();
        const from = performance.now();
        for (let at = 0; at < 3; at++) flow.put({ payload });
        await flow.until(4);
        (performance.now() - from).should.be.below(5000);
        flow.results.filter(({ msg }) => msg).should.have.length(4);
        const texts = flow.statuses.map(({ text }) => String(text));
        texts.filter((text) => /^waiting \d+ s · without Redis$/.test(text)).should.not.be.empty();
        await redis.begin();
        await new Promise((resolve) => setTimeout(resolve, 3000));
        state().sharing.should.equal('redis');
    });
});
