import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Limiter } from '../src/missive/limits/limiter';

/** What a hundred thousand waiting calls cost. Run by itself with `--expose-gc`; prints JSON. */
async function measure(): Promise<void> {
    const calls = 100_000;
    const limiter = new Limiter();
    const stop = new AbortController();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const task = async () => ({ value: undefined });
    const ignore = () => {};
    const bounds = { maxQueue: calls };
    // Something that has waited as long as the limits ask: only bulk is held, permits are free.
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    delay.enable();
    const started = performance.now();
    let busy = 0;
    for (let at = 0; at < calls; at += 50) {
        const from = performance.now();
        for (let one = 0; one < 50; one++) {
            const turn = { node: `node ${one % 5}`, priority: 'low', signal: stop.signal } as const;
            limiter.run(task, turn, bounds).catch(ignore);
        }
        busy += performance.now() - from;
        // Node-RED hands over each message in a turn of its own.
        await new Promise((done) => setImmediate(done));
    }
    const submitted = performance.now() - started;
    globalThis.gc?.();
    const heap = process.memoryUsage().heapUsed - before;
    delay.disable();

    const starts: number[] = [];
    for (let at = 0; at < 20; at++) {
        const from = performance.now();
        await limiter.run(
            async () => {
                starts.push(performance.now() - from);
                return { value: undefined };
            },
            { node: 'chat', priority: 'high' },
            { maxQueue: calls * 2 },
        );
    }
    stop.abort();
    const result = {
        calls,
        bytesPerCall: Math.round(heap / calls),
        microsecondsPerCall: Number(((1000 * busy) / calls).toFixed(2)),
        secondsToQueueAll: Number((submitted / 1000).toFixed(2)),
        eventLoopDelayP99: Number((delay.percentile(99) / 1e6).toFixed(1)),
        highStartsWithinMs: Number(Math.max(...starts).toFixed(1)),
    };
    process.stdout.write(JSON.stringify(result));
}

void measure();
