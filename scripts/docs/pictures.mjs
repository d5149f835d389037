// The pictures of the site: the browser tests make them in PICTURES as they run; what is missing or older than its example is made now.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { examples, languages, root } from './sources.mjs';

const folder = path.resolve(root, process.env.PICTURES || '.cache/pictures');

/** The browser tests that make pictures. */
const specs = ['test/browser/examples.spec.ts', 'test/browser/first-flow.spec.ts'];

/** The folder with all pictures, and their names. Throws where a test that makes them fails. */
export function pictures() {
    mkdirSync(folder, { recursive: true });
    if (!complete()) make();
    if (!complete()) throw new Error('The browser tests made no picture of some examples: is there a Chromium?');
    for (const file of readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.png')))
        cpSync(path.join(root, 'docs', file), path.join(folder, file));
    return { folder, files: new Set(readdirSync(folder)) };
}

const complete = () =>
    languages.flatMap(examples).every(({ name, file }) => {
        const picture = path.join(folder, `${name}.png`);
        return existsSync(picture) && statSync(picture).mtimeMs >= statSync(path.join(root, 'examples', file)).mtimeMs;
    });

function make() {
    console.log('Taking pictures of the examples in the editor ...');
    const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
    for (const [script, args] of [
        [path.join(root, 'scripts/setup.mjs'), []],
        [mocha, specs],
    ]) {
        const { status } = spawnSync(process.execPath, [script, ...args], {
            ...{ cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
            env: { ...process.env, PICTURES: folder },
        });
        if (status !== 0) throw new Error(`${path.relative(root, script)} ${args.join(' ')} failed`);
    }
}
