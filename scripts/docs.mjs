// npm run docs: the documentation as a static site in docs/site, in English and French, made of the READMEs, the help of
// the nodes, the examples and the few pages in docs/source/written. Fails where a link leads nowhere.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brokenLinks } from './docs/links.mjs';
import { llms } from './docs/llms.mjs';
import { pagesOf } from './docs/pages.mjs';
import { pictures } from './docs/pictures.mjs';
import { languages, read, root } from './docs/sources.mjs';

const source = path.join(root, 'docs/source');
const made = path.join(source, 'made');
const site = path.join(root, 'docs/site');

/** The site's own tools lie apart: who runs Node-RED does not install them. Installed again when their lockfile changes. */
function install() {
    const lock = readFileSync(path.join(source, 'package-lock.json'), 'utf8');
    const stamp = path.join(source, 'node_modules/.installed');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', source], {
        shell: process.platform === 'win32',
    });
    writeFileSync(stamp, lock);
}

function run(command, args, options) {
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
    if (status !== 0)
        throw new Error(`${path.basename(command)} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

function write(file, text) {
    const target = path.join(made, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
}

rmSync(made, { recursive: true, force: true });
rmSync(site, { recursive: true, force: true });
const shown = pictures();
const outline = {};
for (const language of languages) {
    const { pages, sidebar, nav } = pagesOf(language, shown);
    for (const { file, text } of pages) write(path.join(language.folder, file), text);
    outline[language.key] = { sidebar, nav };
}
write('outline.json', JSON.stringify(outline));
const { short, full } = llms();
write('public/llms.txt', short);
write('public/llms-full.txt', full);
cpSync(shown.folder, path.join(made, 'public/pictures'), { recursive: true });
// The editor's icon is white: here it has a colour of its own.
write('public/missive.svg', read('icons/missive.svg').replaceAll('#fff', '#2266dd'));

install();
run(process.execPath, [path.join(source, 'node_modules/vitepress/bin/vitepress.js'), 'build', source], {
    env: { ...process.env, NODE_ENV: 'production' },
});
const broken = brokenLinks(site);
if (broken.length > 0) {
    console.error(`Links that lead nowhere:\n${broken.join('\n')}`);
    process.exitCode = 1;
} else console.log(`The site is in ${path.relative(root, site)}: every link in it leads somewhere.`);
