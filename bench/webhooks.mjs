// Node-RED killed 50 times while 10,000 signed deliveries arrive: node --import tsx bench/webhooks.mjs [deliveries] [kills]
import killing from '../test/support/kill-run.ts';

const [deliveries = 10_000, kills = 50] = process.argv.slice(2).map(Number);
const result = await killing.killRun({ deliveries, kills, conversations: 40 });
console.table([result]);
console.log(JSON.stringify({ bench: 'webhooks killed', ...result }));
process.exitCode = result.lost || result.afterDone || result.outOfOrder ? 1 : 0;
