import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';

const root = path.resolve(__dirname, '..');
const specs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.spec.ts'));

describe('a test with a browser', () => {
    it('closes it: a suite that leaves one open never ends', () => {
        const open = specs.filter((file) => {
            const text = readFileSync(path.join(root, file), 'utf8');
            return /= await (?:browserOrSkip|openBrowser)\b/.test(text) && !/\bbrowser\??\.close\(\)/.test(text);
        });
        should(open).eql([]);
    });
});

describe('a test', () => {
    it('is run, wherever it lies', () => {
        const script = path.join(root, '..', 'scripts/tests.mjs');
        const { stdout } = spawnSync(process.execPath, [script, '--list'], { encoding: 'utf8' });
        const run = stdout.trim().split('\n');
        const left = specs.filter((file) => !run.includes(file.replaceAll(path.sep, '/')));
        should(left).eql([]);
    });
});
