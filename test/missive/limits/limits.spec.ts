import { Limiter } from '../../../src/missive/limits/limiter';
import type { Task } from '../../../src/missive/limits/task';
import { a, sleep, virtualTime, watch } from '../../support/limiter';

/** A generator with a seed, so that a run can be run again. */
function dice(seed: number): () => number {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

describe('The limiter against servers of every kind', () => {
    const time = virtualTime();
    const { pass, call, spent, occupy } = time;

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
                watch(time.limiter.run(task, { node: `node ${at++ % 7}` }));
            }, random);

            refused.should.equal(0);
            most.should.equal(5);
            for (const { limit, span } of windows) worst(sent, span).should.be.belowOrEqual(limit);
            if (name === 'two thousand at once') {
                // Both windows are used but for the reserve, which is for urgent calls alone.
                sent.filter(({ arrived }) => arrived < 15 * 60_000).length.should.be.aboveOrEqual(873);
                sent.length.should.be.above(1746);
            }
            await pass(40 * 60_000);
            time.limiter.state().waiting.should.equal(0);
        });
    }

    it('keeps one token inside the limits whatever other tokens do', async () => {
        const other = new Limiter();
        for (let at = 0; at < 400; at++) watch(other.run(call('other', 1), { ...a, priority: 'high' }));
        await occupy(10);
        await pass(50_000);
        spent().should.eql([5, 5]);
        other.state().waiting.should.equal(100);
        await pass(60_000);
    });
});
