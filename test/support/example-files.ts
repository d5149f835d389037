import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type Node = Readonly<Record<string, unknown>>;

const root = path.resolve(__dirname, '../../examples');

/** An example as people find it: its folder, its name, and whether it is one of those in French. */
export interface ExampleFile {
    /** From `examples/` on, with slashes. */
    readonly file: string;
    readonly name: string;
    readonly french: boolean;
}

const inFolder = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const file = path.posix.join(folder, entry.name);
        return entry.isDirectory() ? inFolder(file) : [file];
    });

export const exampleFiles: readonly ExampleFile[] = inFolder('').map((file) => ({
    file,
    name: path.posix.basename(file, '.json'),
    french: file.startsWith('Français/'),
}));

export const flowIn = (file: string): Node[] => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** An example by its name alone. */
export function exampleFlow(name: string): Node[] {
    const found = exampleFiles.find((one) => one.name === name);
    if (!found) throw new Error(`there is no example ${name}`);
    return flowIn(found.file);
}
