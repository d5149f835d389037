// npm run compat: the suites on each Node.js and Node-RED that the package promises to run on.
// `npm run compat -- 24` runs the cells of Node.js 24 only. Closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from './tests.mjs';

/** Suites that no Node-RED takes part in: another one cannot change them. */
const pure = ['bench', 'guards', 'missive', 'sandbox'];

const cells = [
    { node: '20', nodeRed: '4.0.9', without: pure },
    { node: '22', nodeRed: '5.0.7', without: ['bench', 'guards'] },
    // The same Node-RED as before it: what a browser sees of it is the same, too.
    { node: '24', nodeRed: '5.0.7', without: ['bench', 'guards', 'browser', 'sidebar', 'flow-tests'] },
];

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cache = path.join(root, '.cache');
const asked = process.argv.slice(2);
const results = [];

for (const cell of cells.filter(({ node }) => asked.length === 0 || asked.includes(node))) {
    const title = `Node.js ${cell.node} + Node-RED ${cell.nodeRed}`;
    console.log(`\n=== ${title}`);
    let outcome;
    try {
        // Where CI is set: whole Node-REDs and browsers take an hour for all cells.
        const left = { without: cell.without, ...(process.env.CI && { only: 'quick' }) };
        outcome = await runSuite(nodeBinary(cell.node), nodeRedFolder(cell.nodeRed), left);
    } catch (error) {
        console.error(error.message);
        outcome = { passed: 0, failed: 1, note: error.message.split('\n')[0] };
    }
    results.push({ title, ...outcome });
}

console.log(`\n${'cell'.padEnd(32)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}`);
for (const { title, passed, failed, skipped = 0, note = '' } of results) {
    console.log(
        `${title.padEnd(32)}${`${passed}`.padStart(8)}${`${failed}`.padStart(8)}${`${skipped}`.padStart(9)}  ${note}`,
    );
}
const sum = (what) => results.reduce((total, result) => total + result[what], 0);
const failed = sum('failed') + (results.length ? 0 : 1);
console.log(`\n${sum('passed')} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/** Runs the suites in this Node.js against this Node-RED. */
function runSuite(node, folder, left) {
    const env = { ...process.env, NODE_RED_DIR: folder, NODE_RED_MAIN: path.join(folder, 'lib', 'red.js') };
    // `node` in a test, too, is this one.
    const PATH = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
    env[PATH] = [path.dirname(node), env[PATH]].join(path.delimiter);
    return runTests({ node, env, ...left });
}

/** A Node.js of this major version: the one that runs us, else from npm's node-<os>-<arch> packages, kept in .cache. */
function nodeBinary(major) {
    if (process.versions.node.split('.')[0] === major) return process.execPath;
    const os = { win32: 'win' }[process.platform] ?? process.platform;
    const name = `node-${os}-${process.arch}`;
    const folder = path.join(cache, `node${major}`);
    const file = process.platform === 'win32' ? 'node.exe' : 'node';
    const binary = path.join(folder, 'node_modules', name, 'bin', file);
    fetchPackage(`${name}@${major}`, folder);
    if (!existsSync(binary)) throw new Error(`${name}@${major} has no ${binary}`);
    return binary;
}

function nodeRedFolder(version) {
    const folder = path.join(cache, `node-red-${version}`);
    fetchPackage(`node-red@${version}`, folder);
    return path.join(folder, 'node_modules', 'node-red');
}

/** npm install into a folder of its own, once; a second try after a failure. The stamp says that it came to its end. */
function fetchPackage(spec, folder) {
    const stamp = path.join(folder, '.installed');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === spec) return;
    const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, spec];
    const npm = process.env.npm_execpath;
    for (const attempt of [1, 2]) {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        console.log(`Installing ${spec} into ${path.relative(root, folder)} ...`);
        const done = /npm-cli\.c?js$/.test(npm ?? '')
            ? spawnSync(process.execPath, [npm, ...args], { cwd: folder, encoding: 'utf8' })
            : spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
        if (done.status === 0) break;
        if (attempt === 2) throw new Error(`npm could not install ${spec}\n${done.error?.message ?? done.stderr}`);
    }
    writeFileSync(stamp, spec);
}
