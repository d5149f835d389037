import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The page's files lie beside the compiled runtime, as they do in the sources. */
const folder = path.join(__dirname, '../../../sidebar');
/** Missive's `missive.js` as the practice inbox has it. */
const standIn = path.join(__dirname, '../../../sandbox/stand-in/missive.js');
export const practiceScript = 'practice-missive.js';

export interface PageFile {
    readonly type: string;
    readonly content: Buffer;
}

const types: Readonly<Record<string, string>> = {
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
};

let read: { readonly files: ReadonlyMap<string, PageFile>; readonly hash: string } | undefined;

/** The files of the page by their names, and a hash over all of them. They are read once. */
export function pageFiles(): { readonly files: ReadonlyMap<string, PageFile>; readonly hash: string } {
    if (read) return read;
    const files = new Map<string, PageFile>();
    const hash = createHash('sha256');
    const add = (name: string, file: string) => {
        const content = readFileSync(file);
        hash.update(`${name}\0${content.length}\0`).update(content);
        files.set(name, { content, type: types[path.extname(name)] ?? 'application/octet-stream' });
    };
    for (const name of names()) add(name, path.join(folder, name));
    try {
        add(practiceScript, standIn);
    } catch {
        // A package without the practice inbox: the page works in Missive all the same.
    }
    read = { files, hash: hash.digest('hex').slice(0, 16) };
    return read;
}

function names(): string[] {
    try {
        return readdirSync(folder)
            .filter((name) => /^[a-z-]+\.(js|css)$/.test(name))
            .sort();
    } catch {
        return [];
    }
}
