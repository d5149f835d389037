import 'should';
import { type Clock, install } from '@sinonjs/fake-timers';
import type { Node, NodeAPI } from 'node-red';
import { steady } from '../../../src/missive/steady';
import { SeenHere } from '../../../src/runtime/webhooks/memory/seen-here';
import { WebhookState } from '../../../src/runtime/webhooks/webhook-state';

const day = 24 * 3_600_000;
const label = Buffer.from('{"rule":{"id":"r1","type":"label_change"}}');

describe('while the computer’s clock is set', () => {
    let clock: Clock;
    beforeEach(() => {
        clock = install({ now: Date.now(), toFake: ['Date'] });
    });
    afterEach(() => clock.uninstall());

    for (const by of [day, -day]) {
        const name = by > 0 ? 'ahead' : 'back';

        it(`${name} by a day, an event that was answered in time swallows no equal one`, () => {
            const seen = new SeenHere();
            const first = seen.begin(label, undefined, steady());
            clock.setSystemTime(Date.now() + by);
            first.answered(true);
            seen.begin(label, undefined, steady()).again.should.be.false();
        });

        it(`${name} by a day, an event whose answer was lost is still known when it comes again`, () => {
            const seen = new SeenHere();
            seen.begin(label, undefined, steady()).answered(false);
            clock.setSystemTime(Date.now() + by);
            seen.begin(label, undefined, steady()).again.should.be.true();
        });

        it(`${name} by a day, warnings stay one a minute`, () => {
            const warned: unknown[] = [];
            const node = { warn: (text: unknown) => warned.push(text), status: () => {} } as unknown as Node;
            const state = new WebhookState({} as NodeAPI, node, false);
            state.warn('first');
            clock.setSystemTime(Date.now() + by);
            const now = performance.now;
            try {
                state.warn('at once');
                performance.now = () => now.call(performance) + 61_000;
                state.warn('a minute later');
            } finally {
                performance.now = now;
            }
            warned.should.eql(['first', 'a minute later']);
        });
    }
});
