import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { inputError } from '../errors';

const decoders: Readonly<Record<string, () => Transform>> = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
};

/**
 * What turns an answer into the file, in order. It was asked for as it is, but a store that keeps files in gzip answers
 * so all the same. A file that is itself a `.gz` stays one, although careless servers call that an encoding.
 */
export function decodersOf(headers: Readonly<Record<string, unknown>>, filename: string): Transform[] {
    const encodings = String(headers['content-encoding'] ?? '')
        .toLowerCase()
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '' && each !== 'identity');
    const isGzip = /\.(gz|tgz)$/i.test(filename) && /gzip/i.test(String(headers['content-type'] ?? ''));
    if (isGzip && encodings.length === 1 && /gzip$/.test(encodings[0] ?? '')) return [];
    return encodings.reverse().map((each) => {
        const decoder = Object.hasOwn(decoders, each) ? decoders[each] : undefined;
        if (decoder) return decoder();
        throw inputError(
            `The file “${filename}” comes in an encoding that cannot be read. Fetch it with an http request node and attach the Buffer.`,
        );
    });
}
