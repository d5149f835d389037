import type { Limits } from '../../src/missive/limits/ledger';
import { Cut } from '../../test/support/cut';
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
    /** The wire of each process to Redis. */
    readonly wires: readonly Cut[];
    readonly at: (seconds: number) => Promise<void>;
}

async function run(name: string, seconds: number, plot: (scene: Scene) => Promise<void>): Promise<Processes> {
    const redis = await RedisServer.start();
    const far = await FarEnd.start(scaled, () => 5 + 30 * Math.random());
    const wires = await Promise.all([1, 2, 3].map(() => Cut.to(redis.port)));
    const work = { address: far.address, limits: scaled, policy: 'fast', calls: 2000 };
    const fleet = new Fleet(
        wires.map(({ port }) => `redis://127.0.0.1:${port}/0`),
        work,
    );
    try {
        while (fleet.begun.size < 3) await new Promise((done) => setTimeout(done, 5));
        const start = performance.now();
        const at = (second: number) =>
            new Promise<void>((done) => setTimeout(done, Math.max(0, start + second * 1000 - performance.now())));
        await plot({ fleet, redis, wires, at });
        await at(seconds);
        const { taken, refused, mostInFlight } = far;
        const rounds = Math.floor(seconds / 45);
        const rest = Math.min(900, 300 * Math.ceil(((seconds % 45) * 1000) / 3000));
        return {
            run: name,
            seconds,
            // While they began one after the other they had windows of their own.
            taken: taken.filter((each) => each >= start).length,
            allowed: 900 * rounds + rest,
            refused,
            mostInFlight,
            failed: fleet.failed.length,
            log: [...new Set(fleet.log)],
        };
    } finally {
        fleet.kill();
        far.stop();
        for (const wire of wires) wire.close();
        await redis.kill();
    }
}

/** Some of them do not reach Redis for longer than the longer window; Missive they do. */
const cut =
    (...which: number[]) =>
    async ({ wires, at }: Scene): Promise<void> => {
        await at(3);
        for (const one of which) wires[one]?.cut(true);
        await at(70);
        for (const one of which) wires[one]?.cut(false);
    };

/** What happens to three processes with one token and a real Redis, in real time. */
const plots: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
    undisturbed: async () => {},
    'two of three killed after 8 s': async ({ fleet, at }) => {
        await at(8);
        fleet.kill(0, 1);
    },
    'Redis killed after 20 s, back empty after 40 s': async ({ redis, at }) => {
        await at(20);
        await redis.kill();
        await at(40);
        await redis.begin();
    },
    'one of three cut off from Redis from 3 s to 70 s': cut(0),
    'two of three cut off from Redis from 3 s to 70 s': cut(0, 1),
};

/** All runs, or those whose name holds a word. */
export async function measureProcesses(word = ''): Promise<Processes[]> {
    const rows: Processes[] = [];
    for (const [name, plot] of Object.entries(plots)) if (name.includes(word)) rows.push(await run(name, 90, plot));
    return rows;
}

export const processes = (rows: readonly Processes[]): string =>
    table(
        ['three processes, policy fast', 'seconds', 'taken', 'of', 'answers 429', 'most at once', 'failed'],
        rows.map((row) =>
            [row.run, row.seconds, row.taken, row.allowed, row.refused, row.mostInFlight, row.failed].map(String),
        ),
    );
