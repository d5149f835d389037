import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { EnvHttpProxyAgent } from 'undici';
import { connecting, proxied } from '../connecting';
import { inputError, MissiveError } from '../errors';
import type { Sized } from './file-size';
import { type Decoding, decodersOf } from './link-encoding';
import { reasonOf, refused, unreachable } from './link-failure';
import { linkTarget } from './link-target';
import { publicLookup } from './private-address';

/** Redirects that are followed, each to an address that is checked like the first one. */
const mostRedirects = 3;

/** Milliseconds before a file is asked for again, after its server failed or the connection broke. */
const pauses = [250, 1000];

/** Milliseconds for one try. */
const patience = 60_000;

export interface Link {
    readonly url: string;
    readonly filename: string;
}

export interface Download {
    /** The account's address: plain http is for the practice inbox at that very place. */
    readonly home: string;
    /** Aborted when the node is stopped. */
    readonly signal?: AbortSignal | undefined;
    /** Asked with the size so far, and before anything is read where it is known; throws where the file is too large. */
    readonly fits: (file: Sized) => void;
    readonly patience?: number;
}

/**
 * The bytes behind the signed link of an attachment, asked for without any token (missive-api §5.4). The link comes with
 * a message: only public https addresses are called, and the link, which opens the file, stands in no error.
 */
export async function download(link: Link, options: Download): Promise<Buffer> {
    for (const pause of pauses) {
        try {
            return await tried(link, options);
        } catch (cause) {
            if (!(cause instanceof MissiveError && cause.delivered)) throw cause;
        }
        // A node that is stopped meanwhile finds out in the next try.
        await wait(pause, undefined, { ...(options.signal && { signal: options.signal }) }).catch(() => {});
    }
    return tried(link, options);
}

async function tried({ url, filename }: Link, options: Download): Promise<Buffer> {
    const { signal } = options;
    const ends = AbortSignal.timeout(options.patience ?? patience);
    const { request } = undici();
    const wire = opened();
    try {
        let target = linkTarget(url, filename, options.home);
        for (let redirects = 0; redirects <= mostRedirects; redirects++) {
            const answer = await request(target, {
                dispatcher: wire,
                headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'node-red-missive' },
                signal: signal ? AbortSignal.any([signal, ends]) : ends,
            });
            const { statusCode: status, headers, body } = answer;
            if (status < 300) {
                const announced = { filename, bytes: Number(headers['content-length'] ?? 0) };
                return await read(body, announced, decodersOf(headers, filename), options);
            }
            body.on('error', () => {}).destroy();
            const { location } = headers;
            if (status >= 400 || typeof location !== 'string') throw refused(filename, status);
            target = linkTarget(location, filename, options.home, target);
        }
        throw inputError(`The link of the file “${filename}” leads on and on.`);
    } catch (cause) {
        if (cause instanceof MissiveError) throw cause;
        if (signal?.aborted)
            throw new MissiveError('ERR_MISSIVE_CLOSED', 'The node was stopped while it fetched a file.');
        throw unreachable(filename, ends.aborted ? 'time-out' : reasonOf(cause));
    } finally {
        await wire.destroy();
    }
}

/** Loaded with the first file that is fetched: it is large. */
const undici = (): typeof import('undici') => require('undici');

/** Calls no private address, whatever a name leads to; a proxy judges for itself. Lives for one try. */
function opened(): EnvHttpProxyAgent {
    try {
        const { EnvHttpProxyAgent: Wire } = undici();
        return new Wire({
            connect: { lookup: publicLookup, ...connecting() },
            ...proxied(),
            noProxy: [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
            headersTimeout: 30_000,
            bodyTimeout: 30_000,
        });
    } catch {
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'The proxy in HTTP_PROXY or HTTPS_PROXY is no web address. Write it as http://host:port.',
        );
    }
}

async function read(
    body: Readable,
    announced: Sized,
    decoders: readonly Decoding[],
    { fits }: Download,
): Promise<Buffer> {
    const { filename, bytes } = announced;
    if (bytes > 0) fits(announced);
    const chunks: Buffer[] = [];
    let size = 0;
    // Counted as it comes out: a few bytes can stand for very many.
    const sink = new Writable({
        write(chunk: Buffer, _, done) {
            size += chunk.length;
            try {
                fits({ filename, bytes: Math.max(size, bytes) });
                chunks.push(chunk);
                done();
            } catch (cause) {
                done(cause instanceof Error ? cause : new Error(String(cause)));
            }
        },
    });
    const pieces = decoders.reduce<AsyncIterable<Buffer>>((from, decode) => decode(from), body);
    await pipeline(pieces, sink);
    return Buffer.concat(chunks);
}
