import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nodeRedFolder } from './node-red';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const command = path.join(root, manifest.bin['missive-test']);

/** Runs the command that the package brings, on the Node-RED under test. */
export function missiveTest(flows: string, cases: string) {
    const env = { ...process.env, NODE_RED_DIR: nodeRedFolder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, flows, cases], { encoding: 'utf8', env });
    const lines = stdout.trimEnd().split('\n');
    return { status, output: stdout + stderr, closing: lines.at(-1) };
}
