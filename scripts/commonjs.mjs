// Turns the ES modules that esbuild writes into CommonJS that reads as somebody would write it. No two of our files
// import each other in a circle (a test says so), so what a file gives can be taken when it is loaded.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const imported = /^import (?:(\w+)|\* as (\w+)|(\{[^}]*\})) from ("[^"]+");$/gm;
export const exported = /^export (\{[^}]*\});$/m;
const left = /^(?:import|export)\b.*$/m;

/** `{ a, b as c }` as an object's pattern or literal: `{ a, b: c }`, or `{ c: b }` where the names are given away. */
const names = (list, flip) =>
    list.replace(/([\w$]+) as ([\w$]+)/g, (_, from, to) => (flip ? `${to}: ${from}` : `${from}: ${to}`));

const onOneLine = (list) => {
    const line = list.replace(/\s+/g, ' ');
    return line.length < 100 ? line : list;
};

/** What `export` gives, as an object's literal. */
export const asObject = (list) => onOneLine(names(list, true));

/** A module whose imports, those but by name of our own files, are read as CommonJS. */
export const plain = (module) =>
    module.replaceAll('/* @__PURE__ */ ', '').replace(imported, (whole, one, all, some, from) => {
        if (all) return `const ${all} = require(${from});`;
        if (some) return from.startsWith('".') ? whole : `const ${onOneLine(names(some, false))} = require(${from});`;
        return byDefault(whole, one, from);
    });

/** Only modules of Node.js are their own default. */
function byDefault(whole, name, from) {
    if (!from.startsWith('"node:')) throw new Error(`${whole}: import it by name`);
    return `const ${name} = require(${from});`;
}

/** One module. `"use strict"` is not the default of CommonJS. */
export function commonJs(module) {
    const text = plain(module)
        .replace(
            imported,
            (_whole, _one, _all, some, from) => `const ${onOneLine(names(some, false))} = require(${from});`,
        )
        .replace(exported, (_, list) => {
            const given = asObject(list);
            return `module.exports = ${/\bdefault:/.test(given) ? given.replace('{', '{ __esModule: true,') : given};`;
        });
    const [statement] = left.exec(text) ?? [];
    if (statement) throw new Error(`not understood: ${statement}`);
    return text.replace(/^(?:#!.*\n)?/, '$&"use strict";\n');
}

/** Whether a text in backquotes may go over several lines: its blanks are its own. */
const hasLongText = (text) => text.split('\n').some((line) => line.includes('${`') || line.split('`').length % 2 === 0);

/** Lines that are comments, of which esbuild keeps some: all of them stand in the sources. */
const comments = /^[ \t]*(?:\/\/.*|\/\*\*(?:[^*]|\*(?!\/))*\*\/)\n/gm;

/** Tabs in place of blanks, and no line that is a comment. */
export const shorter = (text) =>
    hasLongText(text)
        ? text
        : text.replace(comments, '').replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));

/** Every script of a folder that is an ES module; gives them as they were, by their path in it without the ending. */
export function toCommonJs(folder) {
    const modules = new Map();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const file = path.join(entry.parentPath ?? entry.path, entry.name);
        if (!entry.isFile() || !file.endsWith('.js')) continue;
        const text = readFileSync(file, 'utf8');
        modules.set(path.relative(folder, file).replaceAll('\\', '/').slice(0, -3), text);
        try {
            writeFileSync(file, shorter(commonJs(text)));
        } catch (error) {
            throw new Error(`${file}: ${error.message}`);
        }
    }
    return modules;
}
