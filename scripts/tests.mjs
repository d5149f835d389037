// Runs mocha once for each folder of test/, two at a time: no suite sees what another one left in the process, and each
// has to end by itself. Closes with one line: N passed, N failed. With --list it only names the folders.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What takes longest begins first. */
const longest = ['e2e', 'browser', 'nodes', 'sidebar', 'missive'];
const rank = (folder) => (longest.indexOf(folder) + 1 || longest.length + 1) - 1;

/** Suites with a browser get a second run, said aloud, where one test fails: on a busy machine a click can get lost. */
const withBrowser = ['browser', 'e2e', 'sidebar'];

/** A suite that does not end within this is a failure; so is one that goes on so long after its last test. */
const patience = 25 * 60_000;
const lingering = 60_000;

const closing = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

/** Its specs may all lie in rooms of its own. */
const isSuite = (folder) =>
    readdirSync(path.join(root, 'test', folder), { recursive: true }).some((file) => String(file).endsWith('.spec.ts'));

/** The folders of test/ that have tests, what takes longest first. */
const suites = () =>
    readdirSync(path.join(root, 'test'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && isSuite(entry.name))
        .map(({ name }) => name)
        .sort((a, b) => rank(a) - rank(b));

/** Runs every suite with this Node.js and environment, save those `without`; gives what they came to in all. */
export async function runTests({ node = process.execPath, env = process.env, without = [] } = {}) {
    const folders = suites().filter((name) => !without.includes(name));
    const total = { passed: 0, failed: 0, skipped: 0 };
    const next = async () => {
        for (let folder = folders.shift(); folder; folder = folders.shift()) {
            let run = await runSuite(folder, node, env);
            process.stdout.write(run.output);
            if (run.failed > 0 && run.failed < 4 && withBrowser.includes(folder)) {
                console.log(`\ntest/${folder} is run again: ${run.failed} failed above`);
                run = await runSuite(folder, node, env);
                process.stdout.write(run.output);
            }
            const { passed, failed, skipped } = run;
            total.passed += passed;
            total.failed += failed;
            total.skipped += skipped;
        }
    };
    await Promise.all([next(), next()]);
    return total;
}

/** One folder; its output is shown whole when it is done. A run without a test, or one that does not end, has failed. */
function runSuite(folder, node, env) {
    return new Promise((resolve) => {
        const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
        const args = [mocha, `test/${folder}/**/*.spec.ts`];
        const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
        let timer = setTimeout(() => child.kill('SIGKILL'), patience);
        let output = `\n===== test/${folder}\n`;
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
            if (broken) output += `test/${folder} did not come to its end (${signal ?? code})\n`;
            resolve({ output, passed, failed: failed + (broken ? 1 : 0), skipped });
        });
    });
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
    if (process.argv.includes('--list')) {
        console.log(suites().join('\n'));
        process.exit();
    }
    const { passed, failed, skipped } = await runTests();
    console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    process.exitCode = failed || passed === 0 ? 1 : 0;
}
