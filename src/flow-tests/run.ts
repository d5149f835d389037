import { fork, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Case, casesIn } from './case';
import type { Job } from './inside';
import { testDirectory } from './user-directory';

/** What is run, and where the things lie that it needs. */
export interface FlowTests {
    /** The flow file, as Node-RED has it; it is not changed. */
    readonly flows: string;
    /** Cases, or a file of them, or a folder of such files. */
    readonly cases: string | readonly Case[];
    /** Node-RED's user directory; the folder of the flow file where it is absent. */
    readonly userDir?: string;
    /** The folder of the `node-red` package; looked for where it is absent. */
    readonly nodeRed?: string;
}

/** How a case ended. */
export interface Result {
    readonly name: string;
    readonly passed: boolean;
    /** What is wrong, a sentence each. */
    readonly problems: readonly string[];
}

/** So long a case may take beyond its own time, in seconds: Node-RED has to start. */
const patience = 45;

/** Runs the cases one after another, each in a Node-RED of its own before a fresh practice inbox. Nothing leaves for Missive. */
export async function* flowTests({ flows, cases, userDir, nodeRed }: FlowTests): AsyncGenerator<Result, void, void> {
    const file = path.resolve(flows);
    if (!existsSync(file)) throw new Error(`There is no flow file ${flows}.`);
    const sources = { flows: file, userDir: path.resolve(userDir ?? path.dirname(file)) };
    const found = nodeRed ?? nodeRedFolder(sources.userDir);
    for (const it of typeof cases === 'string' ? casesAt(cases) : cases) {
        const problems = await runOne({ ...sources, nodeRed: found, it });
        yield { name: it.name, passed: problems.length === 0, problems };
    }
}

/** All cases of a file or of the files in a folder, in the order of their names. */
export function casesAt(place: string): Case[] {
    if (!existsSync(place)) throw new Error(`There are no cases at ${place}.`);
    const files = statSync(place).isDirectory()
        ? readdirSync(place, { recursive: true, encoding: 'utf8' })
              .filter((name) => name.endsWith('.json'))
              .sort()
              .map((name) => path.join(place, name))
        : [place];
    const cases = files.flatMap((file) => casesIn(readFileSync(file, 'utf8'), file));
    if (cases.length === 0) throw new Error(`There are no cases at ${place}.`);
    return cases;
}

function runOne(sources: Omit<Job, 'folder'>): Promise<readonly string[]> {
    const { folder, remove } = testDirectory(sources);
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MISSIVE_'));
    const child = fork(path.join(__dirname, 'inside.js'), {
        cwd: folder,
        execArgv: [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...Object.fromEntries(inherited), ...sources.it.env, MISSIVE_PRACTICE: '1' },
    });
    return new Promise<readonly string[]>((resolve) => {
        let output = '';
        for (const stream of [child.stdout, child.stderr])
            stream?.setEncoding('utf8').on('data', (text: string) => {
                output = (output + text).slice(-4000);
            });
        const late = () => {
            child.kill('SIGKILL');
            resolve(['It did not come to its end.']);
        };
        const timer = setTimeout(late, (patience + (sources.it.within ?? 10)) * 1000);
        child.once('message', (problems: string[]) => resolve(problems));
        child.once('exit', (code) => {
            clearTimeout(timer);
            resolve([`Node-RED ended by itself (${code}): ${output.trim()}`]);
        });
        child.send({ ...sources, folder } satisfies Job);
    }).finally(remove);
}

/** The `node-red` package: of `NODE_RED_DIR`, near the user directory, of this program, or of the command `node-red`. */
function nodeRedFolder(userDir: string): string {
    if (process.env.NODE_RED_DIR) return process.env.NODE_RED_DIR;
    try {
        const file = require.resolve('node-red/package.json', { paths: [userDir, process.cwd(), __dirname] });
        return path.dirname(file);
    } catch {
        const where = process.platform === 'win32' ? 'where' : 'which';
        const [command = ''] = spawnSync(where, ['node-red'], { encoding: 'utf8' }).stdout?.split(/\r?\n/) ?? [];
        const near = [
            command && path.dirname(realpathSync(command)),
            command && path.join(path.dirname(command), 'node_modules/node-red'),
        ];
        const found = near.find((folder) => folder && existsSync(path.join(folder, 'red.js')));
        if (found) return found;
        throw new Error('Node-RED is not found: name the folder of the package node-red in NODE_RED_DIR.');
    }
}
