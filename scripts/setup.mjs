// Before `npm start` and `npm test`: installs what is missing and builds, on a fresh clone too. Says one line for each.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const inRoot = (...names) => path.join(root, ...names);

const [needed, running] = ['20.18.1', process.versions.node].map((version) => version.split('.').map(Number));
const step = running.findIndex((number, place) => number !== needed[place]);
if (step >= 0 && running[step] < needed[step]) {
    console.error(`Node.js ${process.versions.node} is too old: install 20.18.1 or newer from https://nodejs.org`);
    process.exit(1);
}

install();
build();

/** npm ci, unless node_modules came from this very package-lock.json. A clone's file times mean nothing: a hash does. */
function install() {
    const stamp = inRoot('node_modules', '.missive-lock');
    const hash = createHash('sha256')
        .update(readFileSync(inRoot('package-lock.json')))
        .digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
    // Installed by hand (npm install, npm ci) after the lock file was written: nothing to do but to remember it.
    const own = inRoot('node_modules', '.package-lock.json');
    if (existsSync(own) && isInstalled(own)) {
        writeFileSync(stamp, hash);
        return;
    }
    console.log('Installing what the package needs (npm ci, about ten seconds) ...');
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    // npm's own program by path where npm started us: without a shell, on Windows too.
    const done = /npm-cli\.c?js$/.test(npm ?? '')
        ? run(process.execPath, [npm, ...args])
        : run('npm', args, { shell: process.platform === 'win32' });
    if (done.status !== 0) fail('npm ci did not work, so nothing was installed', done);
    writeFileSync(stamp, hash);
}

/** Is each package of package-lock.json, in its version, in what npm says it has installed? Optional ones may be absent. */
function isInstalled(own) {
    const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(own, 'utf8')).packages;
    return Object.entries(wanted).every(
        ([place, { version, optional, devOptional, peer, link }]) =>
            !place || optional || devOptional || peer || link || present[place]?.version === version,
    );
}

/** tsup, unless nothing that dist is made from has changed since the last time. */
function build() {
    const sources = ['nodes', 'src', 'icons', 'scripts/pack.mjs', 'tsup.config.ts', 'package.json'];
    const newest = Math.max(...sources.map((name) => changed(inRoot(name))));
    // Beside the packages, not in dist, which is shipped.
    const stamp = inRoot('node_modules', '.missive-built');
    const built = existsSync(inRoot('dist', 'nodes')) && existsSync(stamp) && readFileSync(stamp, 'utf8');
    if (built === String(newest)) return;
    console.log('Building ...');
    const done = run(process.execPath, [inRoot('node_modules', 'tsup', 'dist', 'cli-default.js')]);
    if (done.status !== 0) fail('The build failed', done);
    writeFileSync(stamp, String(newest));
}

/** The last change in a file or a folder: of a folder also when something was removed from it. */
function changed(place) {
    if (!existsSync(place)) return 0;
    const stats = statSync(place);
    if (!stats.isDirectory()) return stats.mtimeMs;
    return Math.max(stats.mtimeMs, ...readdirSync(place).map((name) => changed(path.join(place, name))));
}

function run(command, args, options = {}) {
    return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options });
}

function fail(sentence, { stdout, stderr, error }) {
    console.error([stdout, stderr, error?.message, `${sentence}: the reason is above.`].filter(Boolean).join('\n'));
    process.exit(1);
}
