// Puts the modules of src/ into a few files. A Node-RED that starts reads one of them in place of two hundred small
// ones, and each module runs when something of it is first used: a start without a flow needs few of them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { asObject, exported, plain, shorter } from './commonjs.mjs';
import { small } from './small.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The folders of src/ whose modules go into parts, one for each folder … */
const folders = ['missive', 'runtime', 'sandbox'];
/** … but for those that a start runs: they are seen, not listed. */
const first = 'start';
/** What stays a file of its own, and asks dist/src/index.js for the others. */
const files = /^(?:nodes\/(?!forms\/)|src\/flow-tests\/)/;

/** `modules`: the ES modules that esbuild wrote, by their path in dist/ without the ending. */
export function intoParts(dist, modules) {
    const isPart = (file) => folders.some((folder) => file.startsWith(`src/${folder}/`));
    const texts = new Map();
    for (const [file, text] of modules) {
        const target = path.join(dist, `${file}.js`);
        if (isPart(file)) {
            texts.set(file.slice('src/'.length), shared(later(file, text, isPart)));
            rmSync(target);
        } else if (files.test(file)) writeFileSync(target, shorter(fileOf(file, text, isPart)));
    }
    removeEmpty(path.join(dist, 'src'));
    const write = (started) => {
        const parts = new Map([first, ...folders].map((part) => [part, []]));
        for (const [name, text] of texts)
            parts.get(started.includes(name) ? first : name.split('/', 1)[0])?.push([name, text]);
        for (const [part, all] of parts) writeFileSync(path.join(dist, `src/${part}.js`), partOf(all));
    };
    writeFileSync(path.join(dist, 'src/index.js'), readFileSync(path.join(here, 'parts/index.js')));
    write([]);
    const started = execFileSync(process.execPath, [path.join(here, 'parts/started.cjs'), dist], { encoding: 'utf8' });
    write(JSON.parse(started));
}

/** A part: its modules by their names, each a function that fills `module.exports`; what they ask for stands once. */
function partOf(all) {
    const asked = [...new Set(all.flatMap(([, { asks }]) => asks))].sort();
    const modules = all.map(([name, { text }]) => `${JSON.stringify(name)}(module, __dirname) {${text}}`);
    const head = 'const { src, later } = require("./index.js");';
    const part = `${head}${asked.join('')}module.exports = {${modules.join(',')}};`;
    return `"use strict";\n${small(part, '.js', { format: 'cjs', lineLimit: 1000 })}`;
}

/** What a module asks for, by names that all modules of a part can share, and the rest of it. */
function shared(module) {
    const asks = [];
    const names = new Map();
    const text = module.replace(/^const (import_\w+) = later\("([^"]+)"\);$/gm, (_, given, name) => {
        names.set(given, `from_${name.replace(/\W/g, '_')}`);
        asks.push(`const ${names.get(given)} = later("${name}");`);
        return '';
    });
    return { asks, text: text.replace(/\bimport_\w+\b/g, (given) => names.get(given) ?? given) };
}

/**
 * A module that asks for another one where it uses something of it: esbuild writes `import_fields.text` for `text` of
 * `./fields`, which becomes `import_fields().text`.
 */
function later(file, module, isPart) {
    const at = (to) => path.posix.join(path.posix.dirname(file), to);
    const nameOf = (to) => JSON.stringify(at(to).slice('src/'.length));
    const lazy = new Set();
    const text = plain(module).replace(exported, (_, list) => `theExports(${asObject(list)});`);
    const { code } = transformSync(text, { format: 'cjs', target: 'node20', charset: 'utf8' });
    const asked = code
        .replaceAll('/* @__PURE__ */ ', '')
        .replace(unused, '')
        .replace(/^var (import_\w+) = require\("(\.[^"]+)"\);$/gm, (whole, name, to) => {
            if (!isPart(at(to))) return whole;
            lazy.add(name);
            return `const ${name} = later(${nameOf(to)});`;
        })
        .replace(/\bnew (import_\w+)\.(\w+)/g, (whole, name, of) => (lazy.has(name) ? `new (${name}().${of})` : whole))
        .replace(/\b(import_\w+)\./g, (whole, name) => (lazy.has(name) ? `${name}().` : whole))
        .replace(/\(0, (import_\w+(?:\(\))?\.\w+)\)\(/g, '$1(')
        .replace(/(?<![\w.$])require\("(\.[^"]+)"\)/g, (whole, to) => (isPart(at(to)) ? `src(${nameOf(to)})` : whole))
        .replace(/^theExports\((\{[\s\S]*\})\);$/m, (_, given) => `module.exports = ${withDefault(given)};`);
    if (/^(?:import|export)\b|__toESM|theExports/m.test(asked)) throw new Error(`${file}: not understood`);
    return asked;
}

/** What esbuild writes for an `import()`, and does not call: Node.js has it as it is. */
const unused = /^var __create = [\s\S]*?^\)\);\n/m;

const withDefault = (given) => (/\bdefault:/.test(given) ? given.replace('{', '{ __esModule: true,') : given);

/** A file of its own, named and written as somebody would write it. */
function fileOf(file, module, isPart) {
    const [, start = '', text] = /^(#!.*\n)?([\s\S]*)$/.exec(module);
    const body = named(later(file, text, isPart));
    const index = path.posix.relative(path.posix.dirname(file), 'src/index.js').replace(/^(?!\.)/, './');
    const used = ['src', 'later'].filter((each) => new RegExp(`(?<![\\w.])${each}\\("`).test(body));
    const asked = used.length > 0 ? `const { ${used.join(', ')} } = require("${index}");\n` : '';
    return `${start}"use strict";\n${asked}${body}`;
}

/** `fields().text` for `import_fields().text`, where nothing else has that name. */
const named = (text) =>
    [...text.matchAll(/^const (import_(\w+)) = later/gm)].reduce((all, [, given, words]) => {
        const name = words.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
        const taken = new RegExp(`(?<![\\w.-])${name}\\b(?!:)`).test(all.replace(/"(?:[^"\\]|\\.)*"/g, ''));
        return taken ? all : all.replace(new RegExp(`\\b${given}\\b`, 'g'), name);
    }, text);

/** Folders whose modules are in a part now. */
function removeEmpty(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) removeEmpty(path.join(folder, entry.name));
    if (readdirSync(folder).length === 0) rmdirSync(folder);
}
