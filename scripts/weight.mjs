// npm run weight: what the package weighs: on the disk, in the editor, and in a Node-RED that runs no flow of it.
// `npm run weight -- 10` sets how many starts are measured, with and without the package; 0 leaves the starts out.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The goals: bytes (1,600,000 was meant; the examples alone take 510,000 by now), and what a start may take more. */
export const goals = { unpacked: 1_880_000, html: 300_000, start: 60, memory: 6 };

/** What npm would publish: bytes when unpacked, and the number of files. */
export function packed() {
    const args = ['pack', '--ignore-scripts', '--json', '--dry-run'];
    const npm = process.env.npm_execpath;
    const output = /npm-cli\.c?js$/.test(npm ?? '')
        ? execFileSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
        : execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
    const [{ unpackedSize, files }] = JSON.parse(output);
    return { unpacked: unpackedSize, files: files.length };
}

/** What the editor loads for the nodes (`GET /nodes`) in a language, and for the plugins of all of them. */
export function html(language) {
    const size = (file) => readFileSync(path.join(root, file)).length;
    const { nodes, plugins } = manifest['node-red'];
    const sum = (files) => files.map(size).reduce((all, each) => all + each, 0);
    const ofNodes = Object.values(nodes).flatMap((file) => [
        file.replace(/\.js$/, '.html'),
        path.join(path.dirname(file), 'locales', language, path.basename(file).replace(/\.js$/, '.html')),
    ]);
    return { nodes: sum(ofNodes), plugins: sum(Object.values(plugins).map((file) => file.replace(/\.js$/, '.html'))) };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Starts a Node-RED; gives the milliseconds until its flows run and the megabytes that it holds two seconds later. */
async function started(withPackage) {
    const userDir = mkdtempSync(path.join(tmpdir(), 'missive-weight-'));
    const settings = {
        ...{ uiHost: '127.0.0.1', uiPort: 0, flowFile: 'flows.json', credentialSecret: false },
        ...{ nodesDir: withPackage ? [root] : [], editorTheme: { tours: false, palette: { catalogues: [] } } },
        telemetry: { enabled: false, updateNotification: false },
    };
    writeFileSync(path.join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
    writeFileSync(path.join(userDir, 'flows.json'), '[]');
    const main = path.join(path.dirname(createRequire(import.meta.url).resolve('node-red/package.json')), 'red.js');
    const began = performance.now();
    const child = spawn(process.execPath, [main, '--userDir', userDir, '--port', '0'], {
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
        let log = '';
        await new Promise((resolve, reject) => {
            child.stdout.on('data', (chunk) => {
                log += chunk;
                if (/Started flows/.test(log)) resolve();
            });
            child.on('exit', () => reject(new Error(`Node-RED ended:\n${log}`)));
        });
        const start = performance.now() - began;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        return { start, memory: residentOf(child.pid) };
    } finally {
        child.removeAllListeners('exit');
        const gone = new Promise((resolve) => child.on('exit', resolve));
        child.kill();
        await gone;
        rmSync(userDir, { recursive: true, force: true });
    }
}

/** Resident memory of a process in MB. */
function residentOf(pid) {
    if (process.platform === 'win32') return Number.NaN;
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function starts(number) {
    const runs = { with: [], without: [] };
    for (let run = 0; run < number; run++) {
        // In turn, so that a busy moment of the machine hits both.
        runs.without.push(await started(false));
        runs.with.push(await started(true));
    }
    const added = (what) => median(runs.with.map((run) => run[what])) - median(runs.without.map((run) => run[what]));
    return { start: added('start'), memory: added('memory') };
}

async function report(number) {
    const { unpacked, files } = packed();
    const { nodes, plugins } = html('en-US');
    const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;
    const rows = [
        ['unpacked package', `${kB(unpacked)}, ${files} files`, kB(goals.unpacked)],
        ['html that GET /nodes grows by', kB(nodes), kB(goals.html)],
        ['script and style, once (GET /plugins)', kB(plugins), ''],
    ];
    if (number > 0) {
        const { start, memory } = await starts(number);
        rows.push(
            [`time to "Started flows", median of ${number}`, `+ ${Math.round(start)} ms`, `+ ${goals.start} ms`],
            [`resident memory at rest, median of ${number}`, `+ ${memory.toFixed(1)} MB`, `+ ${goals.memory} MB`],
        );
    }
    for (const [what, measured, goal] of rows) console.log(`${what.padEnd(44)}${measured.padEnd(24)}${goal}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void report(Number(process.argv[2] ?? 10));
