import { indented, inline } from './source-text';
import { sourcesOfKinds } from './types';

/** The browser's part of all forms: the texts of the files in `browser/`. */
export interface Browser {
    readonly scripts: readonly string[];
    readonly style: string;
}

/** The html of the plugin that draws and checks the forms of all nodes: script and style, once. */
export const pluginOf = ({ scripts, style }: Browser): string => `<style>
${indented(style, 4)}
</style>

<script type="text/javascript">
${scriptOf(scripts)}
</script>
`;

/** The script by itself, without what its files say to the linter alone. */
export const scriptOf = (scripts: readonly string[]): string =>
    `(() => {
    // Once in a page, however often Node-RED brings it.
    if (RED.missive?.ready) return;
    /** Where the value of a row can come from, by the row's kind. */
    const sources = ${inline(sourcesOfKinds())};

${indented(scripts.map((each) => each.replace(/^\/\/ biome-.*\n\s*/gm, '').trim()).join('\n\n'), 4)}
})();`;
