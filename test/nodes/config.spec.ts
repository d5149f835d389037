import should from 'should';
import createTask from '../../nodes/missive-create-task';
import { scriptedFlow } from '../support/scripted-flow';
import type { Scripted } from '../support/scripted-missive';

const payload = {
    title: 'x',
    team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
    organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
};
const task = { type: 'missive-create-task' };
const taskBody = { tasks: { title: '' } };

describe('missive-config', () => {
    const { missive, flow, account } = scriptedFlow();

    const withEnv = async (env: Record<string, string>, run: () => Promise<void>) => {
        Object.assign(process.env, env);
        try {
            await run();
        } finally {
            for (const name of Object.keys(env)) delete process.env[name];
        }
    };

    it('takes address and token from the environment where it has none', async () => {
        await withEnv({ MISSIVE_API_BASE_URL: account.url, MISSIVE_API_TOKEN: 'from-env' }, async () => {
            await flow.load([createTask], task, { token: '' });
            await flow.send({ payload });
            should(missive.seen[0]?.headers.authorization).equal('Bearer from-env');
        });
    });

    it('keeps its own token where the environment has one too', async () => {
        await withEnv({ MISSIVE_API_BASE_URL: 'http://127.0.0.1:1/', MISSIVE_API_TOKEN: 'from-env' }, async () => {
            await flow.load([createTask], task, { ...account, token: ' own ' });
            await flow.send({ payload });
            should(missive.seen[0]?.headers.authorization).equal('Bearer own');
        });
    });

    it('without a token fails each message and says what to do', async () => {
        await flow.load([createTask], task, { ...account, token: '' });
        const { error } = await flow.send({ payload });
        should(error?.cause.code).equal('ERR_MISSIVE_CONFIG');
        should(error?.message).match(/no token.*enter its API token/);
    });

    it('with an address that is none fails each message', async () => {
        await flow.load([createTask], task, { url: 'missive' });
        should((await flow.send({ payload })).error?.cause.code).equal('ERR_MISSIVE_CONFIG');
    });

    it('with an address of Redis that is none fails each message, and repeats nothing of it', async () => {
        await flow.load([createTask], task, { ...account, token: 'bad-redis', redis: 'http://user:very-secret@redis' });
        const { error } = await flow.send({ payload });
        should(error?.cause.code).equal('ERR_MISSIVE_CONFIG');
        should(error?.message).match(/Redis/);
        JSON.stringify(error).should.not.containEql('very-secret');
    });

    it('that is missing, or switched off, fails each message of the nodes that name it', async () => {
        await flow.load([createTask], { ...task, account: '' }, account, [
            { id: 'n2', z: 'f1', ...task, account: 'gone', wires: [['out']] },
            { id: 'acc2', type: 'missive-config', ...account, d: true },
            { id: 'n3', z: 'f1', ...task, account: 'acc2', wires: [['out']] },
        ]);
        for (const id of ['n1', 'n2', 'n3']) {
            const { error } = await flow.send({ payload }, id);
            should(error?.cause.code).equal('ERR_MISSIVE_CONFIG', id);
            should(error?.message).match(/account/);
        }
    });

    const answers: [Scripted, string, RegExp, string | undefined][] = [
        [
            [401, { error: { message: 'Authentication token is invalid or has been revoked' } }],
            'ERR_MISSIVE_AUTH',
            /invalid or has been revoked/,
            undefined,
        ],
        [[403, { error: { message: 'Forbidden' } }], 'ERR_MISSIVE_AUTH', /Forbidden/, undefined],
        [[404, { error: { message: 'Not found' } }], 'ERR_MISSIVE_NOT_FOUND', /Not found/, undefined],
        [[422, { error: { message: 'Validation failed' } }], 'ERR_MISSIVE_REFUSED', /Validation failed/, undefined],
        [[500, { error: { message: 'Oops' } }], 'ERR_MISSIVE_SERVER', /Oops/, 'unknown'],
    ];
    for (const [answer, code, reason, delivered] of answers)
        it(`tells a Catch node once that Missive answered ${answer[0]}`, async () => {
            missive.answers.push(answer);
            await flow.load([createTask], task, account);
            const { error, caught } = await flow.send({ payload, topic: 'mine' });
            should(error?.cause).match({ code, status: answer[0], attempts: 1 });
            should(error?.cause.details).eql((answer[1] as { error: unknown }).error);
            should(error?.cause.delivered).equal(delivered);
            should(error?.message).match(reason);
            should(caught).match({ payload, topic: 'mine' });
            missive.seen.should.have.length(1);
            await new Promise((resolve) => setTimeout(resolve, 30));
            flow.results.should.have.length(1);
        });

    it('tells that nobody answered', async () => {
        await flow.load([createTask], task, { url: 'http://127.0.0.1:9/', token: 'very-secret' });
        const { error } = await flow.send({ payload });
        should(error?.cause).match({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no' });
        JSON.stringify(error).should.not.containEql('very-secret');
    }).timeout(30_000);

    it('waits as Missive asks after a 429, and the refused call goes first', async () => {
        missive.answers.push([429, { error: { message: 'Too Many Requests' } }, { 'retry-after': '1' }]);
        missive.otherwise = ({ body }) => [201, body];
        await flow.load([createTask], task, { ...account, token: 'held' });
        const start = performance.now();
        flow.put({ payload: { ...payload, title: 'first' } });
        while (missive.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        flow.put({ payload: { ...payload, title: 'second' } });
        await flow.until(2);
        (performance.now() - start).should.be.aboveOrEqual(990);
        missive.seen.map(({ body }) => (body as typeof taskBody).tasks.title).should.eql(['first', 'first', 'second']);
        should(flow.results[0]?.msg?.missive).match({ attempts: 2, status: 201 });
        should(Number(flow.results[0]?.msg?.missive.waited)).be.aboveOrEqual(990);
    });

    it('gives up a message that waits longer than the account allows, and never sends it', async () => {
        missive.otherwise = () => [429, { error: { message: 'Too Many Requests' } }, { 'retry-after': '60' }];
        await flow.load([createTask], task, { ...account, token: 'impatient', maxWait: 0.4 });
        flow.put({ payload });
        while (missive.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        flow.put({ payload });
        await flow.until(2);
        for (const { error } of flow.results) should(error?.cause.code).equal('ERR_MISSIVE_QUEUE');
        missive.seen.should.have.length(1);
    });

    it('takes no more messages than its queue holds; those on their way do not count', async () => {
        let answer: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (answer = resolve));
        missive.otherwise = async () => {
            await held;
            return [201, { tasks: { id: 't' } }];
        };
        await flow.load([createTask], task, { ...account, token: 'short-queue', maxQueue: 2 });
        for (let i = 0; i < 8; i++) flow.put({ payload });
        await flow.until(1);
        should(flow.results[0]?.error?.cause).match({ code: 'ERR_MISSIVE_QUEUE' });
        answer();
        await flow.until(8);
        flow.results.filter(({ msg }) => msg).should.have.length(7);
    });

    it('lets a message of high priority go before those that wait', async () => {
        let answer: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (answer = resolve));
        missive.otherwise = async ({ body }) => {
            await held;
            return [201, body];
        };
        await flow.load([createTask], task, { ...account, token: 'lanes' });
        for (let i = 0; i < 8; i++) flow.put({ payload: { ...payload, title: `normal ${i}` } });
        flow.put({ payload: { ...payload, title: 'high' }, priority: 'high' });
        while (missive.seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        answer();
        await flow.until(9);
        should(missive.seen[5]?.body).match({ tasks: { title: 'high' } });
    });

    it('takes the priority of the node where the message has none', async () => {
        let answer: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (answer = resolve));
        missive.otherwise = async ({ body }) => {
            await held;
            return [201, body];
        };
        const urgent = { id: 'n2', z: 'f1', ...task, account: 'acc', priority: 'high', wires: [['out']] };
        await flow.load([createTask], task, { ...account, token: 'node lanes' }, [urgent]);
        for (let i = 0; i < 8; i++) flow.put({ payload });
        flow.put({ payload: { ...payload, title: 'low after all' }, priority: 'low' }, 'n2');
        flow.put({ payload: { ...payload, title: 'high' } }, 'n2');
        while (missive.seen.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
        await new Promise((resolve) => setTimeout(resolve, 50));
        answer();
        await flow.until(10);
        should(missive.seen[5]?.body).match({ tasks: { title: 'high' } });
        should(missive.seen[9]?.body).match({ tasks: { title: 'low after all' } });
    });

    it('lets two accounts with one address and token share five requests at once', async () => {
        let running = 0;
        let most = 0;
        missive.otherwise = async () => {
            most = Math.max(most, ++running);
            await new Promise((resolve) => setTimeout(resolve, 20));
            running -= 1;
            return [201, { tasks: { id: 't' } }];
        };
        await flow.load([createTask], task, account, [
            { id: 'acc2', type: 'missive-config', url: `${account.url}/` },
            { id: 'n2', z: 'f1', ...task, account: 'acc2', wires: [['out']] },
        ]);
        for (let i = 0; i < 10; i++) {
            flow.put({ payload }, 'n1');
            flow.put({ payload }, 'n2');
        }
        await flow.until(20);
        most.should.equal(5);
    });
});
