import { exampleFlow } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

const example = exampleFlow('keep-until-done');

describe('the example flow that loses no event', function () {
    this.timeout(180_000);
    let red: NodeRed;

    before(async () => {
        const z = example[0]?.id;
        const shown = (id: string, complete: string) => ({
            ...{ id, z, x: 1, y: 1, type: 'debug', active: true, console: true, tosidebar: false },
            ...{ complete, targetType: 'msg', wires: [] },
        });
        red = await startNodeRed({
            flows: [
                ...example,
                { id: 's', z, x: 1, y: 1, type: 'status', scope: null, wires: [['shown']] },
                shown('shown', 'status.text'),
                { id: 'c', z, x: 1, y: 1, type: 'complete', scope: ['b1b2c3d4e5f60008'], wires: [['done']] },
                shown('done', 'missive.action'),
            ],
        });
    });
    after(() => red?.stop());

    it('deals with an e-mail and keeps nothing of it', async () => {
        const inbox = new PracticeInbox(red.adminUrl);
        await inbox.customerWrites({ name: 'Ana', address: 'ana@new.example', subject: 'x', body: 'y' });
        await red.logged(/created/);
        const [{ attempts } = { attempts: [] }] = (await inbox.state()).deliveries;
        attempts.map(({ status }: { status: number | null }) => status).should.eql([200]);
    });

    it('tells its status nodes in words when failures come near fifty', async () => {
        for (let i = 0; i < 40; i += 1) await fetch(`${red.url}/missive/kept`, { method: 'POST', body: '{"a":1}' });
        await red.logged(/40 webhooks in a row failed'?\s/);
    });
});
