import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockAhead } from './clock-ahead';
import { Cut } from './cut';
import { type NodeRed, startNodeRed } from './node-red';
import { RedisServer } from './redis';
import { type Seen, Sender, seenIn, underFire } from './under-fire';

export interface RedisRun {
    readonly deliveries: number;
    readonly conversations: number;
    readonly instances: number;
    /** Milliseconds from one kill to the next; one instance after the other. Absent: none is killed. */
    readonly killEvery?: number;
    /** Whether Redis is killed and started again in the middle. */
    readonly restart?: boolean;
    /** Milliseconds for which one instance does not reach Redis, in the middle. */
    readonly cutFor?: number;
    /** Milliseconds by which the clock of each is ahead of that of the one before it. */
    readonly clocks?: number;
}

export interface RedisResult extends Seen {
    readonly deliveries: number;
    readonly answered: number;
    readonly kills: number;
    readonly seconds: number;
    /** Deliveries answered a second. */
    readonly rate: number;
}

/** Several Node-REDs with the same flow behind a round robin, and one Redis with an append-only file. */
export async function redisRun(given: RedisRun): Promise<RedisResult> {
    const { deliveries, conversations, instances, killEvery, restart = false, cutFor = 0, clocks = 0 } = given;
    const folder = mkdtempSync(path.join(tmpdir(), 'missive-redis-run-'));
    const log = path.join(folder, 'seen.log');
    const lasting = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--dir', folder, '--maxmemory', '512mb'];
    const redis = await RedisServer.start(...lasting);
    // Where one is to be cut off, all go by way of this process, which has the senders too: else that one would be slower.
    const wires = await Promise.all(Array.from({ length: cutFor > 0 ? instances : 0 }, () => Cut.to(redis.port)));
    const all: (NodeRed | undefined)[] = [];
    const begin = async (at: number) => {
        const address = `redis://127.0.0.1:${wires[at]?.port ?? redis.port}/0`;
        const start = underFire(path.join(folder, `user-${at}`), log, address);
        const clock = clockAhead(at * clocks);
        all[at] = await startNodeRed({ ...start, ...clock, env: { ...start.env, ...clock.env } });
    };
    let turn = 0;
    const sender = new Sender(() => {
        const alive = all.filter((each) => each !== undefined);
        return alive[turn++ % Math.max(1, alive.length)]?.url;
    });
    let kills = 0;
    try {
        // One after the other: each takes a whole processor while it starts.
        for (let at = 0; at < instances; at += 1) await begin(at);
        const began = performance.now();
        let over = false;
        const sending = sender.send(deliveries, conversations).finally(() => {
            over = true;
        });
        const killing = async () => {
            for (let at = 0; killEvery !== undefined && !over; at = (at + 1) % instances) {
                await sleep(killEvery);
                const killed = all[at];
                if (over || !killed) continue;
                all[at] = undefined;
                kills += 1;
                await killed.stop('SIGKILL');
                await begin(at);
            }
        };
        const troubling = async () => {
            while (!over && sender.acknowledged.size < deliveries / 2) await sleep(5);
            if (restart) {
                await redis.kill();
                await redis.begin(...lasting);
            }
            wires[0]?.cut(true);
            await sleep(cutFor);
            wires[0]?.cut(false);
        };
        await Promise.all([sending, killing(), troubling()]);
        const seconds = (performance.now() - began) / 1000;
        const seen = await seenIn(log, sender, conversations, 40_000);
        const answered = sender.acknowledged.size;
        const rounded = { seconds: Math.round(seconds * 10) / 10, rate: Math.round(answered / seconds) };
        return { deliveries, answered, kills, ...seen, ...rounded };
    } finally {
        await Promise.all(all.map((each) => each?.stop('SIGKILL')));
        for (const wire of wires) wire.close();
        await redis.kill();
        rmSync(folder, { recursive: true, force: true });
    }
}
