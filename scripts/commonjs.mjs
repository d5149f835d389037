// What esbuild writes at the head of every file it makes for CommonJS: kept once in dist/src/commonjs.js, and required.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const head = /^var __create = |^var __defProp = /m;
const rest = /^var \w+_exports = \{\};$/m;
/** A hint for files that an ES module imports by name; ours are required, but for the nodes. */
const hint =
    /\n\/\/ Annotate the CommonJS export names for ESM import in node:\n0 && \(module\.exports = \{[\s\S]*?\}\);\n/;
const shared = ['__export', '__toCommonJS', '__toESM'];

/** The helpers as esbuild writes them where a file needs all of them. */
const helpers = `"use strict";
// Helpers of esbuild: how a file of TypeScript gives and takes what CommonJS exports.
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);
module.exports = { __export, __toCommonJS, __toESM };
`;

/** Shares the helpers among the files of `dist`. A file whose head is another one than expected stays as it is. */
export function shareHelpers(dist) {
    const target = path.join(dist, 'src/commonjs.js');
    writeFileSync(target, helpers);
    for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
        const file = path.join(entry.parentPath ?? entry.path, entry.name);
        if (!entry.isFile() || !file.endsWith('.js') || file === target) continue;
        const text = readFileSync(file, 'utf8');
        const [from, to] = [text.search(head), text.search(rest)];
        if (from < 0 || to < from) continue;
        const body = text.slice(to);
        const used = [...body.matchAll(/\b__\w+\b/g)].map(([name]) => name).filter((name) => name !== '__esModule');
        if (used.some((name) => !shared.includes(name) && text.slice(from, to).includes(`var ${name} =`))) continue;
        const names = shared.filter((name) => used.includes(name));
        const way = path.relative(path.dirname(file), target).split(path.sep).join('/');
        const line = `const { ${names.join(', ')} } = require("${way.startsWith('.') ? way : `./${way}`}");\n`;
        const isNode = path.dirname(file) === path.join(dist, 'nodes');
        writeFileSync(file, text.slice(0, from) + line + (isNode ? body : body.replace(hint, '\n')));
    }
}
