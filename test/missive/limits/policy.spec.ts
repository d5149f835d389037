import should from 'should';
import type { Priority } from '../../../src/missive/call';
import { policyOf } from '../../../src/missive/limits/policy';
import { a, b, virtualTime, watch } from '../../support/limiter';

describe('The policy', () => {
    const time = virtualTime();
    const { pass, call, spent } = time;
    const minute = 60_000;

    function put(count: number, priority?: Priority, node = 'bulk'): void {
        for (let at = 0; at < count; at++)
            watch(time.limiter.run(call(`${priority ?? 'auto'} of ${node}`), { node, priority }));
    }
    const count = (name: string) => time.log.filter((each) => each === name).length;

    it('is balanced where nothing, or nonsense, is set', () => {
        [undefined, '', 'quick', 'toString', 'fast', 'steady']
            .map(policyOf)
            .should.eql([...Array(4).fill('balanced'), 'fast', 'steady']);
        time.limiter.policy.should.equal('balanced');
    });

    it('balanced spaces bulk to five a second, 294 a minute, and paces it beyond 300', async () => {
        put(1000, 'normal');
        await pass(10_000);
        time.log.length.should.be.within(47, 50);
        await pass(50_000);
        spent()[0]?.should.be.within(285, 294);
        await pass(14 * minute);
        time.log.length.should.be.within(873, 882);
        time.limiter.state().waiting.should.be.above(100);
        await pass(30 * minute);
    });

    it('balanced leaves something for a call of high priority at any time', async () => {
        put(3000, 'low');
        for (let at = 0; at < 30; at++) {
            await pass(minute);
            const urgent = watch(time.limiter.run(call('urgent'), { ...a, priority: 'high' }));
            await pass(2000);
            should(urgent.end).equal('urgent');
        }
        await pass(60 * minute);
    });

    it('fast spends all but the reserve at full speed', async () => {
        time.limiter.policy = 'fast';
        put(880, 'normal');
        await pass(4 * minute);
        time.log.length.should.equal(880);
    });

    it('fast goes as fast as five at once allow while the minute has room', async () => {
        time.limiter.policy = 'fast';
        put(294, 'normal');
        // Five at a time, each a tenth of a second.
        await pass(6_000);
        time.log.length.should.equal(294);
        await pass(minute);
    });

    it('steady goes evenly from the start', async () => {
        time.limiter.policy = 'steady';
        put(300, 'normal');
        await pass(minute);
        time.log.length.should.be.within(56, 60);
        await pass(5 * minute);
    });

    it('can change while calls wait', async () => {
        time.limiter.policy = 'steady';
        put(200, 'normal');
        await pass(10_000);
        time.log.length.should.be.below(12);
        time.limiter.policy = 'fast';
        await pass(minute);
        time.log.length.should.equal(200);
    });

    it('is never in the way of a refused call', async () => {
        time.limiter.policy = 'steady';
        put(3, 'low');
        const refused = time.asking('refused', { again: 1000, hold: true });
        const done = watch(time.limiter.run(refused, { ...b, priority: 'high' }));
        await pass(1100);
        should(done.end).equal('refused');
        await pass(5000);
    });

    describe('without a priority', () => {
        it('lets a node that asks for little go before one that asks for much', async () => {
            put(2000);
            await pass(10 * minute);
            const little = watch(time.limiter.run(call('little'), b));
            await pass(300);
            should(little.end).equal('little');
            await pass(40 * minute);
        });

        it('takes thirty of a node at once for little, and one more every five seconds', async () => {
            put(40);
            time.limiter.state().queued.should.eql({ high: 0, quick: 25, normal: 10, low: 0 });
            await pass(6 * minute);
            put(40);
            time.limiter.state().queued.should.have.properties({ quick: 25, normal: 10 });
            await pass(25_000);
            put(10);
            time.limiter.state().queued.should.have.properties({ quick: 0, normal: 5 });
            await pass(minute);
        });

        it("never lets a call overtake its node's own", async () => {
            put(50);
            await pass(20);
            // Its bucket fills up again while its older calls wait.
            time.limiter.policy = 'steady';
            const names = Array.from({ length: 40 }, (_, at) => `later ${at}`);
            for (const name of names) {
                await pass(1000);
                watch(time.limiter.run(call(name), { node: 'bulk' }));
            }
            await pass(3 * minute);
            count('auto of bulk').should.equal(50);
            time.log.slice(50).should.eql(names);
        });
    });

    it("tells what a node's last call has to expect", async () => {
        should(time.limiter.outlook('bulk')).be.undefined();
        put(400, 'normal');
        await pass(100);
        const { wait = 0, ahead } = time.limiter.outlook('bulk') ?? {};
        should(ahead).equal(398);
        // 300 at five a second, then one a second.
        wait.should.be.within(140_000, 180_000);
        put(1, 'normal', 'other');
        should(time.limiter.outlook('other')).match({ ahead: 1 });
        time.limiter.policy = 'fast';
        const fast = time.limiter.outlook('bulk')?.wait ?? 0;
        // 294 at once, the others as soon as these count no more.
        fast.should.be.within(61_000, 70_000);
        await pass(fast + 2000);
        should(time.limiter.outlook('bulk')).be.undefined();
    });
});
