// Lays out the examples and writes them in French: `node scripts/examples.mjs`; with --check it only says what is not as
// it would write it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { frenchFlow, frenchPath } from './examples/french.mjs';
import { laidOut } from './examples/layout.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../examples');
const check = process.argv.includes('--check');
const stale = [];

function write(file, nodes) {
    const target = path.join(root, file);
    const text = JSON.stringify(nodes);
    if (existsSync(target) && JSON.stringify(JSON.parse(readFileSync(target, 'utf8'))) === text) return;
    stale.push(file);
    if (check) return;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(nodes, null, 4)}\n`);
}

for (const folder of readdirSync(root).filter((name) => name !== 'Français'))
    for (const file of readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.json'))) {
        const nodes = JSON.parse(readFileSync(path.join(root, folder, file), 'utf8'));
        try {
            write(path.join(folder, file), laidOut(nodes));
            write(frenchPath(folder, file.slice(0, -5)), frenchFlow(nodes));
        } catch (error) {
            console.error(`${folder}/${file}: ${error.message}`);
            process.exitCode = 1;
        }
    }
if (stale.length > 0 && check) {
    console.error(`Run node scripts/examples.mjs: ${stale.join(', ')}`);
    process.exitCode = 1;
}
