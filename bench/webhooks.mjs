// Webhooks under fire: node --import tsx bench/webhooks.mjs [killed|hostile|deployed|rolling|files|redis|redis killed|redis cut]. Two minutes each on
// two cores.
import deploying from '../test/support/deploy-run.ts';
import hostile from '../test/support/hostile-run.ts';
import killing from '../test/support/kill-run.ts';
import redis from '../test/support/redis-run.ts';
import rolling from '../test/support/rolling-run.ts';

const runs = {
    /** Node-RED killed with SIGKILL 50 times while 10,000 signed deliveries arrive, kept until done. */
    killed: () => killing.killRun({ deliveries: 10_000, kills: 50, conversations: 40 }),
    /** 100,000 forged or malformed requests; then 500 honest ones a second, kept until done, beside 1,000 open connections. */
    hostile: () => hostile.hostileRun({ forged: 100_000, open: 1000, honest: 10_000, rate: 500, keep: true }),
    /** A deploy of one node, in its turn, every second during 10,000 deliveries. */
    deployed: () => deploying.deployRun({ deliveries: 10_000, conversations: 40, every: 1000, gap: 200 }),
    /** A rolling update on one user directory every ten seconds, the old and the new one side by side for two. */
    /** One process with files, undisturbed: what the next row is compared with. */
    files: () => killing.killRun({ deliveries: 10_000, kills: 0, conversations: 200 }),
    /** Three processes behind a round robin with one Redis (AOF), undisturbed. */
    redis: () => redis.redisRun({ deliveries: 10_000, conversations: 200, instances: 3 }),
    /** One of the three killed with SIGKILL every second, and Redis itself once. */
    'redis killed': () =>
        redis.redisRun({ deliveries: 10_000, conversations: 200, instances: 3, killEvery: 1000, restart: true }),
    /** One of the three does not reach Redis for twenty seconds. */
    'redis cut': () => redis.redisRun({ deliveries: 10_000, conversations: 200, instances: 3, cutFor: 20_000 }),
    rolling: () => rolling.rollingRun({ updates: 10, every: 8000, both: 2000, conversations: 20, gap: 500 }),
};
const [asked] = process.argv.slice(2);

for (const [name, run] of Object.entries(runs)) {
    if (asked && asked !== name) continue;
    const result = await run();
    console.table([result]);
    console.log(JSON.stringify({ bench: `webhooks ${name}`, ...result }));
    if (result.lost || result.afterDone || result.outOfOrder || result.accepted) process.exitCode = 1;
    // Where nobody is killed or cut off, everything is worked once.
    if (!/killed$|cut$/.test(name) && result.twice) process.exitCode = 1;
}
