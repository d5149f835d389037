import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { operationsOf } from '../../src/missive/operations/family';
import type { Operation } from '../../src/missive/operations/operation';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';

const nodes = path.resolve(__dirname, '../../nodes');
const modules = readdirSync(nodes)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => require(path.join(nodes, file)).default as Partial<OperationModule>)
    .filter((module): module is OperationModule => module.operation !== undefined);

describe('the example message in the help', () => {
    let missive: Sandbox;
    const flow = new Flow();

    before(() => {
        missive = new Sandbox({ limits: false, reportDelay: 0 });
    });
    beforeEach(() => missive.reset());
    afterEach(() => flow.unload());
    after(() => missive.close());

    for (const module of modules) for (const { kind, op } of operationsOf(module.operation)) run(module, kind, op);

    function run(module: OperationModule, kind: string | undefined, { type, path, example }: Operation) {
        it(`of ${type}${kind ? ` ${kind}` : ''} works as it is, and gives what the help says`, async function () {
            this.timeout(15_000);
            const resource = kind === undefined ? {} : { resource: kind };
            await flow.load([module], { type, ...resource }, { url: await missive.address(), token: missive.token });
            const payload = structuredClone(example.input) as Record<string, unknown>;
            // A report lives for a minute only: the practice inbox has none to begin with.
            if (path === '/analytics/reports/{id}') payload.id = await newReport();
            const { msg, error } = await flow.send({ payload });
            should(error).be.undefined();
            should(Array.isArray(msg?.payload)).equal(Array.isArray(example.output));
            const [first, wanted] = [msg?.payload, example.output].map((each) =>
                Array.isArray(each) ? each[0] : each,
            );
            should(first).have.properties(Object.keys(wanted as object));
        });
    }

    async function newReport(): Promise<unknown> {
        const answer = await fetch(`${await missive.address()}/analytics/reports`, {
            method: 'POST',
            headers: { authorization: `Bearer ${missive.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({
                reports: {
                    organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
                    start: 1_767_225_600,
                    end: 1_767_830_400,
                },
            }),
        });
        return ((await answer.json()) as { reports: { id: unknown } }).reports.id;
    }
});
