// Runs the specs of test/ in several mochas at once: the large folders in parts, what takes longest first. No suite sees
// what another folder left in the process, and each has to end by itself. Closes with one line: N passed, N failed.
// Folders may be named: `npm test -- nodes editor`. With --long it runs only what `npm run bench` has, with --list it
// only names the specs.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What takes longest begins first; in so many parts, each a process of its own. */
const parts = {
    'flow-tests': 1,
    e2e: 5,
    browser: 5,
    nodes: 3,
    missive: 3,
    sidebar: 2,
    runtime: 2,
};

/** Minutes of many processes around a Redis that is killed: `npm run bench` has them. */
const long = ['bench/processes.spec.ts', 'bench/redis.spec.ts', 'bench/stopped.spec.ts'];

/**
 * Folders whose specs start a Node-RED or a browser each, ten seconds of a processor; and which of them `npm test` runs:
 * what people do first, what another version is most likely to break, what must not be lost. `npm run test:more` has the
 * others, and CI runs both.
 */
const slow = ['browser', 'e2e', 'flow-tests', 'sidebar'];
const first = [
    'browser/dialogs.spec.ts',
    'browser/first-flow.spec.ts',
    'browser/forms.spec.ts',
    'browser/menus.spec.ts',
    'browser/plugin.spec.ts',
    'browser/workbench.spec.ts',
    'e2e/choices.spec.ts',
    'e2e/closing.spec.ts',
    'e2e/each-node.spec.ts',
    'e2e/example.spec.ts',
    'e2e/family.spec.ts',
    'e2e/french.spec.ts',
    'e2e/hook-mode.spec.ts',
    'e2e/kept-example.spec.ts',
    'e2e/killed.spec.ts',
    'e2e/packed.spec.ts',
    'e2e/waiting.spec.ts',
    'e2e/workbench.spec.ts',
    'flow-tests/command.spec.ts',
    'flow-tests/core-nodes.spec.ts',
    'sidebar/drawing.spec.ts',
    'sidebar/menus.spec.ts',
    'sidebar/opening.spec.ts',
    'sidebar/push.spec.ts',
    'sidebar/stand-in.spec.ts',
];

/** Of the other folders what waits longest, ten seconds and more for a Redis. `npm run test:more` has it. */
const later = [
    'bench/redis-rule.spec.ts',
    'missive/limits/redis-stall.spec.ts',
    'missive/limits/redis-trouble.spec.ts',
    'missive/limits/redis.spec.ts',
    'nodes/config-redis.spec.ts',
    'runtime/inbox/shared-inbox.spec.ts',
    'runtime/inbox/shared-trouble.spec.ts',
    'runtime/redis-link.spec.ts',
];

/** Most of what the suites do is waiting: for a socket, a window of the limiter, a Redis that is gone. */
const atOnce = Math.max(2, Math.min(4, availableParallelism() + 2));

/**
 * A few specs that failed are run once more when all else is done, alone, and that is said: beside others, on a busy
 * machine, a click can get lost and a moment can pass. What fails alone too has failed; so have more specs than these.
 */
const aFew = 5;

/** A suite that does not end within this is a failure; so is one that goes on so long after its last test. */
const patience = 25 * 60_000;
const lingering = 60_000;

const closing = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;
const failure = /^failed: test\/(.+?\.spec\.ts): .+$/gm;

/** All specs, as `folder/.../name.spec.ts`. */
const specs = () =>
    readdirSync(path.join(root, 'test'), { recursive: true })
        .map((file) => String(file).replaceAll(path.sep, '/'))
        .filter((file) => file.endsWith('.spec.ts'))
        .sort();

const folderOf = (file) => file.split('/')[0];

function all() {
    const there = specs();
    const gone = [...long, ...first, ...later].filter((file) => !there.includes(file));
    if (gone.length > 0) throw new Error(`scripts/tests.mjs names ${gone.join(', ')}, and there is no such spec`);
    return there.filter((file) => !long.includes(file));
}

/** What `npm test` runs. */
const quick = () =>
    all().filter((file) => (slow.includes(folderOf(file)) ? first.includes(file) : !later.includes(file)));

/** What it leaves out. */
const more = () => all().filter((file) => !quick().includes(file));

