import { expected } from '../expected';

/** A file as the API takes it (missive-api §5.5). */
export interface Attachment {
    readonly filename: string;
    readonly base64_data: string;
}

/** A file that is still to be fetched: it lies in the Node-RED user directory, or behind the link that Missive gives of one. */
export type FileAt =
    | { readonly path: string; readonly filename?: string }
    | { readonly url: string; readonly filename?: string };

export type File = Attachment | FileAt;

/** Missive's bound on the files of one draft. */
export const maxAttachments = 25;

/**
 * Files from a Buffer, base64 text or a data URL, from `{filename, content}` (`content`: a Buffer, or plain text), from
 * the API's own `{filename, base64_data}`, or from a list of any of these. `{path}` and `{url}`, the latter as Missive
 * describes the files of a message, stay what they are: `files.ts` fetches them.
 */
export function parseAttachments(value: unknown): File[] {
    const files = Array.isArray(value) ? value : [value];
    if (files.length > maxAttachments)
        throw new TypeError(`has ${files.length} files, and Missive takes ${maxAttachments} at most`);
    return files.map((file, index) => toAttachment(file, index + 1));
}

/** One file, the `place`th of its list. */
export function toAttachment(file: unknown, place: number): File {
    if (isBytes(file)) return named(undefined, toBuffer(file), place);
    if (typeof file === 'string') return named(undefined, fromBase64(file, place), place);
    if (typeof file !== 'object' || file === null) throw expected('files', file);
    const { filename, content, base64_data, path, url } = file as Record<string, unknown>;
    if (filename !== undefined && (typeof filename !== 'string' || filename.trim() === ''))
        throw new TypeError(`has no usable filename for file ${place}`);
    if (typeof base64_data === 'string') return named(filename, fromBase64(base64_data, place), place);
    if (isBytes(content)) return named(filename, toBuffer(content), place);
    if (typeof content === 'string') return named(filename, Buffer.from(content), place);
    for (const [key, value] of Object.entries({ path, url }))
        if (typeof value === 'string' && value.trim() !== '')
            return { [key]: value.trim(), ...(filename !== undefined && { filename: filename.trim() }) } as FileAt;
    throw new TypeError(
        `has no content for file ${place}; give it content (a Buffer or text), base64_data, path or url`,
    );
}

function named(filename: string | undefined, bytes: Buffer, place: number): Attachment {
    return {
        filename: filename?.trim() ?? `attachment-${place}${extensionOf(bytes)}`,
        base64_data: bytes.toString('base64'),
    };
}

/** A Buffer as it is, or as JSON makes of it on the way through a file or a queue. */
type Bytes = Uint8Array | { type: 'Buffer'; data: number[] };

const isBytes = (value: unknown): value is Bytes =>
    value instanceof Uint8Array ||
    (typeof value === 'object' &&
        value !== null &&
        'type' in value &&
        value.type === 'Buffer' &&
        'data' in value &&
        Array.isArray(value.data));

const toBuffer = (bytes: Bytes): Buffer => (bytes instanceof Uint8Array ? Buffer.from(bytes) : Buffer.from(bytes.data));

function fromBase64(text: string, place: number): Buffer {
    const data = text.replace(/^data:[^,]*;base64,/, '').replace(/\s+/g, '');
    if (data === '' || data.length % 4 === 1 || !/^[\w+/-]+={0,2}$/.test(data))
        throw new TypeError(
            `has no valid base64 in file ${place}; plain text goes into { filename, content }, a link into { url }`,
        );
    return Buffer.from(data, 'base64');
}

/** First bytes of the files that flows attach most; a file without an ending would not open at the customer's. */
const beginnings: readonly (readonly [string, string])[] = [
    ['%PDF', '.pdf'],
    ['\x89PNG', '.png'],
    ['\xff\xd8\xff', '.jpg'],
    ['GIF8', '.gif'],
    ['PK\x03\x04', '.zip'],
];

const extensionOf = (bytes: Buffer): string =>
    beginnings.find(([start]) => bytes.subarray(0, start.length).toString('latin1') === start)?.[1] ?? '';
