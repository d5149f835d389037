import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The folder of the `node-red` package under test: the compatibility run names another one in `NODE_RED_DIR`. */
export const nodeRedFolder = process.env.NODE_RED_DIR || path.join(root, 'node_modules', 'node-red');

export interface Start {
    /** The flow file. Absent: what the `userDir` holds, else none. */
    flows?: unknown[];
    /** Credentials by node id, as they would lie in `flows_cred.json` (not encrypted). */
    credentials?: Record<string, Record<string, string>>;
    /** Settings over the quiet ones; a function is written into settings.js by its source, so it must not close over anything. */
    settings?: Record<string, unknown>;
    /** Environment over the tests' own. `MISSIVE_…` variables of the developer never reach this Node-RED. */
    env?: Record<string, string>;
    /** An existing Node-RED user directory, kept on stop (to start again from it). Absent: a new one, removed on stop. */
    userDir?: string;
    /** Keeps the temporary user directory, to look into it. */
    keep?: boolean;
    /** Options of Node.js, such as a bound on its heap. */
    node?: string[];
    /** A packed tarball or a folder: installed by npm into the user directory, in place of loading this repository. */
    installed?: string;
}

export interface NodeRed {
    /** Where HTTP nodes listen, without a slash at the end and without `httpNodeRoot`. */
    url: string;
    /** The editor and its API, without a slash at the end. */
    adminUrl: string;
    port: number;
    /** The process that it runs in. */
    pid: number;
    userDir: string;
    /** Everything Node-RED has printed so far. */
    log(): string;
    /** Waits until the log has this; gives the match. Throws after `within` milliseconds, with the log. */
    logged(pattern: RegExp, within?: number): Promise<RegExpMatchArray>;
    /** Resolves when Node-RED is gone. Without a signal it stops as after Ctrl+C. */
    stop(signal?: NodeJS.Signals): Promise<void>;
    /** Deploys and waits until the flows run. Credentials may lie in a node's `credentials`. */
    deploy(flows: unknown[], type?: 'full' | 'flows' | 'nodes'): Promise<void>;
    /** The flows as Node-RED would give them to the editor. */
    flows(): Promise<unknown[]>;
}

const children = new Set<ChildProcess>();
const folders = new Set<string>();

process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * A real Node-RED in a process of its own, on a free port of 127.0.0.1, with this package in its palette.
 * About a second. `stop()` it in an `after`: it is killed at the latest when the tests' process ends.
 */
