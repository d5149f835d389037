import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createTask from '../../nodes/missive-create-task';
import upsertContact from '../../nodes/missive-upsert-contact';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';

describe('the example message in the help', () => {
    let missive: Sandbox;
    const flow = new Flow();

    before(() => {
        missive = new Sandbox({ limits: false });
    });
    afterEach(() => flow.unload());
    after(() => missive.close());

    for (const module of [createDraft, createTask, upsertContact]) {
        const { type, example } = module.operation;
        it(`of ${type} works as it is, and gives what the help says`, async () => {
            await flow.load([module], { type }, { url: await missive.address(), token: missive.token });
            const { msg, error } = await flow.send({ payload: structuredClone(example.input) });
            should(error).be.undefined();
            should(msg?.payload).have.properties(Object.keys(example.output as object));
        });
    }
});
