import should from 'should';
import type { Again, Task } from '../../../src/missive/limits/task';
import { a, b, sleep, virtualTime, watch } from '../../support/limiter';

describe('The limiter', () => {
    const time = virtualTime();
    const { pass, call, asking, spent, occupy } = time;

    describe('after a 429', () => {
        const refused = (ms: number): Again => ({ again: ms, hold: true });

        it('holds everybody, then sends the refused call first and alone', async () => {
            watch(time.limiter.run(asking('refused', refused(30_000)), { ...a, priority: 'low' }));
            await pass(100);
            for (const name of ['one', 'two', 'three']) watch(time.limiter.run(call(name), { ...b, priority: 'high' }));
            await pass(29_800);
            time.log.should.eql(['refused']);
            time.limiter.state().held.should.be.above(0);
            await pass(150);
            time.log.should.eql(['refused', 'refused', 'one', 'two', 'three']);
            await pass(500);
        });

        it('sends nothing else while the first one is on its way', async () => {
            const slow: Task<string> = async ({ number }) => {
                time.log.push(`refused ${number}`);
                await sleep(number === 1 ? 10 : 5000);
                return number === 1 ? refused(1000) : { value: 'done' };
            };
            watch(time.limiter.run(slow, a));
            watch(time.limiter.run(call('other', 10), b));
            await pass(100);
            time.log = [];
            watch(time.limiter.run(call('late'), b));
            await pass(4000);
            time.log.should.eql(['refused 2']);
            await pass(3000);
            time.log.should.eql(['refused 2', 'late']);
        });

        it('puts calls that were refused together back in their order', async () => {
            for (const name of ['1', '2', '3', '4', '5', '6']) watch(time.limiter.run(asking(name, refused(1000)), a));
            await pass(500);
            time.log.should.eql(['1', '2', '3', '4', '5']);
            time.log = [];
            await pass(1000);
            time.log.slice(0, 5).should.eql(['1', '2', '3', '4', '5']);
            await pass(5000);
        });

        it('goes on holding when it is refused again', async () => {
            const done = watch(time.limiter.run(asking('x', refused(1000), refused(2000), refused(0)), a));
            watch(time.limiter.run(call('y'), b));
            await pass(200);
            await pass(2500);
            time.log.should.eql(['x', 'y', 'x']);
            await pass(1000);
            should(done.end).equal('x');
            time.log.should.eql(['x', 'y', 'x', 'x', 'x']);
        });

        it('counts the refused request as spent', async () => {
            watch(time.limiter.run(asking('x', refused(10), refused(10)), a));
            await pass(500);
            spent().should.eql([3, 3]);
        });
    });

    describe('lets a task come again', () => {
        it('without holding a slot in between', async () => {
            for (let at = 0; at < 5; at++) watch(time.limiter.run(asking('again', { again: 10_000 }), a));
            await pass(100);
            const other = watch(time.limiter.run(call('other'), b));
            await pass(500);
            should(other.end).equal('other');
            time.limiter.state().waiting.should.equal(5);
            await pass(10_000);
            time.limiter.state().waiting.should.equal(0);
        });

        it('at the front of its lane', async () => {
            watch(time.limiter.run(asking('again', { again: 200 }), { ...a, priority: 'low' }));
            await pass(50);
            await occupy(1000);
            for (const [name, priority] of [
                ['low', 'low'],
                ['normal', 'normal'],
            ] as const)
                watch(time.limiter.run(call(name), { ...b, priority }));
            await pass(2000);
            time.log.should.eql(['normal', 'again', 'low']);
        });

        it('and counts every run', async () => {
            watch(time.limiter.run(asking('again', { again: 1 }, { again: 1 }), a));
            await pass(500);
            spent().should.eql([3, 3]);
        });

        it('at no cost when nothing was written', async () => {
            const unsent: Task<string> = async ({ number, refund }) => {
                refund();
                return number < 5 ? { again: 10 } : { value: 'gave up' };
            };
            const done = watch(time.limiter.run(unsent, a));
            await pass(500);
            should(done.end).equal('gave up');
            spent().should.eql([0, 0]);
        });
    });
});
