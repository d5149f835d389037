import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { inputError } from '../errors';
import { shownName } from '../reading/file-name';
import type { Sized } from './file-size';

/**
 * The bytes of a file in the account's folder. A message chooses the path, so nothing outside of the folder is read,
 * whatever links lead there or change meanwhile. `fits` is asked before anything is read; it throws where the file is
 * too large.
 */
export async function readInside(folder: string, wanted: string, fits: (file: Sized) => void): Promise<Buffer> {
    const name = shownName(path.basename(wanted));
    const root = await realpath(folder).catch(() => {
        throw inputError(
            `The file “${name}” is given by its path, and the folder for files is not there: ${folder}. Make it and put the files to attach into it, or name another one in the account (Folder of files).`,
        );
    });
    const target = path.resolve(root, wanted);
    if (!isInside(root, target) && !isInside(path.resolve(folder), target)) throw outside(name, folder);
    const unreadable = ({ code = '' }: NodeJS.ErrnoException) =>
        inputError(
            code === 'ENOENT' || code === 'ENOTDIR'
                ? `There is no file “${name}” at its path. Paths count from the folder for files: ${folder}.`
                : `The file “${name}” cannot be read (${code}).`,
        );
    const failed = (cause: NodeJS.ErrnoException): never => {
        throw unreadable(cause);
    };
    const file = await realpath(target).catch(failed);
    if (!isInside(root, file)) throw outside(name, folder);
    if (path.relative(root, file).split(path.sep).some(isHidden))
        throw inputError(`“${name}” is hidden: files whose name or folder begins with a dot are not attached.`);
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const { size } = await stat(file).then((stats) => whole(stats, name), failed);
    fits({ filename: name, bytes: size });
    // A link that has come in its place is not followed, and a pipe not waited for.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(failed);
    try {
        const opened = await handle.stat();
        // What was opened is what lies inside: no link has come between.
        const inside = (await realpath(file).catch(failed)) === file && isSame(opened, await stat(file).catch(failed));
        if (!inside) throw outside(name, folder);
        fits({ filename: name, bytes: whole(opened, name).size });
        return await bytesOf(handle, opened.size, name);
    } finally {
        await handle.close();
    }
}

/** Whether a file or folder lies in another one. */
export const isInside = (folder: string, file: string): boolean => {
    const way = path.relative(folder, file);
    return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
};

const isHidden = (part: string): boolean => part.startsWith('.');

const isSame = (a: Stats, b: Stats): boolean => a.ino === b.ino && a.dev === b.dev;

function whole(stats: Stats, name: string): Stats {
    if (stats.isFile()) return stats;
    throw inputError(`“${name}” is a folder or a device, no file.`);
}

/** As many bytes as were measured; a file that is still being written would reach a customer cut off. */
async function bytesOf(handle: FileHandle, size: number, name: string): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(size + 1);
    let read = 0;
    for (let count = 1; count > 0 && read <= size; read += count)
        ({ bytesRead: count } = await handle.read(bytes, read, bytes.length - read));
    if (read === size) return bytes.subarray(0, size);
    throw inputError(`The file “${name}” changed while it was read. Attach it once it is written.`);
}

const outside = (name: string, folder: string) =>
    inputError(
        `The file “${name}” is outside of the folder for files: ${folder}. Put it there, or read it with a file node and attach the Buffer.`,
    );
