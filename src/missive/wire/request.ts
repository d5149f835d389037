import type { Call, Method } from '../call';
import { inputError, MissiveError } from '../errors';
import { filesIn, largestBody, megabytes, smallerFiles } from '../files/file-size';
import { written } from '../json';

/** A call as it is written to the wire, below the account's address. */
export interface Request {
    readonly method: Method;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
}

/**
 * Makes a call ready; throws `ERR_MISSIVE_INPUT` where it cannot be sent. The token is a usable one; `node` is told where
 * it is given.
 */
export function requestOf(call: Call, token: string, node?: string): Request {
    const path = pathOf(call);
    const body = jsonOf(call);
    return {
        method: call.method,
        path,
        headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'user-agent': 'node-red-missive',
            ...(node === undefined ? {} : { 'x-node-red-node': encodeURIComponent(node) }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body,
    };
}

/** The token without what surrounds it; throws `ERR_MISSIVE_CONFIG` where no header can carry it. */
export function usableToken(text: string): string {
    const token = text.trim();
    if (token === '') throw new MissiveError('ERR_MISSIVE_CONFIG', 'The account has no API token.');
    // Visible characters and spaces.
    if (/^[\x20-\x7e]+$/.test(token)) return token;
    throw new MissiveError(
        'ERR_MISSIVE_CONFIG',
        "The account's API token holds characters that no token can have, such as a line break. Copy it again from Missive.",
    );
}

function pathOf({ path, query = {} }: Call): string {
    if (!/^\/[\x21-\x7e]*$/.test(path)) {
        throw inputError('The path must start with / and be percent-encoded: no spaces, no letters beyond ASCII.');
    }
    const pairs = Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(queryText(value))}`);
    if (pairs.length === 0) return path;
    return `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function queryText(value: unknown): string {
    if (Array.isArray(value)) return value.map(queryText).join(',');
    if (value === null || value === undefined) return '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function jsonOf({ body }: Call): string | undefined {
    if (body === undefined) return undefined;
    const json = written(body);
    if (json === undefined) {
        throw inputError('The fields cannot be written as JSON: one refers to itself, is a BigInt or a function.');
    }
    if (Buffer.byteLength(json) <= largestBody) return json;
    const files = filesIn(body);
    throw inputError(
        `The request has ${megabytes(Buffer.byteLength(json))}, Missive takes 10 MB. ${files.length > 0 ? smallerFiles(files) : 'Send less.'}`,
    );
}
