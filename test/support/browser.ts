import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const root = path.resolve(__dirname, '../..');

const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

const ofTheMachine = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
];

/** A way to start a browser: throws where it cannot. */
interface Way {
    name: string;
    start(): Promise<Browser>;
}

/**
 * A headless Chromium or Chrome: the one `CHROMIUM_PATH` names, else the one inside the npm package
 * `@sparticuz/chromium` (Linux on x64: a headless shell, which opens the editor in a third of the time of a whole
 * Chromium), else the machine's own, else an installed Chrome or Edge. `args` are added to its command line.
 * Throws one sentence where none runs. Close it in an `after`.
 */
export async function openBrowser({ args = [] as readonly string[] } = {}): Promise<Browser> {
    const failures: string[] = [];
    for (const way of ways(args)) {
        try {
            return await way.start();
        } catch (error) {
            failures.push(`${way.name}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`);
        }
    }
    const tried = failures.length ? ` (tried ${failures.join('; ')})` : '';
    throw new Error(`No browser for the tests: install Chromium or Chrome, or name one in CHROMIUM_PATH${tried}`);
}

/** As `openBrowser()`; where none runs, skips the suite and says why. With `CI` set a missing browser is a failure. */
export async function browserOrSkip(this: Mocha.Context, args: readonly string[] = []): Promise<Browser> {
    // A machine that runs much else at once takes its time.
    this.timeout(180_000);
    try {
        return await openBrowser({ args });
    } catch (error) {
        if (process.env.CI) throw error;
        process.stdout.write(`    ${error instanceof Error ? error.message : error}\n`);
        return this.skip();
    }
}

function ways(more: readonly string[]): Way[] {
    const args = [...quiet, ...more];
    const at = (executablePath: string, env?: Record<string, string>): Promise<Browser> =>
        chromium.launch({ executablePath, headless: true, args, ...(env ? { env } : {}) });
    const named = process.env.CHROMIUM_PATH;
    // Whoever names a browser wants that one or an error.
    if (named) return [{ name: named, start: () => at(named) }];
    const found: Way[] = [];
    if (process.platform === 'linux' && process.arch === 'x64') {
        found.push({
            name: '@sparticuz/chromium',
            async start() {
                const { executable, env } = unpacked();
                return at(executable, env);
            },
        });
    }
    for (const file of ofTheMachine.filter((each) => existsSync(each)))
        found.push({ name: file, start: () => at(file) });
    if (process.platform !== 'linux') {
        for (const channel of ['chrome', 'msedge']) {
            found.push({ name: channel, start: () => chromium.launch({ channel, headless: true, args }) });
        }
    }
    return found;
}

/**
 * Unpacks `@sparticuz/chromium` once per version into `.cache`. The package takes whatever lies in the temporary folder
 * for its own, whatever the version, hence a folder for each. Its shared libraries come along for machines that have
 * none, and its fonts where the machine has no font configuration.
 */
function unpacked(): { executable: string; env: Record<string, string> } {
    const main = require.resolve('@sparticuz/chromium');
    const { version } = JSON.parse(readFileSync(path.join(main, '../../../package.json'), 'utf8'));
    const folder = path.join(root, '.cache', `chromium-${version}`);
    if (!existsSync(path.join(folder, 'chromium'))) {
        mkdirSync(path.dirname(folder), { recursive: true });
        // Beside its place, then moved: a run that is broken off leaves no half of a browser.
        const fresh = mkdtempSync(`${folder}-`);
        const unpack = `require(${JSON.stringify(main)}).executablePath().catch((e) => { console.error(e); process.exit(1); })`;
        // A process of its own: the package reads these variables when it is loaded, and sets others.
        execFileSync(process.execPath, ['-e', unpack], {
            env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
            stdio: ['ignore', 'ignore', 'pipe'],
        });
        // The package's font configuration names /tmp.
        const fonts = path.join(folder, 'fonts');
        const configuration = `<fontconfig><dir>${fonts}</dir><cachedir>${fonts}-cache</cachedir></fontconfig>`;
        writeFileSync(path.join(fresh, 'fonts', 'fonts.conf'), configuration);
        try {
            renameSync(fresh, folder);
        } catch (error) {
            // Another run was faster.
            rmSync(fresh, { recursive: true, force: true });
            if (!existsSync(path.join(folder, 'chromium'))) throw error;
        }
    }
    const env = Object.fromEntries(
        Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const executable = path.join(folder, 'chromium');
    if (lacksLibraries(executable)) {
        env.LD_LIBRARY_PATH = [path.join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
            .filter(Boolean)
            .join(':');
    }
    if (!existsSync('/etc/fonts/fonts.conf') || !existsSync('/usr/share/fonts')) {
        env.FONTCONFIG_PATH = path.join(folder, 'fonts');
    }
    return { executable, env };
}

function lacksLibraries(executable: string): boolean {
    try {
        return execFileSync('ldd', [executable], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
            'not found',
        );
    } catch {
        return false;
    }
}
