import should from 'should';
import type { Task } from '../../../src/missive/limits/task';
import { a, b, settled, sleep, virtualTime, watch } from '../../support/limiter';

describe('The limiter', () => {
    const time = virtualTime();
    const { pass, call, asking, spent, occupy } = time;

    describe('takes jobs in turn', () => {
        it('starts at once where there is room', async () => {
            const done = watch(time.limiter.run(call('one'), a));
            await pass(50);
            time.log.should.eql(['one']);
            await pass(100);
            should(done.end).equal('one');
        });

        it('by priority, and a call of few without one right behind the high ones', async () => {
            await occupy(1000);
            watch(time.limiter.run(call('low'), { ...a, priority: 'low' }));
            watch(time.limiter.run(call('normal'), { ...b, priority: 'normal' }));
            watch(time.limiter.run(call('absent'), a));
            watch(time.limiter.run(call('high'), { ...a, priority: 'high' }));
            await pass(2000);
            time.log.should.eql(['high', 'absent', 'normal', 'low']);
        });

        it('keeps the order of a node', async () => {
            const names = Array.from({ length: 50 }, (_, at) => `call ${at}`);
            for (const name of names) watch(time.limiter.run(call(name), a));
            await pass(5000);
            time.log.should.eql(names);
        });

        it('lets a node with one call go before the rest of a node with hundreds', async () => {
            await occupy(1000);
            for (let at = 0; at < 200; at++) watch(time.limiter.run(call('many'), a));
            watch(time.limiter.run(call('single'), b));
            await pass(1500);
            time.log.indexOf('single').should.equal(1);
            await pass(60_000);
        });

        it('runs at most five however quick they are', async () => {
            let [running, most] = [0, 0];
            for (let at = 0; at < 100; at++) {
                const task: Task<void> = async () => {
                    most = Math.max(most, ++running);
                    await sleep(0);
                    running--;
                    return { value: undefined };
                };
                watch(time.limiter.run(task, { ...a, priority: 'high' }));
            }
            await pass(5000);
            most.should.equal(5);
            time.limiter.state().waiting.should.equal(0);
        });

        it('goes on after a task that throws', async () => {
            const failed = Array.from({ length: 5 }, () =>
                watch(
                    time.limiter.run(async () => {
                        throw new Error('broken');
                    }, a),
                ),
            );
            const thrown = watch(
                time.limiter.run(() => {
                    throw new Error('at once');
                }, a),
            );
            const next = watch(time.limiter.run(call('next'), a));
            await pass(500);
            failed.map(({ end }) => end).should.eql(Array(5).fill('Error: broken'));
            should(thrown.end).equal('Error: at once');
            should(next.end).equal('next');
            spent().should.eql([7, 7]);
        });

        it('says how long a task has waited and how often it ran', async () => {
            await occupy(1000);
            const seen: [number, number][] = [];
            const task: Task<void> = async ({ number, waited }) => {
                seen.push([number, waited]);
                await sleep(500);
                return number === 1 ? { again: 2000 } : { value: undefined };
            };
            watch(time.limiter.run(task, a));
            await pass(5000);
            seen.length.should.equal(2);
            // Time on the wire is not waiting.
            seen[0]?.[0].should.equal(1);
            should(seen[0]?.[1]).be.within(900, 1100);
            should(seen[1]?.[1]).be.within(2900, 3200);
        });
    });

    describe('bounds its queue', () => {
        it('to what waits; what is in flight does not count', async () => {
            const all = Array.from({ length: 9 }, (_, at) =>
                watch(time.limiter.run(call(`${at}`), a, { maxQueue: 3 })),
            );
            await settled();
            all.map(({ end }) => end).should.eql([...Array(8).fill(undefined), 'ERR_MISSIVE_QUEUE']);
            time.limiter.state().waiting.should.equal(3);
            await pass(1000);
            time.log.length.should.equal(8);
        });

        it('by each call, as two accounts may share a token', async () => {
            await occupy(1000);
            const ends = [5, 1, 5, 1].map((maxQueue) => watch(time.limiter.run(call('x'), a, { maxQueue })));
            await settled();
            ends.map(({ end }) => end).should.eql([undefined, 'ERR_MISSIVE_QUEUE', undefined, 'ERR_MISSIVE_QUEUE']);
            await pass(2000);
        });

        it('to nothing, and still sends what can start at once', async () => {
            const ends = Array.from({ length: 6 }, () => watch(time.limiter.run(call('x'), a, { maxQueue: 0 })));
            await pass(1000);
            ends.filter(({ end }) => end === 'x').length.should.equal(5);
        });

        it('to so many bytes, which count while they wait and no longer', async () => {
            await occupy(1000);
            const put = (name: string, bytes: number) =>
                watch(time.limiter.run(call(name), b, { maxBytes: 1000, bytes }));
            const [one, two, three] = [put('one', 600), put('two', 500), put('three', 400)];
            const none = put('none', 0);
            await pass(10);
            should(one.end).be.undefined();
            should(two.end).equal('ERR_MISSIVE_QUEUE');
            should(three.end).be.undefined();
            await pass(5000);
            [one, three, none].map(({ end }) => end).should.eql(['one', 'three', 'none']);
            const later = put('later', 1000);
            await pass(500);
            should(later.end).equal('later');
        });

        it('and counts what pauses between two tries', async () => {
            for (let at = 0; at < 2; at++) watch(time.limiter.run(asking('again', { again: 10_000 }), a));
            await pass(100);
            await occupy(1000);
            const extra = watch(time.limiter.run(call('extra'), a, { maxQueue: 2 }));
            await settled();
            should(extra.end).equal('ERR_MISSIVE_QUEUE');
            await pass(20_000);
        });

        it('but never drops a call that comes again', async () => {
            const again = watch(time.limiter.run(asking('again', { again: 10 }), a, { maxQueue: 1 }));
            watch(time.limiter.run(call('x'), a, { maxQueue: 1 }));
            await pass(500);
            should(again.end).equal('again');
        });

        it('to ten thousand where nothing else is said', async () => {
            await occupy(1000);
            const stop = new AbortController();
            const turn = { ...a, signal: stop.signal };
            for (let at = 0; at < 10_000; at++) watch(time.limiter.run(call('x'), turn));
            const extra = watch(time.limiter.run(call('extra'), b));
            await settled();
            should(extra.end).equal('ERR_MISSIVE_QUEUE');
            stop.abort();
            await pass(2000);
        });
    });
});
