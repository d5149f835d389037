import FakeTimers from '@sinonjs/fake-timers';
import type { Turn } from '../../src/missive/call';
import { MissiveError } from '../../src/missive/errors';
import { Limiter } from '../../src/missive/limits/limiter';
import type { Again, Task } from '../../src/missive/limits/task';

export const a: Turn = { node: 'a' };
export const b: Turn = { node: 'b' };

/** Lets promises settle between two instants of virtual time. */
export const settled = () => new Promise((done) => setImmediate(done));

export const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** What a promise has come to: its value or its error's code, once it has one. */
export interface Watched {
    end: string | undefined;
    error?: unknown;
}

export function watch(promise: Promise<unknown>): Watched {
    const seen: Watched = { end: undefined };
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

/** For each test of the suite that calls it a limiter of its own, a clock that stands still and a log of what started. */
export function virtualTime() {
    /** Lets so many milliseconds go by, timer by timer. */
    async function pass(ms: number): Promise<void> {
        let over = false;
        setTimeout(() => {
            over = true;
        }, ms);
        await settled();
        while (!over) {
            time.clock.next();
            await settled();
        }
    }

    /** A request that is answered after a while. */
    const call =
        (name: string, ms = 100): Task<string> =>
        async () => {
            time.log.push(name);
            await sleep(ms);
            return { value: name };
        };

    /** A request that asks to run again as often as there are answers, then is done. */
    function asking(name: string, ...answers: Again[]): Task<string> {
        return async ({ number }) => {
            time.log.push(name);
            await sleep(10);
            return answers[number - 1] ?? { value: name };
        };
    }

    const spent = () => time.limiter.state().windows.map((window) => window.used);

    /** Fills all five slots for so long. */
    async function occupy(ms: number): Promise<void> {
        for (let at = 0; at < 5; at++) watch(time.limiter.run(call(`busy ${at}`, ms), { node: 'busy' }));
        await pass(50);
        time.log = [];
    }

    const install = () => FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    const time = {
        clock: undefined as unknown as ReturnType<typeof install>,
        limiter: new Limiter(),
        log: [] as string[],
        pass,
        call,
        asking,
        spent,
        occupy,
    };
    beforeEach(() => {
        time.clock = install();
        time.limiter = new Limiter();
        time.log = [];
    });
    afterEach(() => {
        // Whatever a test did: no timer may be left once nothing waits.
        const { waiting, inFlight } = time.limiter.state();
        const left = time.clock.countTimers();
        time.clock.uninstall();
        if (waiting + inFlight === 0) left.should.equal(0);
    });
    return time;
}
