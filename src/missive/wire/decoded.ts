import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { isGzip, isZlib } from '../files/packing';

const [fromGzip, fromZlib, fromDeflate] = [promisify(gunzip), promisify(inflate), promisify(inflateRaw)];

/** What a proxy in between has unpacked already, and still calls packed. */
const isJson = (bytes: Buffer): boolean => /^\s*[[{]/.test(bytes.toString('latin1', 0, 20));

const decoders = {
    gzip: ungzipped,
    'x-gzip': ungzipped,
    deflate: (bytes: Buffer, options: ZlibOptions) => (isZlib(bytes) ? fromZlib : fromDeflate)(bytes, options),
    br: promisify(brotliDecompress),
} as const;

async function ungzipped(bytes: Buffer, options: ZlibOptions): Promise<Buffer> {
    return !isGzip(bytes) && isJson(bytes) ? bytes : fromGzip(bytes, options);
}

const isKnown = (encoding: string): encoding is keyof typeof decoders => Object.hasOwn(decoders, encoding);

/**
 * The bytes of an answer without what they were packed in. No encoding is asked for, but what stands in between may use
 * one all the same. Rejects where they are no such thing, stand for more than `largest`, or are packed otherwise.
 */
export async function decoded(
    chunks: readonly Buffer[],
    headers: Readonly<Record<string, string | string[] | undefined>>,
    largest: number,
): Promise<Buffer> {
    const [only] = chunks;
    let bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks);
    const encodings = [headers['content-encoding'] ?? []]
        .flat()
        .flatMap((each) => each.toLowerCase().split(','))
        .map((each) => each.trim())
        .filter((each) => each !== '' && each !== 'identity');
    if (bytes.length === 0) return bytes;
    for (const encoding of encodings.reverse()) {
        if (!isKnown(encoding)) throw Object.assign(new Error(encoding), { code: 'unknown content encoding' });
        bytes = await decoders[encoding](bytes, { maxOutputLength: largest });
    }
    return bytes;
}
