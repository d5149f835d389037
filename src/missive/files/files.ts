import { attached, sourceOf } from '../attached';
import { inputError } from '../errors';
import { type Attachment, type File, type FileAt, isFileAt } from '../operations/attachments';
import type { Fields, Input } from '../operations/fields';
import { cleanName, distinctNames } from '../reading/file-name';
import { download } from './file-link';
import { readInside } from './file-path';
import { filesIn, largestBody, type Sized, smallerFiles } from './file-size';

/** Where files may be fetched from. */
export interface Places {
    /** The folder that holds files given by their path: the account's. */
    readonly folder: () => string;
    /** The account's address. */
    readonly home: () => Promise<string>;
    /** Aborted when the node is stopped. */
    readonly signal?: AbortSignal | undefined;
}

/** The input with all of its files as they are sent; those that are still to be read are when their request is written. */
export async function withFiles<F extends Fields>(fields: F, input: Input<F>, places: Places): Promise<Input<F>> {
    const result: Record<string, unknown> = { ...input };
    for (const [key, { kind }] of Object.entries(fields)) {
        const files = result[key];
        if (kind === 'attachments' && Array.isArray(files)) result[key] = await fetched(files as File[], places);
    }
    return result as Input<F>;
}

/**
 * Each file in its place, with a name of its own. One given by its path is looked at now, so that what is missing is told
 * at once; it is read, and one behind a link is fetched, when its request is written.
 */
async function fetched(files: readonly File[], places: Places): Promise<Attachment[]> {
    const known: Sized[] = filesIn(files);
    const result: Attachment[] = [];
    for (const file of files) {
        // The rich blocks of a post stand among its files.
        if (!isFileAt(file)) {
            result.push(file);
            continue;
        }
        const others = [...known];
        const filename = nameOf(file);
        const size = 'path' in file ? await looked(file.path, places, (one) => room([...others, one])) : undefined;
        if (size !== undefined) known.push({ filename, bytes: size });
        const { path: _, url: __, ...rest } = file as Record<string, unknown>;
        const read = () => bytesOf(file, places, (one) => room([...others, one]));
        result.push(attached({ ...rest, filename }, { size, read }));
    }
    const names = distinctNames(result.filter(hasName).map(({ filename }) => filename));
    return result.map((file) => (hasName(file) ? renamed(file, names.shift() ?? file.filename) : file));
}

/** The rich blocks of a post have none. */
const hasName = (file: Attachment): boolean => typeof file.filename === 'string' && 'base64_data' in file;

/** The size of a file that could be read; throws where it cannot be. */
async function looked(wanted: string, { folder }: Places, fits: (file: Sized) => void): Promise<number> {
    const enough = new Error('enough');
    let size = 0;
    const seen = (file: Sized) => {
        fits(file);
        size = file.bytes;
        throw enough;
    };
    await readInside(folder(), wanted, seen).catch((cause: unknown) => {
        if (cause !== enough) throw cause;
    });
    return size;
}

function renamed(file: Attachment, filename: string): Attachment {
    const source = sourceOf(file);
    if (!source) return { ...file, filename };
    const facts = Object.entries(Object.getOwnPropertyDescriptors(file)).filter(([key]) => key !== 'base64_data');
    return attached({ ...Object.fromEntries(facts.map(([key, { value }]) => [key, value])), filename }, source);
}

/** Throws where the files cannot all be in one request. */
function room(files: readonly Sized[]): void {
    const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
    if (bytes > (largestBody * 3) / 4)
        throw inputError(`The files are more than the 10 MB that Missive takes as one request. ${smallerFiles(files)}`);
}

async function bytesOf(file: FileAt, { folder, home, signal }: Places, fits: (file: Sized) => void): Promise<Buffer> {
    if ('path' in file) return readInside(folder(), file.path, fits);
    return download({ url: file.url, filename: nameOf(file) }, { home: await home(), signal, fits });
}

/** The name that a file was given, else the last part of its path or link. */
function nameOf(file: FileAt): string {
    if (file.filename) return file.filename;
    return cleanName('path' in file ? file.path : lastOf(file.url)) || 'attachment';
}

function lastOf(url: string): string {
    try {
        return decodeURIComponent(new URL(url).pathname);
    } catch {
        return '';
    }
}
