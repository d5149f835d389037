// Makes dist/ what Node-RED loads: beside each built node its html, labels, help and icon. Runs after tsup.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { toCommonJs } from './commonjs.mjs';
import { intoParts } from './parts.mjs';
import { makeSmall, small } from './small.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const nodes = path.join(root, 'nodes');
const require = createRequire(import.meta.url);

const modules = toCommonJs(dist);

const editor = (name) => require(path.join(dist, `src/editor/${name}.js`));
const { languages, words } = editor('words');
const { textsOf, translated, formTextsOf, translatedForm } = editor('texts');
const { catalogueOf, formCatalogueOf, commonCatalogueOf } = editor('catalogue');
const { helpOf } = editor('help');
const { browserScripts, browserStyles } = editor('browser-files');
const { htmlOf, formHtmlOf } = editor('render');
const { pluginOf, scriptOf } = editor('plugin');

const browserFile = (name) => readFileSync(path.join(root, 'src/editor/browser', name), 'utf8');

for (const file of readdirSync(nodes).filter((each) => each.endsWith('.ts'))) {
    const type = path.basename(file, '.ts');
    const form = path.join(dist, 'nodes/forms', `${type}.js`);
    if (existsSync(form)) declaredForm(type, require(form).default);
    else if (existsSync(path.join(nodes, `${type}.html`))) copyNode(type);
    else deriveNode(type);
}
write(
    '../plugins/missive-forms.html',
    pluginOf(
        small(scriptOf(browserScripts.map(browserFile)), '.js'),
        small(browserStyles.map(browserFile).join(''), '.css'),
    ),
);
for (const language of languages)
    write(`../plugins/locales/${language}/missive-forms.json`, JSON.stringify(commonCatalogueOf(words[language])));
packWorkbench();
cpSync(path.join(root, 'icons'), path.join(dist, 'nodes/icons'), { recursive: true });
const page = path.join(root, 'src/sandbox/page');
if (existsSync(page)) cpSync(page, path.join(dist, 'src/sandbox/page'), { recursive: true });
cpSync(path.join(root, 'src/sandbox/stand-in'), path.join(dist, 'src/sandbox/stand-in'), { recursive: true });
makeSmall(path.join(dist, 'src/sandbox'));
await packSidebar();
await packPicking();
// The examples in French; what is there already as it should be stays untouched.
await import('./examples.mjs');
// The editor's side has done its work: it does not ship.
for (const each of ['src/editor', 'nodes/forms']) rmSync(path.join(dist, each), { recursive: true, force: true });
intoParts(dist, modules);
// The nodes stay as somebody would write them, save the help: it stands in the labels beside them.
for (const file of readdirSync(path.join(dist, 'nodes')).filter((each) => each.endsWith('.js')))
    writeFileSync(path.join(dist, 'nodes', file), withoutHelp(readFileSync(path.join(dist, 'nodes', file), 'utf8')));
makeSmall(path.join(dist, 'src/flow-tests'), true);

/** The tab in Node-RED's sidebar: a plugin with its words beside it. */
function packWorkbench() {
    const sources = path.join(root, 'src/editor/workbench');
    const file = (name) => readFileSync(path.join(sources, name), 'utf8');
    const scripts = [
        'words.js',
        'ask.js',
        'troubles.js',
        'accounts.js',
        'calls.js',
        'events.js',
        'tour.js',
        'tab.js',
    ].map(file);
    const script = `(() => {\n${scripts.join('\n')}})();`;
    write('../plugins/missive-workbench.html', pluginOf(small(script, '.js'), small(file('workbench.css'), '.css')));
    for (const language of languages)
        write(`../plugins/locales/${language}/missive-workbench.json`, file(`${language}.json`));
}

/** The page in Missive's sidebar, and the card alone for the editor's preview: each one small file. */
async function packSidebar() {
    const sources = path.join(root, 'src/sidebar');
    const outDir = path.join(dist, 'src/sidebar');
    await build({
        entry: ['page.js', 'draw.js', 'page.css', 'card.css'].map((file) => path.join(sources, file)),
        ...{ outDir, format: 'esm', platform: 'browser', target: 'es2022', outExtension: () => ({ js: '.js' }) },
        ...{ config: false, clean: false, splitting: false, minify: true, sourcemap: false, silent: true },
    });
}