export async function startNodeRed(options: Start = {}): Promise<NodeRed> {
    const userDir = options.userDir ?? mkdtempSync(path.join(tmpdir(), 'missive-node-red-'));
    const temporary = options.userDir === undefined && !options.keep;
    if (temporary) folders.add(userDir);
    mkdirSync(userDir, { recursive: true });
    if (options.flows) writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(options.flows));
    else if (!existsSync(path.join(userDir, 'flows.json'))) writeFileSync(path.join(userDir, 'flows.json'), '[]');
    if (options.credentials) {
        writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify(options.credentials));
    }
    if (options.installed) install(options.installed, userDir);
    writeFileSync(path.join(userDir, 'settings.js'), settingsFile(options));

    const args = [
        ...(options.node ?? []),
        'red.js',
        '--userDir',
        userDir,
        '--settings',
        path.join(userDir, 'settings.js'),
        '--port',
        '0',
    ];
    const child = spawn(process.execPath, args, {
        cwd: nodeRedFolder,
        env: environment(options.env),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        windowsHide: true,
    });
    children.add(child);
    let log = '';
    const watchers = new Set<() => void>();
    const wake = () => {
        for (const watcher of watchers) watcher();
    };
    for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
            log += text;
            wake();
        });
    }
    let gone = false;
    const ended = new Promise<void>((resolve) => {
        const over = () => {
            gone = true;
            children.delete(child);
            wake();
            resolve();
        };
        child.once('close', over);
        child.once('error', (error) => {
            log += `${error.message}\n`;
            over();
        });
    });

    /** Waits until the log from character `from` on has the pattern. */
    const logged = (pattern: RegExp, within = 60_000, from = 0) =>
        new Promise<RegExpMatchArray>((resolve, reject) => {
            const settle = (act: () => void) => {
                clearTimeout(timer);
                watchers.delete(look);
                act();
            };
            const look = () => {
                const found = log.slice(from).match(pattern);
                if (found) settle(() => resolve(found));
                else if (gone) settle(() => reject(new Error(`Node-RED ended before its log had ${pattern}:\n${log}`)));
            };
            const timer = setTimeout(
                () => settle(() => reject(new Error(`Node-RED's log has no ${pattern} after ${within} ms:\n${log}`))),
                within,
            );
            watchers.add(look);
            look();
        });

    const stop = async (signal?: NodeJS.Signals) => {
        if (!gone) {
            if (signal || !child.connected) child.kill(signal ?? 'SIGTERM');
            else child.send('shutdown', () => {});
            const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
            await ended;
            clearTimeout(late);
        }
        if (temporary) {
            rmSync(userDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
            folders.delete(userDir);
        }
    };

    try {
        const [, address] = await logged(
            /(?:Server now running at|Le serveur est disponible à l'adresse) (http\S+)/,
            120_000,
        );
        await logged(settled, 120_000);
        const adminUrl = String(address).replace(/\/$/, '');
        const { origin, port } = new URL(adminUrl);
        return {
            url: origin,
            adminUrl,
            port: Number(port),
            pid: child.pid ?? 0,
            userDir,
            log: () => log,
            logged: (pattern, within) => logged(pattern, within),
            stop,
            async deploy(flows, type = 'full') {
                const from = log.length;
                const answer = await fetch(`${adminUrl}/flows`, {
                    method: 'POST',
                    headers: {
                        'content-type': 'application/json',
                        'node-red-api-version': 'v2',
                        'node-red-deployment-type': type,
                    },
                    body: JSON.stringify({ flows }),
                });
                if (!answer.ok) throw new Error(`Deploy: ${answer.status} ${await answer.text()}`);
                await answer.text();
                await logged(running, 60_000, from);
            },
            async flows() {
                const answer = await fetch(`${adminUrl}/flows`, { headers: { 'node-red-api-version': 'v2' } });
                return ((await answer.json()) as { flows: unknown[] }).flows;
            },
        };
    } catch (error) {
        await stop('SIGKILL');
        throw error;
    }
}

/** The lines with which Node-RED ends a deploy, one way or another. */
const running =
    /Started (modified )?(flows|nodes)|Flux démarrés|Waiting for missing types|Failed to load external modules/;

/** The same for a start; a flow that was stopped by hand stays so. A deploy says that on its way, too. */
const settled =
    /Started (modified )?(flows|nodes)|Flux démarrés|Stopped flows|Waiting for missing types|Failed to load external modules/;

function settingsFile(options: Start): string {
    const settings = {
        uiHost: '127.0.0.1',
        flowFile: 'flows.json',
        credentialSecret: false,
        ...(options.installed ? {} : { nodesDir: [root] }),
        telemetry: { enabled: false, updateNotification: false },
        logging: { console: { level: 'info', metrics: false, audit: false } },
        // One failed request to the catalogue of nodes less: the page's error list is empty.
        editorTheme: { tours: false, palette: { catalogues: [] } },
        ...options.settings,
    };
    // Dies with the tests' process, even when that one was killed and could not say so.
    return `process.on('disconnect', () => process.exit(1));\nmodule.exports = ${source(settings)};\n`;
}

/** A value as JavaScript: JSON, and functions by their source. */
function source(value: unknown): string {
    if (typeof value === 'function') return `(${value})`;
    if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`;
    if (value && typeof value === 'object') {
        const entries = Object.entries(value).filter(([, each]) => each !== undefined);
        return `{ ${entries.map(([key, each]) => `${JSON.stringify(key)}: ${source(each)}`).join(', ')} }`;
    }
    return JSON.stringify(value) ?? 'undefined';
}

function environment(own: Record<string, string> = {}): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(MISSIVE_|NODE_RED_|PORT$)/.test(name));
    // The log is read in English.
    return { ...Object.fromEntries(inherited), LC_ALL: 'en_US.UTF-8', ...own };
}

/** What the palette manager does: `npm install` in the user directory. */
function install(what: string, userDir: string): void {
    if (!existsSync(path.join(userDir, 'package.json'))) {
        writeFileSync(path.join(userDir, 'package.json'), '{ "name": "node-red-project", "private": true }');
    }
    const args = ['install', '--no-audit', '--no-fund', '--no-update-notifier', '--omit=dev', path.resolve(what)];
    const npm = process.env.npm_execpath;
    const done = npm?.endsWith('.js')
        ? spawnSync(process.execPath, [npm, ...args], { cwd: userDir, encoding: 'utf8' })
        : spawnSync('npm', args, { cwd: userDir, encoding: 'utf8', shell: process.platform === 'win32' });
    if (done.status !== 0) throw new Error(`npm install ${what}: ${done.error?.message ?? done.stderr}`);
}
