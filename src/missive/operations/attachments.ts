import { attached } from '../attached';
import { expected } from '../expected';
import { bytesOf, endingOf, fromBase64, fromDataUrl, looksLikeBase64 } from '../reading/bytes';
import { cleanName } from '../reading/file-name';

/** A file as the API takes it (missive-api §5.5). */
export interface Attachment {
    readonly filename: string;
    readonly base64_data: string;
}

/** A file that is still to be fetched: it lies in the account's folder for files, or behind the link that Missive gives of one. */
export type FileAt =
    | { readonly path: string; readonly filename?: string }
    | { readonly url: string; readonly filename?: string };

export type File = Attachment | FileAt;

/** Whether a file is still to be fetched. The rich blocks of a post may have an address, too, and say more than that. */
export const isFileAt = (file: object): file is FileAt =>
    ('path' in file || 'url' in file) &&
    Object.keys(file).every((key) => ['path', 'url', 'filename', 'id'].includes(key));

/** Missive's bound on the files of one draft. */
export const maxAttachments = 25;

/**
 * Files from a Buffer or typed array, base64 text or a data URL, from `{filename, content, encoding}` (`content`: bytes,
 * or text that is what it is unless `encoding` says otherwise), from the API's own `{filename, base64_data}`, or from a
 * list of any of these. `{path}` and `{url}`, the latter as Missive describes the files of a message, stay what they
 * are: `files.ts` fetches them.
 */
export function parseAttachments(value: unknown): File[] {
    const files = Array.isArray(value) ? value : [value];
    if (files.length > maxAttachments)
        throw new TypeError(`has ${files.length} files, and Missive takes ${maxAttachments} at most`);
    return files.map((file, index) => toAttachment(file, index + 1));
}

/** One file, the `place`th of its list. */
export function toAttachment(file: unknown, place: number): File {
    const bare = bytesOf(file) ?? (typeof file === 'string' ? ofText(file, place) : undefined);
    if (bare) return named(undefined, bare, place);
    if (typeof file !== 'object' || file === null) throw expected('files', file);
    const { content, base64_data, encoding, path, url, ...rest } = file as Record<string, unknown>;
    const filename = nameOf(rest.filename, place);
    if (typeof base64_data === 'string') return named(filename, ofBase64(base64_data, place), place);
    const bytes = bytesOf(content) ?? (typeof content === 'string' ? ofContent(content, encoding, place) : undefined);
    if (bytes) return named(filename, bytes, place);
    // Browsers call that a link, too; nothing is fetched for it.
    if (typeof url === 'string' && /^\s*data:/i.test(url) && !isText(path))
        return named(filename, ofBase64(url, place), place);
    for (const [key, value] of Object.entries({ path, url }))
        if (isText(value)) return { [key]: value.trim(), ...(filename !== undefined && { filename }) } as FileAt;
    throw new TypeError(
        `has no content for file ${place}; give it content (a Buffer or text), base64_data, path or url`,
    );
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** A name that may be sent; undefined where there is none. */
function nameOf(filename: unknown, place: number): string | undefined {
    if (filename === undefined || filename === null || filename === false) return undefined;
    if (typeof filename !== 'string') throw new TypeError(`has no usable filename for file ${place}`);
    return cleanName(filename) || undefined;
}

const named = (filename: string | undefined, bytes: Buffer, place: number): Attachment =>
    attached({ filename: filename ?? `attachment-${place}${endingOf(bytes)}` }, bytes);

/** A text by itself is base64 or a data URL; any other may be a letter, a path or a link, and is not guessed at. */
function ofText(text: string, place: number): Buffer {
    const bytes = fromDataUrl(text.trim()) ?? (looksLikeBase64(text) ? fromBase64(text) : undefined);
    if (bytes && bytes.length > 0) return bytes;
    throw new TypeError(
        `has no valid base64 in file ${place}; plain text goes into { filename, content }, a file of the account’s folder into { path }, a link into { url }`,
    );
}

function ofBase64(text: string, place: number): Buffer {
    const bytes = fromDataUrl(text.trim()) ?? fromBase64(text);
    if (bytes && bytes.length > 0) return bytes;
    throw new TypeError(`has no valid base64 in file ${place}`);
}

/** The content of a file with a name; text is text, unless its encoding says what it stands for. */
function ofContent(content: string, encoding: unknown, place: number): Buffer {
    const told = encoding === undefined || encoding === null || encoding === '' ? undefined : encoding;
    const code = typeof told === 'string' ? told.trim().toLowerCase() : told;
    if (code === 'base64' || code === 'base64url') return ofBase64(content, place);
    if (code === 'hex' && !/^(?:[\da-f]{2})*$/i.test(content)) throw new TypeError(`has no valid hex in file ${place}`);
    if (code !== undefined) {
        if (typeof code === 'string' && Buffer.isEncoding(code)) return encoded(content, code, place);
        throw new TypeError(`has an encoding for file ${place} that is none of utf8, base64, hex, latin1`);
    }
    const isUrl = /^\s*data:[^,]{0,1000};\s*base64,/i.test(content);
    const url = isUrl ? fromDataUrl(content.trim()) : undefined;
    // Attached as the text that it is, a PDF in base64 would open nowhere.
    if (!url && (isUrl || isFileInBase64(content)))
        throw new TypeError(
            `has base64 as the text of file ${place}; add encoding: 'base64', or 'utf8' if the text itself is the file`,
        );
    return url ?? Buffer.from(content);
}

/** Whether text is base64, in any of its forms, of a file that is known by its first bytes. */
function isFileInBase64(text: string): boolean {
    const start = text.trim().slice(0, 16).replace(/-/g, '+').replace(/_/g, '/');
    return endingOf(Buffer.from(start, 'base64')) !== '' && /^[\w+/\-=\s]+$/.test(text);
}

/** Text in an encoding that has each of its letters: latin1 would make a question of a euro. */
function encoded(text: string, code: BufferEncoding, place: number): Buffer {
    const bytes = Buffer.from(text, code);
    if (!/^(?:latin1|binary|ascii)$/.test(code) || bytes.toString(code) === text) return bytes;
    throw new TypeError(`has letters in file ${place} that ${code} cannot write; use utf8`);
}
