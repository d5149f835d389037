import type { Transform } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { inputError } from '../errors';
import { isGzip, isZlib } from './packing';

/** Turns the pieces of an answer into those of the file. */
export type Decoding = (pieces: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** By the first bytes: careless servers name an encoding that they have not used, or use the bare form of one. */
const decoders: Readonly<Record<string, (head: Buffer) => Transform | undefined>> = {
    gzip: (head) => (isGzip(head) ? createGunzip() : undefined),
    'x-gzip': (head) => (isGzip(head) ? createGunzip() : undefined),
    deflate: (head) => (isZlib(head) ? createInflate() : createInflateRaw()),
    br: () => createBrotliDecompress(),
};

/**
 * What turns an answer into the file, in order. It was asked for as it is, but a store that keeps files in gzip answers
 * so all the same. A file that is itself a `.gz` stays one, although careless servers call that an encoding.
 */
export function decodersOf(headers: Readonly<Record<string, unknown>>, filename: string): Decoding[] {
    const encodings = String(headers['content-encoding'] ?? '')
        .toLowerCase()
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '' && each !== 'identity');
    if (/\.(gz|tgz|svgz)$/i.test(filename) && encodings.length === 1 && /gzip$/.test(encodings[0] ?? '')) return [];
    return encodings.reverse().map((each) => {
        const decoder = Object.hasOwn(decoders, each) ? decoders[each] : undefined;
        if (decoder) return decoding(decoder);
        throw inputError(
            `The file “${filename}” comes in an encoding that cannot be read. Fetch it with an http request node and attach the Buffer.`,
        );
    });
}

const decoding = (choose: (head: Buffer) => Transform | undefined): Decoding =>
    async function* (source) {
        const pieces = source[Symbol.asyncIterator]();
        try {
            let head = Buffer.alloc(0);
            for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
                head = Buffer.concat([head, next.value]);
                if (head.length >= 2) break;
            }
            if (head.length === 0) return;
            const all = async function* () {
                yield head;
                for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
            };
            const decoder = choose(head);
            if (!decoder) {
                yield* all();
                return;
            }
            // What fails destroys the decoder, which tells whoever reads it.
            const done = pipeline(Readable.from(all()), decoder).catch(() => {});
            yield* decoder as AsyncIterable<Buffer>;
            await done;
        } finally {
            await pieces.return?.();
        }
    };
