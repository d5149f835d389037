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

/** A node on a line of its own: a third of the package was blanks, and a change still shows which node it is in. */
const written = (nodes) => `[\n${nodes.map((node) => JSON.stringify(lean(node))).join(',\n')}\n]\n`;

/** A change node without what it had before it had rules: the editor still writes that, and nothing reads it. */
function lean(node) {
    if (node.type !== 'change' || !node.rules) return node;
    const { action, property, from, to, reg, ...rest } = node;
    return action || property || from || to || reg ? node : rest;
}

function write(file, nodes) {
    const target = path.join(root, file);
    const text = written(nodes);
    if (existsSync(target) && readFileSync(target, 'utf8').replaceAll('\r\n', '\n') === text) return;
    stale.push(file);
    if (check) return;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
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
