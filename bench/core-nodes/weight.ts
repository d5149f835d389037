import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startNodeRed } from '../../test/support/node-red';
import { median, type Row } from './row';

const rounds = 10;

/** Milliseconds after the start: Node-RED has come to rest. */
const rest = 3000;

/** What an installed package adds to a Node-RED without flows: with and without it in turns, the packed tarball. */
export async function weight(): Promise<Row[]> {
    const folder = mkdtempSync(path.join(tmpdir(), 'missive-weight-'));
    try {
        const [packed = ''] = execFileSync(
            'npm',
            ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
            {
                cwd: path.resolve(__dirname, '../..'),
                encoding: 'utf8',
            },
        )
            .trim()
            .split('\n')
            .slice(-1);
        const places = { without: path.join(folder, 'without'), with: path.join(folder, 'with') };
        await (await startNodeRed({ userDir: places.with, installed: path.join(folder, packed) })).stop();
        const seen = { without: [] as Seen[], with: [] as Seen[] };
        for (let round = 0; round < rounds; round++)
            for (const which of ['without', 'with'] as const) seen[which].push(await look(places[which]));
        const of = (which: keyof typeof seen, what: keyof Seen) => median(seen[which].map((each) => each[what]));
        const [started, resident] = [
            of('with', 'started') - of('without', 'started'),
            of('with', 'resident') - of('without', 'resident'),
        ];
        return [
            {
                what: 'time to “Started flows”, no flow',
                unit: 'ms',
                core: of('without', 'started'),
                ours: of('with', 'started'),
                goal: `+${started.toFixed(0)} ms; at most +60 ms`,
                holds: started <= 60,
            },
            {
                what: 'resident memory at rest, no flow',
                unit: 'MB',
                core: of('without', 'resident'),
                ours: of('with', 'resident'),
                goal: `+${resident.toFixed(1)} MB; at most +6 MB`,
                holds: resident <= 6,
            },
        ];
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

interface Seen {
    readonly started: number;
    readonly resident: number;
}

async function look(userDir: string): Promise<Seen> {
    const began = performance.now();
    const red = await startNodeRed({ userDir, settings: { nodesDir: undefined } });
    const started = performance.now() - began;
    try {
        await wait(rest);
        const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${red.pid}/status`, 'utf8'))?.[1]) / 1024;
        return { started, resident };
    } finally {
        await red.stop();
    }
}
