import 'should';
import { once } from 'node:events';
import type { Account } from '../../../src/runtime/account';
import { Flows } from '../../../src/runtime/flows';
import { Emission } from '../../../src/runtime/webhooks/emission';

describe('an event that waits for its whole message', () => {
    it('is not fetched any more once its sender was told to send it again, and holds up none behind it', async () => {
        const sent: string[] = [];
        const events = { on: () => {} } as never;
        const node = { id: 'h', send: ({ topic }: { topic: string }) => sent.push(topic), error: () => {} } as never;
        const send = async (_: unknown, { signal }: { signal: AbortSignal }) => {
            await once(signal, 'abort');
            throw new Error('stopped');
        };
        const emission = new Emission(node, {
            account: { client: () => ({ send }) } as unknown as Account,
            ...{ withBody: true, parked: [], sent: () => {}, failed: () => {} },
            flows: new Flows(events, () => undefined),
        });
        const body = (type: string, more: object) => Buffer.from(JSON.stringify({ rule: { id: 'r', type }, ...more }));
        let withdrawn = false;
        emission.send({ body: body('first', { message: { id: 'm' } }), facts: {}, withdrawn: () => withdrawn });
        emission.send({ body: body('second', {}), facts: {} });
        withdrawn = true;
        emission.withdraw();
        for (let turn = 0; turn < 100 && sent.length === 0; turn += 1) await new Promise(setImmediate);
        sent.should.eql(['second']);
    });
});
