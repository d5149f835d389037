import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compare, comparison } from './compared';
import { measureProcesses, type Processes, processes } from './processes/runs';
import { measureAll, promises } from './promised';
import { anothers, withAnotherAll } from './shared-token';

const root = path.resolve(__dirname, '..');

/** `npm run bench`: prints tables and writes the same as JSON to `bench/results.json`. */
async function bench(): Promise<void> {
    const say = (text: string) => process.stdout.write(`${text}\n`);
    say('## Compared: an hour in virtual time, 50–2000 ms, six patterns against four kinds of server\n');
    const compared = await compare();
    say(comparison(compared));
    say('\n## Promised: the same with three latencies and eighteen servers\n');
    const promised = await measureAll();
    say(promises(promised));
    say('\n## Another program on the same token: 0.3 calls a second beside 5,000 of ours\n');
    const sharedToken = await withAnotherAll();
    say(anothers(sharedToken));
    say('\n## A hundred thousand waiting calls, in real time\n');
    const queue = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', 'bench/queue.ts'], {
        cwd: root,
        timeout: 120_000,
        encoding: 'utf8',
    });
    say(queue);
    say('\n## Three processes and a real Redis, windows twenty times as fast, in real time\n');
    const inRedis = await redisOrNothing();
    say(inRedis ? processes(inRedis) : 'Left out: there is no redis-server.');
    const results = { compared, promised, sharedToken, queue: JSON.parse(queue) as unknown, inRedis };
    writeFileSync(path.join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    say('\nThe same as JSON: bench/results.json');
}

async function redisOrNothing(): Promise<Processes[] | undefined> {
    if (spawnSync('redis-server', ['--version'], { timeout: 5000 }).status !== 0) return undefined;
    return measureProcesses();
}

void bench();
