import should from 'should';
import createTask from '../../nodes/missive-create-task';
import { Flow } from '../support/flow';
import { type Scripted, ScriptedMissive } from '../support/scripted-missive';

const payload = { title: 'x', team: 't', organization: 'o' };
const task = { type: 'missive-create-task' };

describe('missive-config', () => {
    const missive = new ScriptedMissive();
    const flow = new Flow();
    let url: string;

    before(async () => {
        url = await missive.start();
    });
    after(() => missive.stop());
    beforeEach(() => missive.reset());
    afterEach(() => flow.unload());

    const withEnv = async (env: Record<string, string>, run: () => Promise<void>) => {
        Object.assign(process.env, env);
        try {
            await run();
        } finally {
            for (const name of Object.keys(env)) delete process.env[name];
        }
    };

    it('takes address and token from the environment where it has none', async () => {
        await withEnv({ MISSIVE_API_BASE_URL: url, MISSIVE_API_TOKEN: 'from-env' }, async () => {
            await flow.load([createTask], task, { token: '' });
            await flow.send({ payload });
            should(missive.seen[0]?.headers.authorization).equal('Bearer from-env');
        });
    });

    it('keeps its own token where the environment has one too', async () => {
        await withEnv({ MISSIVE_API_BASE_URL: 'http://127.0.0.1:1/', MISSIVE_API_TOKEN: 'from-env' }, async () => {
            await flow.load([createTask], task, { url, token: ' own ' });
            await flow.send({ payload });
            should(missive.seen[0]?.headers.authorization).equal('Bearer own');
        });
    });

    it('without a token fails each message and says what to do', async () => {
        await flow.load([createTask], task, { url, token: '' });
        const { error } = await flow.send({ payload });
        should(error?.cause.code).equal('ERR_MISSIVE_CONFIG');
        should(error?.message).match(/no token.*enter its API token/);
    });

    it('with an address that is none fails each message', async () => {
        await flow.load([createTask], task, { url: 'missive' });
        should((await flow.send({ payload })).error?.cause.code).equal('ERR_MISSIVE_CONFIG');
    });

    it('that is missing, or switched off, fails each message of the nodes that name it', async () => {
        await flow.load([createTask], { ...task, account: '' }, { url }, [
            { id: 'n2', z: 'f1', ...task, account: 'gone', wires: [['out']] },
            { id: 'acc2', type: 'missive-config', url, d: true },
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
            await flow.load([createTask], task, { url });
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

    it('lets two accounts with one address and token share five requests at once', async () => {
        let running = 0;
        let most = 0;
        missive.otherwise = async () => {
            most = Math.max(most, ++running);
            await new Promise((resolve) => setTimeout(resolve, 20));
            running -= 1;
            return [201, { tasks: { id: 't' } }];
        };
        await flow.load([createTask], task, { url }, [
            { id: 'acc2', type: 'missive-config', url: `${url}/` },
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
