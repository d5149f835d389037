import { constants } from 'node:fs';
import { lstat, mkdir, open, realpath, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { inputError } from '../errors';
import { cleanName } from '../reading/file-name';
import { isInside } from './file-path';

/** As many files of one name as are told apart. */
const mostNames = 1000;

/**
 * Writes a file into the account's folder and gives its path there. `wanted` is a folder in it (one that is there, or
 * with a slash at its end) or a file's path. Nothing is written over: the second `a.pdf` becomes `a (2).pdf`; and
 * nothing outside, whatever links lead there.
 */
export async function writeInside(folder: string, wanted: string, filename: string, bytes: Buffer): Promise<string> {
    await mkdir(folder, { recursive: true }).catch(failed(folder));
    const root = await realpath(folder).catch(failed(folder));
    const target = path.resolve(root, wanted);
    const isFolder = /[/\\]$/.test(wanted) || target === root || (await isDirectory(target));
    const parent = isFolder ? target : path.dirname(target);
    const name = isFolder ? filename : cleanName(path.basename(target)) || filename;
    const inside = (place: string) => place === root || isInside(root, place);
    const hidden = path
        .relative(root, path.join(parent, name))
        .split(path.sep)
        .some((part) => part.startsWith('.'));
    if (!inside(parent) || hidden) throw outside(name, folder);
    await made(root, parent, inside, () => outside(name, folder));
    const { name: stem, ext } = path.parse(name);
    for (let count = 1; count <= mostNames; count++) {
        const file = path.join(parent, count === 1 ? name : `${stem} (${count})${ext}`);
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
        const handle = await open(file, flags, 0o600).catch((cause: NodeJS.ErrnoException) => {
            if (cause.code === 'EEXIST') return undefined;
            return failed(file)(cause);
        });
        if (!handle) continue;
        try {
            const [opened, real] = [await handle.stat(), await realpath(file)];
            const found = await stat(real);
            // A link may have come between: then the file that was made elsewhere goes again, empty.
            if (!inside(path.dirname(real)) || found.ino !== opened.ino || found.dev !== opened.dev) {
                await unlink(file).catch(() => {});
                throw outside(name, folder);
            }
            // Half a file is none: it would be attached for the whole.
            await handle.writeFile(bytes).catch(async (cause: NodeJS.ErrnoException) => {
                await unlink(file).catch(() => {});
                failed(file)(cause);
            });
            return path.relative(root, real).split(path.sep).join('/');
        } finally {
            await handle.close();
        }
    }
    throw inputError(`The folder for files has ${mostNames} files of the name “${name}” already.`);
}

const isDirectory = (place: string): Promise<boolean> =>
    lstat(place).then(
        (stats) => stats.isDirectory(),
        () => false,
    );

/** Makes the folders down to a place one by one, through no link that leads out. */
async function made(
    root: string,
    parent: string,
    inside: (place: string) => boolean,
    wrong: () => Error,
): Promise<void> {
    let place = root;
    for (const part of path.relative(root, parent).split(path.sep).filter(Boolean)) {
        place = path.join(place, part);
        await mkdir(place).catch((cause: NodeJS.ErrnoException) => {
            if (cause.code !== 'EEXIST') failed(place)(cause);
        });
        if (!inside(await realpath(place).catch(failed(place)))) throw wrong();
    }
}

const failed =
    (place: string) =>
    ({ code = '' }: NodeJS.ErrnoException): never => {
        throw inputError(`“${path.basename(place)}” cannot be written into the folder for files (${code}): ${place}.`);
    };

const outside = (name: string, folder: string) =>
    inputError(`“${name}” would be written outside of the folder for files, or hidden in it: ${folder}.`);
