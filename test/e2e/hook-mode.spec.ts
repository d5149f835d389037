import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { Sandbox } from '../../src/sandbox/sandbox';
import { type NodeRed, startNodeRed } from '../support/node-red';

describe('a rule that webhook in makes itself, in a real Node-RED', function () {
    this.timeout(180_000);
    const missive = new Sandbox({ limits: false, token: 't' });
    let red: NodeRed;

    const place = { z: 'f', x: 100, y: 100 };
    const flows = async ({ disabled = false, node = {} }: { disabled?: boolean; node?: object } = {}) => [
        { id: 'f', type: 'tab', label: 'hook', disabled },
        { id: 'acc', type: 'missive-config', url: await missive.address(), credentials: { token: 't' } },
        {
            ...{
                ...place,
                id: 'in',
                type: 'missive-webhook-in',
                account: 'acc',
                path: 'missive',
                mode: 'hook',
                keep: true,
            },
            ...{ url: red.url, hook_type: 'incoming_email', wires: [['show', 'done']], ...node },
        },
        {
            ...{ ...place, id: 'show', type: 'debug', active: true, console: true, tosidebar: false },
            ...{ complete: 'missive.event', targetType: 'msg', wires: [] },
        },
        { ...place, id: 'done', type: 'missive-webhook-done', wires: [[]] },
    ];
    const rules = () => missive.snapshot().rules.filter(({ by }) => by === 'api');
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 400 && !fits(); i += 1) await sleep(10);
        should(fits()).be.true(JSON.stringify(rules()));
    };
    const write = async () => {
        const { deliveries } = await missive.customerWrites({ address: 'a@b.example', subject: 'x', body: 'y' });
        return deliveries.map(({ status }) => status);
    };

    before(async () => {
        red = await startNodeRed();
    });
    after(async () => {
        await red?.stop();
        await missive.close();
    });

    it('is made when the address answers, and brings events; the same one after further deploys', async () => {
        await red.deploy(await flows());
        await until(() => rules().length === 1);
        (await write()).should.eql([200]);
        await red.logged(/incoming_email/);
        const [{ id } = { id: '' }] = rules();
        for (const type of ['full', 'flows', 'nodes'] as const) {
            await red.deploy(await flows({ node: { name: type } }), type);
            await sleep(100);
            rules()
                .map((rule) => rule.id)
                .should.eql([id]);
            (await write()).should.eql([200]);
        }
    });

    it('goes when the tab is disabled, comes again, and goes with the node', async () => {
        await red.deploy(await flows({ disabled: true }));
        await until(() => rules().length === 0);
        await red.deploy(await flows());
        await until(() => rules().length === 1);
        (await write()).should.eql([200]);
        await red.deploy([{ id: 'f', type: 'tab', label: 'hook' }]);
        await until(() => rules().length === 0);
    });
});
