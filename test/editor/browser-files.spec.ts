import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { browserScripts, browserStyles } from '../../src/editor/browser-files';

describe('the files of the editor’s script', () => {
    it('are all that lie in their folder, each once', () => {
        const folder = path.resolve(__dirname, '../../src/editor/browser');
        const there = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
            file.replaceAll('\\', '/'),
        );
        const used: string[] = [...browserScripts, ...browserStyles];
        should(used.sort()).deepEqual(there.filter((file) => /\.(js|css)$/.test(file)).sort());
    });
});
