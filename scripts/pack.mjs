// Makes dist/ what Node-RED loads: beside each built node its html, labels, help and icon. Runs after tsup.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const nodes = path.join(root, 'nodes');
const require = createRequire(import.meta.url);

const { languages, words } = require(path.join(dist, 'src/editor/words.js'));
const { textsOf, translated } = require(path.join(dist, 'src/editor/texts.js'));
const { catalogueOf } = require(path.join(dist, 'src/editor/catalogue.js'));
const { helpOf } = require(path.join(dist, 'src/editor/help.js'));
const { browserScripts, browserStyles } = require(path.join(dist, 'src/editor/browser-files.js'));
const { htmlOf } = require(path.join(dist, 'src/editor/render.js'));
const { indented } = require(path.join(dist, 'src/editor/rows.js'));

const browserFile = (name) => readFileSync(path.join(root, 'src/editor/browser', name), 'utf8');
const browser = {
    scripts: browserScripts.map(browserFile),
    style: browserStyles.map(browserFile).join(''),
};

for (const file of readdirSync(nodes).filter((each) => each.endsWith('.ts'))) {
    const type = path.basename(file, '.ts');
    if (existsSync(path.join(nodes, `${type}.html`))) copyNode(type);
    else deriveNode(type);
}
cpSync(path.join(root, 'icons'), path.join(dist, 'nodes/icons'), { recursive: true });
const page = path.join(root, 'src/sandbox/page');
if (existsSync(page)) cpSync(page, path.join(dist, 'src/sandbox/page'), { recursive: true });
cpSync(path.join(root, 'src/sandbox/stand-in'), path.join(dist, 'src/sandbox/stand-in'), { recursive: true });
await packSidebar();
// The editor's side has done its work: it does not ship.
rmSync(path.join(dist, 'src/editor'), { recursive: true });

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

/** A node whose html is written by hand has its labels and help written by hand too, in every language. */
function copyNode(type) {
    // A line such as `/* browser/picker.js */` stands for that file.
    const html = readFileSync(path.join(nodes, `${type}.html`), 'utf8');
    const filled = html.replace(/^( *)\/\* browser\/(\S+) \*\/$/gm, (_, space, name) =>
        indented(browserFile(name).replace(/^\/\/ biome-.*\n\s*/gm, ''), space.length),
    );
    write(`${type}.html`, filled);
    for (const language of languages)
        for (const extension of ['json', 'html']) {
            const file = `locales/${language}/${type}.${extension}`;
            if (!existsSync(path.join(nodes, file))) throw new Error(`nodes/${file} is missing`);
            cpSync(path.join(nodes, file), path.join(dist, 'nodes', file));
        }
}

function deriveNode(type) {
    const operation = require(path.join(dist, 'nodes', `${type}.js`)).default?.operation;
    if (!operation) throw new Error(`nodes/${type}.ts declares no operation, and there is no nodes/${type}.html`);
    if (operation.type !== type) throw new Error(`nodes/${type}.ts declares ${operation.type}`);
    write(`${type}.html`, htmlOf(operation, browser));
    for (const language of languages) {
        const texts =
            language === languages[0] ? textsOf(operation) : translated(operation, translationOf(type, language));
        write(`locales/${language}/${type}.json`, `${JSON.stringify(catalogueOf(texts, words[language]), null, 4)}\n`);
        write(`locales/${language}/${type}.html`, helpOf(operation, texts, words[language]));
    }
}

function translationOf(type, language) {
    const file = path.join(nodes, 'locales', language, `${type}.json`);
    if (!existsSync(file)) throw new Error(`nodes/locales/${language}/${type}.json is missing`);
    return JSON.parse(readFileSync(file, 'utf8'));
}

function write(name, text) {
    const file = path.join(dist, 'nodes', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
}
