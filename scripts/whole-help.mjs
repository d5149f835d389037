// The help of a node as the editor shows it: what ships, completed by the package's own plugin.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const read = (file) => readFileSync(path.join(dist, file), 'utf8');
const scriptIn = (html) => /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';

/** A text by its dotted key, its gaps filled. */
const said = (catalogue, key, more = {}) =>
    key
        .split('.')
        .reduce((found, part) => found[part], catalogue)
        .replace(/__(\w+)__/g, (_, name) => more[name]);

/** Without the `<script>` around it. */
export function wholeHelp(type, language) {
    const [, begun] = /<script[^>]*>([\s\S]*)<\/script>/.exec(read(`nodes/locales/${language}/${type}.html`));
    const element = { textContent: begun, setAttribute: () => undefined };
    const catalogues = {
        [type]: JSON.parse(read(`nodes/locales/${language}/${type}.json`)),
        'missive-forms': JSON.parse(read(`plugins/locales/${language}/missive-forms.json`)),
    };
    const RED = {
        _: (key, more) => {
            const [, of, name] = /([\w-]+):(.*)$/.exec(key);
            return said(catalogues[of], name, more);
        },
        nodes: { registerType: () => undefined },
        i18n: { loadNodeCatalog: () => undefined },
    };
    const document = {
        querySelectorAll: (chosen) => (chosen.includes(`data-help-name="${type}"`) ? [element] : []),
        addEventListener: () => undefined,
    };
    const $ = Object.assign(() => ({ text: () => undefined }), { ajaxPrefilter: () => undefined });
    for (const html of [read('plugins/missive-forms.html'), read(`nodes/${type}.html`)])
        vm.runInNewContext(scriptIn(html), { RED, $, document });
    return element.textContent;
}
