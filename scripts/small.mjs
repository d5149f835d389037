// Makes small what nobody reads where it is installed; its source is in src/.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

/** Scripts and styles, by their ending; everything else stays as it is. */
const kinds = { '.js': { loader: 'js', target: 'es2022' }, '.css': { loader: 'css' } };

/** A script (`.js`) or a style (`.css`), without what only readers need. */
export const small = (text, ending, more = {}) =>
    transformSync(text, { ...kinds[ending], ...more, minify: true, charset: 'utf8', legalComments: 'none' }).code;

/** Every script and style of a folder; `names`: those at the top of a CommonJS module, too. */
export function makeSmall(folder, names = false) {
    for (const name of readdirSync(folder, { recursive: true })) {
        const file = path.join(folder, name);
        const ending = path.extname(file);
        if (ending in kinds && statSync(file).isFile())
            writeFileSync(file, small(readFileSync(file, 'utf8'), ending, names ? { format: 'cjs' } : {}));
    }
}
