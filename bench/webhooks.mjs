// Webhooks under fire: node --import tsx bench/webhooks.mjs [killed|hostile]. Two minutes each on two cores.
import hostile from '../test/support/hostile-run.ts';
import killing from '../test/support/kill-run.ts';

const runs = {
    /** Node-RED killed with SIGKILL 50 times while 10,000 signed deliveries arrive, kept until done. */
    killed: () => killing.killRun({ deliveries: 10_000, kills: 50, conversations: 40 }),
    /** 100,000 forged or malformed requests; then 500 honest ones a second, kept until done, beside 1,000 open connections. */
    hostile: () => hostile.hostileRun({ forged: 100_000, open: 1000, honest: 10_000, rate: 500, keep: true }),
};
const [asked] = process.argv.slice(2);

for (const [name, run] of Object.entries(runs)) {
    if (asked && asked !== name) continue;
    const result = await run();
    console.table([result]);
    console.log(JSON.stringify({ bench: `webhooks ${name}`, ...result }));
    if (result.lost || result.afterDone || result.outOfOrder || result.accepted) process.exitCode = 1;
}
