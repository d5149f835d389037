import { existsSync } from 'node:fs';
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

    for (const language of languages)
        it(`stays within its bound in the editor, in ${language}`, () => {
            should(html(language).nodes).be.belowOrEqual(goals.html);
        });
});
