import { EventEmitter } from 'node:events';
import should from 'should';
import upsertContact from '../../../nodes/missive-upsert-contact';
import { Flows } from '../../../src/runtime/flows';
import { Life } from '../../../src/runtime/webhooks/receiver/life';
import { closeAll, practice, receiver, seeded } from '../../sandbox/asking';
import { Flow } from '../../support/flow';

/** More than Node.js takes for a leak. */
const many = Array.from({ length: 30 }, (_, number) => number);

describe('many that wait for one thing', () => {
    let warnings: string[];
    const warned = ({ message }: Error) => void warnings.push(message);
    beforeEach(() => {
        warnings = [];
        process.on('warning', warned);
    });
    afterEach(async () => {
        await closeAll();
        // Warnings are told a little later.
        await new Promise((resolve) => setTimeout(resolve, 20));
        process.removeListener('warning', warned);
        should(warnings).eql([]);
    });

    it('deliveries that come before the flows run', async () => {
        const events = new EventEmitter();
        const life = new Life(new Flows(events, () => undefined));
        const all = many.map(() => life.started());
        events.emit('flows:started', {});
        should(await Promise.all(all)).matchEvery(true);
    });

    it('upserts of one contact', async () => {
        const { sandbox } = await practice();
        const flow = new Flow();
        const account = { url: await sandbox.address(), token: sandbox.token, policy: 'fast' };
        await flow.load([upsertContact], { type: 'missive-upsert-contact' }, account);
        const infos = [{ kind: 'email', label: 'work', value: 'ann@x.example' }];
        for (const _ of many) flow.put({ payload: { contact_book: seeded.book, infos } });
        await flow.until(many.length);
        should(flow.results.filter(({ error }) => error)).eql([]);
        await flow.unload();
    }).timeout(20_000);

    it('webhooks of the practice inbox that are to be repeated', async () => {
        const { sandbox } = await practice({ retryDelays: [60_000] });
        const { url } = await receiver(503);
        for (const number of many)
            sandbox.watch({ id: `r${number}`, description: '', types: ['label_change'], url: () => url, secret: '' });
        await sandbox.changeLabels({ conversation: seeded.fork, add: [seeded.parts] });
        await sandbox.close();
    });
});
