import should from 'should';
import type { MissiveError } from '../../../src/missive/errors';
import { a, b, virtualTime, watch } from '../../support/limiter';

describe('The limiter', () => {
    const time = virtualTime();
    const { pass, call, asking, spent, occupy } = time;

    describe('while it is paused', () => {
        it('lets nothing leave, lets what is on the wire end, and goes on in the order of before', async () => {
            const sent = watch(time.limiter.run(call('sent', 1000), a));
            await pass(10);
            time.limiter.paused = true;
            const waiting = ['one', 'two'].map((name) => watch(time.limiter.run(call(name), b)));
            await pass(3_600_000);
            should(sent.end).equal('sent');
            time.log.should.eql(['sent']);
            should(time.limiter.state()).match({ paused: true, waiting: 2 });
            time.limiter.paused = false;
            await pass(500);
            waiting.map(({ end }) => end).should.eql(['one', 'two']);
        });

        it('sends nothing again either, and ends what may not wait that long', async () => {
            const again = watch(time.limiter.run(asking('again', { again: 2000 }), a));
            const held = watch(time.limiter.run(asking('held', { again: 2000, hold: true }), b));
            await pass(100);
            time.limiter.paused = true;
            const late = watch(time.limiter.run(call('late'), a, { maxWait: 60 }));
            await pass(61_000);
            time.log.should.eql(['again', 'held']);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            time.limiter.paused = false;
            await pass(5000);
            [again.end, held.end].should.eql(['again', 'held']);
        });
    });

    describe('tells who waits', () => {
        it('for how long, and how much, whoever waits longest first', async () => {
            time.limiter.paused = true;
            for (const node of ['x', 'y', 'x']) {
                watch(time.limiter.run(call(node), { node, priority: node === 'y' ? 'high' : 'low' }));
                await pass(1000);
            }
            time.limiter.backlogs().should.match([
                { node: 'x', waiting: 2, longest: (ms: number) => ms >= 3000 && ms < 3100 },
                { node: 'y', waiting: 1, longest: (ms: number) => ms >= 2000 && ms < 2100 },
            ]);
        });
    });

    describe('drops what waits of a node', () => {
        it('wherever that is, each call with an error, and nothing of others', async () => {
            await occupy(10_000);
            const lanes = (['high', 'normal', 'low', undefined] as const).map((priority) =>
                watch(time.limiter.run(call('a'), { ...a, priority })),
            );
            const other = watch(time.limiter.run(call('b'), b));
            await pass(10);
            time.limiter.drop('a').should.equal(4);
            await pass(10);
            for (const { end, error } of lanes) {
                should(end).equal('ERR_MISSIVE_QUEUE');
                should(error).match({ delivered: 'no', attempts: 0, text: 'dropped' });
                should((error as MissiveError).message).match(/dropped in the editor.*not sent/);
            }
            time.limiter.drop('nobody').should.equal(0);
            await pass(20_000);
            should(other.end).equal('b');
            time.log.should.eql(['b']);
            spent().should.eql([6, 6]);
        });

        it('also between two tries, and then says what came of the first', async () => {
            const tried = watch(time.limiter.run(asking('x', { again: 60_000 }), a));
            const refused = watch(time.limiter.run(asking('y', { again: 60_000, hold: true }), a));
            await pass(100);
            time.limiter.drop('a').should.equal(2);
            await pass(120_000);
            [tried.end, refused.end].should.eql(['ERR_MISSIVE_QUEUE', 'ERR_MISSIVE_QUEUE']);
            should(tried.error).match({ attempts: 1 });
            time.log.should.eql(['x', 'y']);
        });
    });
});
