import { getEventListeners } from 'node:events';
import FakeTimers from '@sinonjs/fake-timers';
import should from 'should';
import type { Turn } from '../../src/missive/call';
import { MissiveError } from '../../src/missive/errors';
import { type Again, Limiter, type Task } from '../../src/missive/limiter';

/** Taken before the clock is replaced: lets promises settle between two instants of virtual time. */
const settled = () => new Promise((done) => setImmediate(done));

/** A generator with a seed, so that a run can be run again. */
function dice(seed: number): () => number {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

const a: Turn = { node: 'a' };
const b: Turn = { node: 'b' };

describe('The limiter', () => {
    let clock: FakeTimers.Clock;
    let limiter: Limiter;
    let log: string[];

    /** Lets so many milliseconds go by, timer by timer. */
    async function pass(ms: number): Promise<void> {
        let over = false;
        setTimeout(() => {
            over = true;
        }, ms);
        await settled();
        while (!over) {
            clock.next();
            await settled();
        }
    }

    const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

    /** A request that is answered after a while. */
    const call =
        (name: string, ms = 100): Task<string> =>
        async () => {
            log.push(name);
            await sleep(ms);
            return { value: name };
        };

    /** A request that asks to run again as often as there are answers, then is done. */
    function asking(name: string, ...answers: Again[]): Task<string> {
        return async ({ number }) => {
            log.push(name);
            await sleep(10);
            return answers[number - 1] ?? { value: name };
        };
    }

    /** Watches a promise: its value or its error's code, once it has one. */
    function watch(promise: Promise<unknown>): { end: string | undefined; error?: unknown } {
        const seen: { end: string | undefined; error?: unknown } = { end: undefined };
        promise.then(
            (value) => {
                seen.end = String(value);
            },
            (error) => {
                seen.error = error;
                seen.end = error instanceof MissiveError ? error.code : String(error);
            },
        );
        return seen;
    }

    const spent = () => limiter.state().windows.map((window) => window.used);

    /** Fills all five slots for so long. */
    async function occupy(ms: number): Promise<void> {
        for (let at = 0; at < 5; at++) watch(limiter.run(call(`busy ${at}`, ms), { node: 'busy' }));
        await pass(50);
        log = [];
    }

    beforeEach(() => {
        clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
        limiter = new Limiter();
        log = [];
    });
    afterEach(() => {
        // Whatever a test did: no timer may be left once nothing waits.
        const { waiting, inFlight } = limiter.state();
        const left = clock.countTimers();
        clock.uninstall();
        if (waiting + inFlight === 0) left.should.equal(0);
    });

    describe('against servers of every kind', () => {
        interface Sent {
            readonly from: number;
            readonly to: number;
            readonly arrived: number;
        }

        /** A server's count: whether it takes a request that arrives now. */
        type Server = (now: number) => boolean;
        const windows = [
            { limit: 300, span: 60_000 },
            { limit: 900, span: 900_000 },
        ];
        const sliding = (): Server => {
            const taken: number[] = [];
            return (now) => {
                const ok = windows.every(({ limit, span }) => (taken.at(-limit) ?? -Infinity) <= now - span);
                if (ok) taken.push(now);
                return ok;
            };
        };
        const fixed = (phase: number): Server => {
            const counts = new Map<string, number>();
            return (now) => {
                const keys = windows.map(({ span }) => `${span} ${Math.floor((now + phase * span) / span)}`);
                const ok = keys.every((key, at) => (counts.get(key) ?? 0) < (windows[at]?.limit ?? 0));
                if (ok) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
                return ok;
            };
        };
        const bucket = (): Server => {
            const levels = windows.map(({ limit }) => ({ level: limit, at: 0 }));
            return (now) => {
                windows.forEach(({ limit, span }, at) => {
                    const one = levels[at];
                    if (!one) return;
                    one.level = Math.min(limit, one.level + ((now - one.at) * limit) / span);
                    one.at = now;
                });
                const ok = levels.every(({ level }) => level >= 1);
                if (ok) for (const one of levels) one.level--;
                return ok;
            };
        };

        /** The most requests that a window can have seen, wherever between send and answer each of them was counted. */
        function worst(sent: readonly Sent[], span: number): number {
            const starts = sent.map(({ from }) => from).sort((x, y) => x - y);
            const ends = sent.map(({ to }) => to).sort((x, y) => x - y);
            let most = 0;
            let started = 0;
            ends.forEach((end, over) => {
                while ((starts[started] ?? Infinity) < end + span) started++;
                most = Math.max(most, started - over);
            });
            return most;
        }

        const patterns: Record<string, (submit: () => void, random: () => number) => Promise<void>> = {
            'two thousand at once': async (submit) => {
                for (let at = 0; at < 2000; at++) submit();
                await pass(31 * 60_000);
            },
            'bursts at random': async (submit, random) => {
                for (let minute = 0; minute < 31; minute++) {
                    for (let at = random() * 200; at > 0; at--) submit();
                    await pass(60_000);
                }
            },
            'bursts around the ends of windows': async (submit) => {
                for (const wait of [59_000, 2000, 838_000, 1000, 60_000, 840_000]) {
                    for (let at = 0; at < 300; at++) submit();
                    await pass(wait);
                }
            },
        };

        for (const [name, pattern] of Object.entries(patterns)) {
            it(`stays inside every limit: ${name}`, async function () {
                this.timeout(60_000);
                const random = dice(7);
                const servers = [sliding(), bucket(), ...[0, 0.2, 0.4, 0.6, 0.8].map(fixed)];
                const sent: Sent[] = [];
                let inFlight = 0;
                let most = 0;
                let refused = 0;
                const task: Task<void> = async () => {
                    const from = performance.now();
                    most = Math.max(most, ++inFlight);
                    // A few are slow, most are quick; the server counts it somewhere in between.
                    const latency = 50 + (random() < 0.05 ? 20_000 : 1500) * random();
                    const arrives = latency * random();
                    await sleep(arrives);
                    const arrived = performance.now();
                    refused += servers.filter((take) => !take(arrived)).length;
                    await sleep(latency - arrives);
                    sent.push({ from, to: performance.now(), arrived });
                    inFlight--;
                    return { value: undefined };
                };
                let at = 0;
                await pattern(() => {
                    watch(limiter.run(task, { node: `node ${at++ % 7}` }));
                }, random);

                refused.should.equal(0);
                most.should.equal(5);
                for (const { limit, span } of windows) worst(sent, span).should.be.belowOrEqual(limit);
                if (name === 'two thousand at once') {
                    // Both windows are used to the full: 900, 15 minutes later 900 again, then the rest begins.
                    sent.filter(({ arrived }) => arrived < 15 * 60_000).length.should.equal(900);
                    sent.length.should.be.above(1790);
                }
                await pass(40 * 60_000);
                limiter.state().waiting.should.equal(0);
            });
        }

        it('keeps one token inside the limits whatever other tokens do', async () => {
            const other = new Limiter();
            for (let at = 0; at < 400; at++) watch(other.run(call('other', 1), a));
            await occupy(10);
            await pass(50_000);
            spent().should.eql([5, 5]);
            other.state().waiting.should.equal(100);
            await pass(60_000);
        });
    });

    describe('takes jobs in turn', () => {
        it('starts at once where there is room', async () => {
            const done = watch(limiter.run(call('one'), a));
            await pass(50);
            log.should.eql(['one']);
            await pass(100);
            should(done.end).equal('one');
        });

        it('takes an absent priority for normal', async () => {
            await occupy(1000);
            watch(limiter.run(call('low'), { ...a, priority: 'low' }));
            watch(limiter.run(call('absent'), a));
            watch(limiter.run(call('normal'), { ...b, priority: 'normal' }));
            watch(limiter.run(call('high'), { ...a, priority: 'high' }));
            await pass(2000);
            log.should.eql(['high', 'absent', 'normal', 'low']);
        });

        it('keeps the order of a node', async () => {
            const names = Array.from({ length: 50 }, (_, at) => `call ${at}`);
            for (const name of names) watch(limiter.run(call(name), a));
            await pass(5000);
            log.should.eql(names);
        });

        it('lets a node with one call go before the rest of a node with hundreds', async () => {
            await occupy(1000);
            for (let at = 0; at < 200; at++) watch(limiter.run(call('many'), a));
            watch(limiter.run(call('single'), b));
            await pass(1500);
            log.indexOf('single').should.equal(1);
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
                watch(limiter.run(task, a));
            }
            await pass(5000);
            most.should.equal(5);
            limiter.state().waiting.should.equal(0);
        });

        it('goes on after a task that throws', async () => {
            const failed = Array.from({ length: 5 }, () =>
                watch(
                    limiter.run(async () => {
                        throw new Error('broken');
                    }, a),
                ),
            );
            const thrown = watch(
                limiter.run(() => {
                    throw new Error('at once');
                }, a),
            );
            const next = watch(limiter.run(call('next'), a));
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
            watch(limiter.run(task, a));
            await pass(5000);
            seen.length.should.equal(2);
            // Time on the wire is not waiting.
            seen[0]?.[0].should.equal(1);
            should(seen[0]?.[1]).be.within(900, 1100);
            should(seen[1]?.[1]).be.within(2900, 3200);
        });
    });

    describe('after a 429', () => {
        const refused = (ms: number): Again => ({ again: ms, hold: true });

        it('holds everybody, then sends the refused call first and alone', async () => {
            watch(limiter.run(asking('refused', refused(30_000)), { ...a, priority: 'low' }));
            await pass(100);
            for (const name of ['one', 'two', 'three']) watch(limiter.run(call(name), { ...b, priority: 'high' }));
            await pass(29_800);
            log.should.eql(['refused']);
            limiter.state().held.should.be.above(0);
            await pass(150);
            log.should.eql(['refused', 'refused', 'one', 'two', 'three']);
            await pass(500);
        });

        it('sends nothing else while the first one is on its way', async () => {
            const slow: Task<string> = async ({ number }) => {
                log.push(`refused ${number}`);
                await sleep(number === 1 ? 10 : 5000);
                return number === 1 ? refused(1000) : { value: 'done' };
            };
            watch(limiter.run(slow, a));
            watch(limiter.run(call('other', 10), b));
            await pass(100);
            log = [];
            watch(limiter.run(call('late'), b));
            await pass(4000);
            log.should.eql(['refused 2']);
            await pass(3000);
            log.should.eql(['refused 2', 'late']);
        });

        it('puts calls that were refused together back in their order', async () => {
            for (const name of ['1', '2', '3', '4', '5', '6']) watch(limiter.run(asking(name, refused(1000)), a));
            await pass(500);
            log.should.eql(['1', '2', '3', '4', '5']);
            log = [];
            await pass(1000);
            log.slice(0, 5).should.eql(['1', '2', '3', '4', '5']);
            await pass(5000);
        });

        it('goes on holding when it is refused again', async () => {
            const done = watch(limiter.run(asking('x', refused(1000), refused(2000), refused(0)), a));
            watch(limiter.run(call('y'), b));
            await pass(200);
            await pass(2500);
            log.should.eql(['x', 'y', 'x']);
            await pass(1000);
            should(done.end).equal('x');
            log.should.eql(['x', 'y', 'x', 'x', 'x']);
        });

        it('counts the refused request as spent', async () => {
            watch(limiter.run(asking('x', refused(10), refused(10)), a));
            await pass(500);
            spent().should.eql([3, 3]);
        });
    });

    describe('lets a task come again', () => {
        it('without holding a slot in between', async () => {
            for (let at = 0; at < 5; at++) watch(limiter.run(asking('again', { again: 10_000 }), a));
            await pass(100);
            const other = watch(limiter.run(call('other'), b));
            await pass(500);
            should(other.end).equal('other');
            limiter.state().waiting.should.equal(5);
            await pass(10_000);
            limiter.state().waiting.should.equal(0);
        });

        it('at the front of its lane', async () => {
            watch(limiter.run(asking('again', { again: 200 }), { ...a, priority: 'low' }));
            await pass(50);
            await occupy(1000);
            for (const [name, priority] of [
                ['low', 'low'],
                ['normal', 'normal'],
            ] as const)
                watch(limiter.run(call(name), { ...b, priority }));
            await pass(2000);
            log.should.eql(['normal', 'again', 'low']);
        });

        it('and counts every run', async () => {
            watch(limiter.run(asking('again', { again: 1 }, { again: 1 }), a));
            await pass(500);
            spent().should.eql([3, 3]);
        });

        it('at no cost when nothing was written', async () => {
            const unsent: Task<string> = async ({ number, refund }) => {
                refund();
                return number < 5 ? { again: 10 } : { value: 'gave up' };
            };
            const done = watch(limiter.run(unsent, a));
            await pass(500);
            should(done.end).equal('gave up');
            spent().should.eql([0, 0]);
        });
    });

    describe('ends what waits too long', () => {
        it('at its deadline, unsent', async () => {
            await occupy(10_000);
            const late = watch(limiter.run(call('late'), a, { maxWait: 5 }));
            await pass(4990);
            should(late.end).be.undefined();
            await pass(20);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            should(late.error).have.properties({ delivered: 'no', attempts: 0 });
            await pass(10_000);
            log.should.eql([]);
            spent().should.eql([5, 5]);
        });

        it('also during the pause after a 429', async () => {
            const late = watch(limiter.run(asking('x', { again: 60_000, hold: true }), a, { maxWait: 20 }));
            const patient = watch(limiter.run(call('y'), b));
            await pass(20_100);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            await pass(60_000);
            should(patient.end).equal('y');
            log.should.eql(['x', 'y']);
        });

        it('also between two tries, and then says what came of the first', async () => {
            const failure = new MissiveError('ERR_MISSIVE_SERVER', 'Missive failed.', {
                status: 503,
                delivered: 'unknown',
            });
            const late = watch(limiter.run(asking('x', { again: 60_000, failure }), a, { maxWait: 20 }));
            await pass(20_100);
            should(late.error).have.properties({
                code: 'ERR_MISSIVE_QUEUE',
                status: 503,
                delivered: 'unknown',
                attempts: 1,
            });
            String(late.error).should.match(/Missive failed/);
            await pass(60_000);
            log.should.eql(['x']);
            limiter.state().waiting.should.equal(0);
        });

        it('but not what is on the wire', async () => {
            const slow = watch(limiter.run(call('slow', 10_000), a, { maxWait: 1 }));
            await pass(10_100);
            should(slow.end).equal('slow');
        });

        it('nor sends it again once its time is over', async () => {
            const task: Task<string> = async () => {
                log.push('x');
                await sleep(10_000);
                return { again: 0, hold: true };
            };
            const late = watch(limiter.run(task, a, { maxWait: 1 }));
            await pass(20_000);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            log.should.eql(['x']);
        });

        it('even where the process was too busy to see the deadline in time', async () => {
            const late = watch(limiter.run(asking('x', { again: 10_000, hold: true }), a, { maxWait: 10.2 }));
            await pass(100);
            const other = watch(limiter.run(call('other'), b));
            // The pause ends shortly before the deadline, and its timer is served first: by then both are long over.
            clock.jump(60_000);
            await pass(500);
            should(late.end).equal('ERR_MISSIVE_QUEUE');
            should(other.end).equal('other');
            log.should.eql(['x', 'other']);
        });

        it('and lets a call with no time to wait start where there is room', async () => {
            const now = watch(limiter.run(call('now'), a, { maxWait: 0 }));
            await pass(200);
            should(now.end).equal('now');
        });

        it('and waits for ever where no deadline is set', async () => {
            watch(limiter.run(asking('x', { again: 86_400_000, hold: true }), a));
            await pass(50);
            const patient = watch(limiter.run(call('patient'), b));
            const rather = watch(limiter.run(call('rather'), b, { maxWait: 1e9 }));
            await pass(86_401_000);
            should(patient.end).equal('patient');
            should(rather.end).equal('rather');
        });
    });

    describe('bounds its queue', () => {
        it('to what waits; what is in flight does not count', async () => {
            const all = Array.from({ length: 9 }, (_, at) => watch(limiter.run(call(`${at}`), a, { maxQueue: 3 })));
            await settled();
            all.map(({ end }) => end).should.eql([...Array(8).fill(undefined), 'ERR_MISSIVE_QUEUE']);
            limiter.state().waiting.should.equal(3);
            await pass(1000);
            log.length.should.equal(8);
        });

        it('by each call, as two accounts may share a token', async () => {
            await occupy(1000);
            const ends = [5, 1, 5, 1].map((maxQueue) => watch(limiter.run(call('x'), a, { maxQueue })));
            await settled();
            ends.map(({ end }) => end).should.eql([undefined, 'ERR_MISSIVE_QUEUE', undefined, 'ERR_MISSIVE_QUEUE']);
            await pass(2000);
        });

        it('to nothing, and still sends what can start at once', async () => {
            const ends = Array.from({ length: 6 }, () => watch(limiter.run(call('x'), a, { maxQueue: 0 })));
            await pass(1000);
            ends.filter(({ end }) => end === 'x').length.should.equal(5);
        });

        it('and counts what pauses between two tries', async () => {
            for (let at = 0; at < 2; at++) watch(limiter.run(asking('again', { again: 10_000 }), a));
            await pass(100);
            await occupy(1000);
            const extra = watch(limiter.run(call('extra'), a, { maxQueue: 2 }));
            await settled();
            should(extra.end).equal('ERR_MISSIVE_QUEUE');
            await pass(20_000);
        });

        it('but never drops a call that comes again', async () => {
            const again = watch(limiter.run(asking('again', { again: 10 }), a, { maxQueue: 1 }));
            watch(limiter.run(call('x'), a, { maxQueue: 1 }));
            await pass(500);
            should(again.end).equal('again');
        });

        it('to ten thousand where nothing else is said', async () => {
            await occupy(1000);
            const stop = new AbortController();
            const turn = { ...a, signal: stop.signal };
            for (let at = 0; at < 10_000; at++) watch(limiter.run(call('x'), turn));
            const extra = watch(limiter.run(call('extra'), b));
            await settled();
            should(extra.end).equal('ERR_MISSIVE_QUEUE');
            stop.abort();
            await pass(2000);
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
            const dropped = [1, 2, 3].map(() => watch(limiter.run(call('dropped'), turn)));
            const kept = watch(limiter.run(call('kept'), b));
            stop.abort();
            await settled();
            dropped.map(({ end }) => end).should.eql(Array(3).fill('ERR_MISSIVE_CLOSED'));
            limiter.state().waiting.should.equal(1);
            await pass(2000);
            should(kept.end).equal('kept');
            log.should.eql(['kept']);
            spent().should.eql([6, 6]);
        });

        it('lets what is on the wire end', async () => {
            const sent = watch(limiter.run(call('sent', 1000), turn));
            await pass(100);
            stop.abort();
            await pass(1000);
            should(sent.end).equal('sent');
        });

        it('but does not send that again', async () => {
            const ends = [{ again: 100 }, { again: 100, hold: true }].map((again) =>
                watch(limiter.run(asking('x', again), turn)),
            );
            await pass(12);
            stop.abort();
            await pass(1000);
            ends.map(({ end }) => end).should.eql(Array(2).fill('ERR_MISSIVE_CLOSED'));
            log.should.eql(['x', 'x']);
        });

        it('drops what pauses between two tries or after a 429', async () => {
            const ends = [{ again: 60_000 }, { again: 60_000, hold: true }].map((again) =>
                watch(limiter.run(asking('x', again), turn)),
            );
            await pass(100);
            limiter.state().waiting.should.equal(2);
            stop.abort();
            await settled();
            ends.map(({ end }) => end).should.eql(Array(2).fill('ERR_MISSIVE_CLOSED'));
            limiter.state().waiting.should.equal(0);
            should(ends[0]?.error).have.property('attempts', 1);
        });

        it('spends nothing on a call that was about to start', async () => {
            const dropped = watch(limiter.run(call('dropped'), turn));
            stop.abort();
            await pass(100);
            should(dropped.end).equal('ERR_MISSIVE_CLOSED');
            log.should.eql([]);
            spent().should.eql([0, 0]);
        });

        it('refuses what it sends afterwards', async () => {
            stop.abort();
            const refused = watch(limiter.run(call('refused'), turn));
            await settled();
            should(refused.end).equal('ERR_MISSIVE_CLOSED');
        });

        it('listens once for all of its calls, and not at all when none waits', async () => {
            await occupy(1000);
            for (let at = 0; at < 100; at++) watch(limiter.run(call('x', 1), turn));
            getEventListeners(stop.signal, 'abort').length.should.equal(1);
            await pass(3000);
            getEventListeners(stop.signal, 'abort').length.should.equal(0);
        });

        it('has no deadline left that could end a call twice', async () => {
            await occupy(1000);
            const dropped = watch(limiter.run(call('x'), turn, { maxWait: 0.5 }));
            stop.abort();
            await pass(2000);
            should(dropped.end).equal('ERR_MISSIVE_CLOSED');
            limiter.state().waiting.should.equal(0);
        });
    });
});
