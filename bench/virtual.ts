import FakeTimers from '@sinonjs/fake-timers';

const immediately = setImmediate;

/** Lets promises settle between two instants of virtual time. */
const settled = () => new Promise<void>((done) => immediately(done));

/** Runs something in virtual time, from 0 to `length` milliseconds, timer by timer. */
export async function inVirtualTime<T>(length: number, start: () => T): Promise<T> {
    const clock = FakeTimers.install({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
        now: 0,
    });
    try {
        const started = start();
        let over = false;
        setTimeout(() => {
            over = true;
        }, length);
        await settled();
        while (!over) {
            clock.next();
            await settled();
        }
        return started;
    } finally {
        clock.uninstall();
    }
}
