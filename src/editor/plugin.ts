import { statusTexts } from '../missive/errors';
import { indented, inline } from './source-text';
import { sourcesOfKinds } from './types';

/** The html of a plugin: script and style, once. */
export const pluginOf = (script: string, style: string): string =>
    `<style>\n${style}</style>\n<script type="text/javascript">\n${script}</script>\n`;

/** The script that draws and checks the forms of all nodes, without what its files say to the linter alone. */
export const scriptOf = (scripts: readonly string[]): string =>
    `(() => {
    // Once in a page, however often Node-RED brings it.
    if (RED.missive?.ready) return;
    /** Where the value of a row can come from, by the row's kind. */
    const sources = ${inline(sourcesOfKinds())};
    /** The codes of errors, in the order of the help. */
    const errorCodes = ${inline(Object.keys(statusTexts))};

${indented(scripts.map((each) => each.replace(/^\/\/ biome-.*\n\s*/gm, '').trim()).join('\n\n'), 4)}
})();`;
