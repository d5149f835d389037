import { getEventListeners } from 'node:events';
import should from 'should';
import type { Turn } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import type { Task } from '../../../src/missive/limits/task';
import { a, b, settled, sleep, virtualTime, type Watched, watch } from '../../support/limiter';

/** The milliseconds that an error tells. */
const waited = ({ error }: Watched) => Number(Reflect.get(Object(error), 'waited'));

describe('The limiter', () => {
    const time = virtualTime();
    const { pass, call, asking, spent, occupy } = time;

    describe('ends what waits too long', () => {
        it('at its deadline, unsent', async () => {
            await occupy(10_000);
            const late = watch(time.limiter.run(call('late'), a, { maxWait: 5 }));
            await pass(4990);
            should(late.end).be.undefined();
            await pass(20);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            should(late.error).have.properties({ delivered: 'no', attempts: 0 });
            await pass(10_000);
            time.log.should.eql([]);
            spent().should.eql([5, 5]);
        });

        it('also during the pause after a 429', async () => {
            const late = watch(time.limiter.run(asking('x', { again: 60_000, hold: true }), a, { maxWait: 20 }));
            const patient = watch(time.limiter.run(call('y'), b));
            await pass(20_100);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            await pass(60_000);
            should(patient.end).equal('y');
            time.log.should.eql(['x', 'y']);
        });

        it('also between two tries, and then says what came of the first', async () => {
            const failure = new MissiveError('ERR_MISSIVE_SERVER', 'Missive failed.', {
                status: 503,
                delivered: 'unknown',
            });
            const late = watch(time.limiter.run(asking('x', { again: 60_000, failure }), a, { maxWait: 20 }));
            await pass(20_100);
            should(late.error).have.properties({
                code: 'ERR_MISSIVE_QUEUE',
                status: 503,
                delivered: 'unknown',
                attempts: 1,
            });
            String(late.error).should.match(/Missive failed/);
            await pass(60_000);
            time.log.should.eql(['x']);
            time.limiter.state().waiting.should.equal(0);
        });

        it('but not what is on the wire', async () => {
            const slow = watch(time.limiter.run(call('slow', 10_000), a, { maxWait: 1 }));
            await pass(10_100);
            should(slow.end).equal('slow');
        });

        it('nor sends it again once its time is over', async () => {
            const task: Task<string> = async () => {
                time.log.push('x');
                await sleep(10_000);
                return { again: 0, hold: true };
            };
            const late = watch(time.limiter.run(task, a, { maxWait: 1 }));
            await pass(20_000);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            time.log.should.eql(['x']);
        });

        it('even where the process was too busy to see the deadline in time', async () => {
            const late = watch(time.limiter.run(asking('x', { again: 10_000, hold: true }), a, { maxWait: 10.2 }));
            await pass(100);
            const other = watch(time.limiter.run(call('other'), b));
            // The pause ends shortly before the deadline, and its timer is served first: by then both are long over.
            time.clock.jump(60_000);
            await pass(500);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            should(other.end).equal('other');
            time.log.should.eql(['x', 'other']);
        });

        it('and lets a call with no time to wait start where there is room', async () => {
            const now = watch(time.limiter.run(call('now'), a, { maxWait: 0 }));
            await pass(200);
            should(now.end).equal('now');
        });

        it('and waits for ever where no deadline is set', async () => {
            watch(time.limiter.run(asking('x', { again: 86_400_000, hold: true }), a));
            await pass(50);
            const patient = watch(time.limiter.run(call('patient'), b));
            const rather = watch(time.limiter.run(call('rather'), b, { maxWait: 1e9 }));
            await pass(86_401_000);
            should(patient.end).equal('patient');
            should(rather.end).equal('rather');
        });

        it('and says how long it has waited, time on the wire left out', async () => {
            await occupy(1000);
            const full = watch(time.limiter.run(call('full'), a, { maxQueue: 0 }));
            const late = watch(time.limiter.run(call('late'), a, { maxWait: 0.5 }));
            const slow: Task<string> = async () => {
                await sleep(2000);
                return { again: 60_000 };
            };
            const again = watch(time.limiter.run(slow, a, { maxWait: 10 }));
            await pass(10_010);
            [full, late, again].map(({ end }) => end).should.eql(Array(3).fill('ERR_MISSIVE_QUEUE'));
            waited(full).should.equal(0);
            waited(late).should.be.within(500, 510);
            waited(again).should.be.within(7950, 8050);
        });
    });

    describe('when a node is stopped', () => {
        let stop: AbortController;
        let turn: Turn;
        beforeEach(() => {
            stop = new AbortController();
            turn = { node: 'a', signal: stop.signal };
        });

        it('drops what waits at once, and nothing of the others', async () => {
            await occupy(1000);
            const dropped = [1, 2, 3].map(() => watch(time.limiter.run(call('dropped'), turn)));
            const kept = watch(time.limiter.run(call('kept'), b));
            stop.abort();
            await settled();
            dropped.map(({ end }) => end).should.eql(Array(3).fill('ERR_MISSIVE_CLOSED'));
            time.limiter.state().waiting.should.equal(1);
            await pass(2000);
            should(kept.end).equal('kept');
            time.log.should.eql(['kept']);
            spent().should.eql([6, 6]);
        });

        it('lets what is on the wire end', async () => {
            const sent = watch(time.limiter.run(call('sent', 1000), turn));
            await pass(100);
            stop.abort();
            await pass(1000);
            should(sent.end).equal('sent');
        });

        it('but does not send that again', async () => {
            const ends = [{ again: 100 }, { again: 100, hold: true }].map((again) =>
                watch(time.limiter.run(asking('x', again), turn)),
            );
            await pass(12);
            stop.abort();
            await pass(1000);
            ends.map(({ end }) => end).should.eql(Array(2).fill('ERR_MISSIVE_CLOSED'));
            time.log.should.eql(['x', 'x']);
        });

        it('drops what pauses between two tries or after a 429', async () => {
            const ends = [{ again: 60_000 }, { again: 60_000, hold: true }].map((again) =>
                watch(time.limiter.run(asking('x', again), turn)),
            );
            await pass(100);
            time.limiter.state().waiting.should.equal(2);
            stop.abort();
            await settled();
            ends.map(({ end }) => end).should.eql(Array(2).fill('ERR_MISSIVE_CLOSED'));
            time.limiter.state().waiting.should.equal(0);
            should(ends[0]?.error).have.property('attempts', 1);
        });

        it('spends nothing on a call that was about to start', async () => {
            const dropped = watch(time.limiter.run(call('dropped'), turn));
            stop.abort();
            await pass(100);
            should(dropped.end).equal('ERR_MISSIVE_CLOSED');
            time.log.should.eql([]);
            spent().should.eql([0, 0]);
        });

        it('refuses what it sends afterwards', async () => {
            stop.abort();
            const refused = watch(time.limiter.run(call('refused'), turn));
            await settled();
            should(refused.end).equal('ERR_MISSIVE_CLOSED');
        });

        it('listens once for all of its calls, and not at all when none waits', async () => {
            await occupy(1000);
            for (let at = 0; at < 100; at++) watch(time.limiter.run(call('x', 1), { ...turn, priority: 'high' }));
            getEventListeners(stop.signal, 'abort').length.should.equal(1);
            await pass(3000);
            getEventListeners(stop.signal, 'abort').length.should.equal(0);
        });

        it('has no deadline left that could end a call twice', async () => {
            await occupy(1000);
            const dropped = watch(time.limiter.run(call('x'), turn, { maxWait: 0.5 }));
            stop.abort();
            await pass(2000);
            should(dropped.end).equal('ERR_MISSIVE_CLOSED');
            time.limiter.state().waiting.should.equal(0);
        });

        it('ends a thousand calls before the next turn of the event loop, also the ones about to start', async () => {
            const dropped = Array.from({ length: 1000 }, () =>
                watch(time.limiter.run(call('x'), turn, { maxWait: 60 })),
            );
            time.limiter.state().should.have.properties({ inFlight: 5, waiting: 995 });
            stop.abort();
            // What the node does to count them.
            await settled();
            dropped.filter(({ end }) => end === 'ERR_MISSIVE_CLOSED').length.should.equal(1000);
            dropped.every((one) => waited(one) >= 0).should.be.true();
            await pass(100);
            time.log.should.eql([]);
            spent().should.eql([0, 0]);
        });
    });
});
