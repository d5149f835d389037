import should from 'should';
import { within } from '../../../src/missive/content/time-limit';

describe('a time limit', () => {
    it('gives what comes of it, and passes errors on', () => {
        should(within(1000, () => 7)).eql({ result: 7 });
        should(within(1000, () => undefined)).eql({ result: undefined });
        (() =>
            within(1000, () => {
                throw new RangeError('x');
            })).should.throw(RangeError);
    });

    it('stops a loop without end, and a pattern that tries for ever', () => {
        const endless = () => {
            for (;;);
        };
        should(within(30, endless)).be.undefined();
        should(within(30, () => /^(a+)+$/.test(`${'a'.repeat(60)}b`))).be.undefined();
        should(within(1000, () => 'goes on')).eql({ result: 'goes on' });
    });

    it('tries again where the time went to others', () => {
        let tries = 0;
        const asleep = new Int32Array(new SharedArrayBuffer(4));
        const work = () => {
            tries += 1;
            // Waits without working, as on a busy computer; the second time it is quick.
            if (tries === 1) Atomics.wait(asleep, 0, 0, 300);
            return tries;
        };
        should(within(100, work)).eql({ result: tries });
    });
});