/** What a form loads when it is first opened: the tree of a message and the preview. */
async function packPicking() {
    const sources = path.join(root, 'src/picking');
    await build({
        entry: ['picking.js', 'picking.css'].map((file) => path.join(sources, file)),
        ...{ outDir: path.join(dist, 'src/picking'), format: 'esm', platform: 'browser', target: 'es2022' },
        ...{ outExtension: () => ({ js: '.js' }), config: false, clean: false, splitting: false },
        ...{ minify: true, sourcemap: false, silent: true },
    });
}

/** A node whose html is written by hand has its labels and help written by hand too, in every language. */
function copyNode(type) {
    cpSync(path.join(nodes, `${type}.html`), path.join(dist, 'nodes', `${type}.html`));
    for (const language of languages) for (const extension of ['json', 'html']) copyWords(type, language, extension);
}

function copyWords(type, language, extension) {
    const file = `locales/${language}/${type}.${extension}`;
    if (!existsSync(path.join(nodes, file))) throw new Error(`nodes/${file} is missing`);
    cpSync(path.join(nodes, file), path.join(dist, 'nodes', file));
}

/** A node whose runtime is written by hand and whose form is a list of rows: its help is written by hand, too. */
function declaredForm(type, form) {
    if (form.type !== type) throw new Error(`nodes/forms/${type}.ts declares ${form.type}`);
    write(`${type}.html`, withoutComments(formHtmlOf(form)));
    for (const language of languages) {
        const texts =
            language === languages[0] ? formTextsOf(form) : translatedForm(form, translationOf(type, language));
        write(`locales/${language}/${type}.json`, JSON.stringify(formCatalogueOf(texts, words[language])));
        copyWords(type, language, 'html');
    }
}

function deriveNode(type) {
    const operation = require(path.join(dist, 'nodes', `${type}.js`)).default?.operation;
    if (!operation)
        throw new Error(
            `nodes/${type}.ts declares no operation, and there is no nodes/forms/${type}.ts or nodes/${type}.html`,
        );
    if (operation.type !== type) throw new Error(`nodes/${type}.ts declares ${operation.type}`);
    write(`${type}.html`, withoutComments(htmlOf(operation)));
    for (const language of languages) {
        const texts =
            language === languages[0] ? textsOf(operation) : translated(operation, translationOf(type, language));
        write(`locales/${language}/${type}.json`, JSON.stringify(catalogueOf(texts, words[language])));
        write(`locales/${language}/${type}.html`, helpOf(operation, texts));
    }
}

/** The script of a form without the notes that it has twenty times over: they stand in src/editor/render.ts. */
function withoutComments(html) {
    return html.replace(/^[ \t]+(?:\/\/|\/\*\*).*\n/gm, '');
}

/** A declaration without what only the build reads. A help that refers to another one's stays. */
function withoutHelp(text) {
    return text
        .replace(/,\s*help:\s*"(?:[^"\\]|\\.)*"(?=\s*\})/g, '')
        .replace(/\bhelp:\s*"(?:[^"\\]|\\.)*",\s*/g, '')
        .replace(
            /^\t+(?:summary|details|keywords):\s*(?:"(?:[^"\\]|\\.)*"|\[\s*(?:"(?:[^"\\]|\\.)*",?\s*)*\]),\n/gm,
            '',
        );
}

function translationOf(type, language) {
    const file = path.join(nodes, 'locales', language, `${type}.json`);
    if (!existsSync(file)) throw new Error(`nodes/locales/${language}/${type}.json is missing`);
    return JSON.parse(readFileSync(file, 'utf8'));
}

/** Written with a tab where the sources have four spaces: what the editor loads is read there, but seldom. */
function write(name, text) {
    const file = path.join(dist, 'nodes', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
        file,
        text.replace(
            name.startsWith('locales/') && name.endsWith('.html') ? /^(?: {4})+(?=<)/gm : /^(?: {4})+/gm,
            (spaces) => '\t'.repeat(spaces.length / 4),
        ),
    );
}
