import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { goals, html, packed } from '../../scripts/weight.mjs';
import { languages } from '../../src/editor/words';

const root = path.resolve(__dirname, '../..');

describe('the weight of the package', function () {
    this.timeout(30_000);
    before(function () {
        if (!existsSync(path.join(root, 'dist/nodes/missive-config.html'))) this.skip();
    });

    it('stays within its bound on the disk', () => {
        should(packed().unpacked).be.belowOrEqual(goals.unpacked);
    });

    it('has what a start without a flow runs in one part', () => {
        const dist = path.join(root, 'dist');
        const seen = execFileSync(process.execPath, [path.join(root, 'scripts/parts/started.cjs'), dist], {
            encoding: 'utf8',
        });
        const part = readFileSync(path.join(dist, 'src/start.js'), 'utf8').replaceAll('\\\n', '');
        const started = JSON.parse(seen) as string[];
        started.filter((name) => !part.includes(`"${name}"(`)).should.eql([]);
        // No limiter, no wire, no inbox and no practice inbox: they come with the first account.
        started.filter((name) => /\/(limits|wire|inbox|redis|preview)\/|sandbox\/(?!shared)/.test(name)).should.eql([]);
    });

    for (const language of languages)
        it(`stays within its bound in the editor, in ${language}`, () => {
            should(html(language).nodes).be.belowOrEqual(goals.html);
        });
});
