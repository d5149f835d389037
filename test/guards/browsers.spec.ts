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
