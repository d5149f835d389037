import type { Limits } from '../../src/missive/limits/ledger';
import { RedisServer } from '../../test/support/redis';
import { table } from '../table';
import { FarEnd } from './far-end';
import { Fleet } from './fleet';

/** Missive's windows, twenty times as fast: 300 in 3 s, 900 in 45 s. */
const scaled: Limits = {
    inFlight: 5,
    windows: [
        { limit: 300, span: 3000 },
        { limit: 900, span: 45_000 },
    ],
    margin: 50,
};

/** What a run of three processes came to. */
export interface Processes {
    readonly run: string;
    readonly seconds: number;
    readonly taken: number;
    /** What the windows allow in that time. */
    readonly allowed: number;
    readonly refused: number;
    readonly mostInFlight: number;
    readonly failed: number;
    readonly log: readonly string[];
}

interface Scene {
    readonly fleet: Fleet;
    readonly redis: RedisServer;
    readonly at: (seconds: number) => Promise<void>;
}

async function run(name: string, seconds: number, plot: (scene: Scene) => Promise<void>): Promise<Processes> {
    const redis = await RedisServer.start();
    const far = await FarEnd.start(scaled, () => 5 + 30 * Math.random());
    const work = { redis: redis.address, address: far.address, limits: scaled, policy: 'fast', calls: 2000 };
    const fleet = new Fleet(3, work);
    try {
        while (far.taken.length === 0) await new Promise((done) => setTimeout(done, 5));
        const start = performance.now();
        const at = (second: number) =>
            new Promise<void>((done) => setTimeout(done, Math.max(0, start + second * 1000 - performance.now())));
        await plot({ fleet, redis, at });
        await at(seconds);
        const { taken, refused, mostInFlight } = far;
        const rounds = Math.floor(seconds / 45);
        const rest = Math.min(900, 300 * Math.ceil(((seconds % 45) * 1000) / 3000));
        return {
            run: name,
            seconds,
            taken: taken.length,
            allowed: 900 * rounds + rest,
            refused,
            mostInFlight,
            failed: fleet.failed.length,
            log: [...new Set(fleet.log)],
        };
    } finally {
        fleet.kill();
        far.stop();
        await redis.kill();
    }
}

/** Three processes, one token, a real Redis, in real time: undisturbed, two of them killed, Redis killed and back empty. */
export async function measureProcesses(): Promise<Processes[]> {
    return [
        await run('undisturbed', 90, async () => {}),
        await run('two of three killed after 8 s', 90, async ({ fleet, at }) => {
            await at(8);
            fleet.kill(0, 1);
        }),
        await run('Redis killed after 20 s, back empty after 40 s', 90, async ({ redis, at }) => {
            await at(20);
            await redis.kill();
            await at(40);
            await redis.begin();
        }),
    ];
}

export const processes = (rows: readonly Processes[]): string =>
    table(
        ['three processes, policy fast', 'seconds', 'taken', 'of', 'answers 429', 'most at once', 'failed'],
        rows.map((row) =>
            [row.run, row.seconds, row.taken, row.allowed, row.refused, row.mostInFlight, row.failed].map(String),
        ),
    );
