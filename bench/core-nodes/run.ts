import { call } from './call';
import { many } from './many';
import { type Row, tableOf } from './row';
import { webhooks } from './webhooks';
import { weight } from './weight';

/** The rows by name; `npm run bench` runs all, `node --import tsx bench/core-nodes/run.ts weight` one. */
const rows: Readonly<Record<string, () => Promise<readonly Row[]>>> = { call, many, webhooks, weight };

async function main(): Promise<void> {
    const chosen = process.argv.slice(2);
    const names = chosen.length > 0 ? chosen : Object.keys(rows);
    const done: Row[] = [];
    for (const name of names) done.push(...((await rows[name]?.()) ?? []));
    process.stdout.write(`## Beside core nodes: one Node-RED, one run, medians\n\n${tableOf(done)}\n`);
}

void main();