/** The specs of each process: a folder, or every nth of it. */
function suitesOf(files) {
    const order = Object.keys(parts);
    const rank = (folder) => (order.indexOf(folder) + 1 || order.length + 1) - 1;
    const folders = [...new Set(files.map(folderOf))].sort((a, b) => rank(a) - rank(b));
    return folders.flatMap((folder) => {
        const own = files.filter((file) => folderOf(file) === folder);
        const count = Math.min(parts[folder] ?? 1, own.length);
        return Array.from({ length: count }, (_, part) => ({
            folder,
            title: `test/${folder}${count > 1 ? ` (${part + 1} of ${count})` : ''}`,
            files: own.filter((_, at) => at % count === part),
        }));
    });
}

/**
 * Runs the specs with this Node.js and environment; gives what they came to in all. `only`: `quick` for what `npm test`
 * runs, or specs by name; `without`: folders that are left out.
 */
export async function runTests({ node = process.execPath, env = process.env, without = [], only } = {}) {
    const asked = only === 'quick' ? quick() : (only ?? all());
    const suites = suitesOf(asked.filter((file) => !without.includes(folderOf(file))));
    const total = { passed: 0, failed: 0, skipped: 0 };
    const failures = [];
    const add = (run) => {
        for (const what of Object.keys(total)) total[what] += run[what];
        return run;
    };
    const next = async () => {
        for (let suite = suites.shift(); suite; suite = suites.shift()) {
            const run = add(await runSuite(suite, node, env));
            process.stdout.write(run.output);
            failures.push(...run.failures);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    const failed = new Set(failures.map(({ file }) => file));
    if (failed.size > 0 && failed.size <= aFew && failures.length === total.failed) {
        console.log(`\n${failures.map(({ line }) => line).join('\n')}\nrun again, alone:`);
        total.failed = 0;
        for (const file of failed) {
            const run = await runSuite({ title: `test/${file}`, files: [file] }, node, env);
            process.stdout.write(run.output);
            // The others of this spec have been counted; so they are not counted again.
            total.failed += run.failed;
            total.passed += Math.max(0, failures.filter((each) => each.file === file).length - run.failed);
        }
    } else if (failures.length > 0) console.log(`\n${failures.map(({ line }) => line).join('\n')}`);
    return total;
}

/** One process; its output is shown whole when it is done. A run without a test, or one that does not end, has failed. */
function runSuite({ title, files }, node, env) {
    return new Promise((resolve) => {
        const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
        const args = [mocha, ...files.map((file) => `test/${file}`)];
        const since = Date.now();
        const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
        let timer = setTimeout(() => child.kill('SIGKILL'), patience);
        let output = '';
        for (const stream of [child.stdout, child.stderr])
            stream.setEncoding('utf8').on('data', (text) => {
                output += text;
                if (!/ passed, /.test(text) || output.search(closing) === -1) return;
                clearTimeout(timer);
                timer = setTimeout(() => child.kill('SIGKILL'), lingering);
            });
        child.once('error', (error) => {
            output += `${error.message}\n`;
        });
        child.once('close', (code, signal) => {
            clearTimeout(timer);
            const line = [...output.matchAll(closing)].pop();
            const [passed = 0, failed = 0, skipped = 0] = line?.slice(1).map((number) => Number(number ?? 0)) ?? [];
            const broken = failed === 0 && (code !== 0 || passed === 0);
            if (broken) output += `${title} did not come to its end (${signal ?? code})\n`;
            const failures = [...output.matchAll(failure)].map(([whole, file]) => ({ file, line: whole }));
            output = `\n===== ${title}, ${Math.round((Date.now() - since) / 1000)} s\n${output}`;
            resolve({ output, passed, failed: failed + (broken ? 1 : 0), skipped, failures });
        });
    });
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
    if (process.argv.includes('--list')) {
        console.log(specs().join('\n'));
        process.exit();
    }
    const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
    const named = all().filter((file) => folders.includes(folderOf(file)));
    const kinds = { '--long': () => long, '--more': more };
    const kind = kinds[process.argv.find((word) => word in kinds)] ?? quick;
    const only = folders.length ? named : kind();
    const { passed, failed, skipped } = await runTests({ only });
    console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    process.exitCode = failed || passed === 0 ? 1 : 0;
}
