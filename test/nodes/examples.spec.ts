import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createTask from '../../nodes/missive-create-task';
import upsertContact from '../../nodes/missive-upsert-contact';
import { operationsOf } from '../../src/missive/family';
import type { Operation } from '../../src/missive/operation';
import type { OperationModule } from '../../src/runtime/operation-node';
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

    for (const module of [createDraft, createTask, upsertContact])
        for (const { kind, op } of operationsOf(module.operation)) run(module, kind, op);

    function run(module: OperationModule, kind: string | undefined, { type, example }: Operation) {
        it(`of ${type}${kind ? ` ${kind}` : ''} works as it is, and gives what the help says`, async () => {
            const resource = kind === undefined ? {} : { resource: kind };
            await flow.load([module], { type, ...resource }, { url: await missive.address(), token: missive.token });
            const { msg, error } = await flow.send({ payload: structuredClone(example.input) });
            should(error).be.undefined();
            should(msg?.payload).have.properties(Object.keys(example.output as object));
        });
    }
});
