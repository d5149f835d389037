import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { inputError } from '../errors';
import type { Sized } from './file-size';

/**
 * The bytes of a file in a folder. A message chooses the path, so nothing outside of the folder is read, whatever links
 * lead there, and nothing that Node-RED keeps for itself. `fits` is asked before anything is read; it throws where the
 * file is too large.
 */
export async function readInside(
    folder: string | undefined,
    wanted: string,
    fits: (file: Sized) => void,
): Promise<Buffer> {
    const name = path.basename(wanted);
    if (!folder) throw inputError(`The file “${name}” is given by its path, and Node-RED has no user directory.`);
    const root = await realpath(folder);
    const target = path.resolve(root, wanted);
    if (!isInside(root, target) && !isInside(path.resolve(folder), target)) throw outside(name);
    const file = await realpath(target).catch((cause: NodeJS.ErrnoException) => {
        throw unreadable(name, cause);
    });
    if (!isInside(root, file)) throw outside(name);
    if (isKept(path.relative(root, file)))
        throw inputError(
            `The file “${name}” is one that Node-RED keeps for itself, such as settings, flows or credentials. Put files to attach into a folder of their own below the user directory.`,
        );
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const { size } = await stat(file).then((stats) => {
        if (stats.isFile()) return stats;
        throw inputError(`“${name}” is a folder or a device, no file.`);
    });
    fits({ filename: name, bytes: size });
    const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
        throw unreadable(name, cause);
    });
    try {
        return await handle.readFile();
    } finally {
        await handle.close();
    }
}

const isInside = (folder: string, file: string): boolean => {
    const way = path.relative(folder, file);
    return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
};

/** Hidden files (the key of the credentials is in one), credentials, packages, and settings and flows at the top. */
const isKept = (way: string): boolean => {
    const parts = way.split(path.sep);
    const name = parts.at(-1) ?? '';
    return (
        parts.some((part) => part.startsWith('.') || part === 'node_modules') ||
        /_cred\.(json|backup)$/i.test(name) ||
        (parts.length === 1 && /\.(json|js|cjs|mjs|backup)$/i.test(name))
    );
};

const outside = (name: string) =>
    inputError(
        `The file “${name}” is outside of the Node-RED user directory. Put it inside, or read it with a file node and attach the Buffer.`,
    );

const unreadable = (name: string, { code = '' }: NodeJS.ErrnoException) =>
    inputError(
        code === 'ENOENT' || code === 'ENOTDIR'
            ? `There is no file “${name}” at its path. A relative path starts in the Node-RED user directory.`
            : `The file “${name}” cannot be read (${code}).`,
    );
