import type { Call, Method } from '../call';
import { inputError, MissiveError } from '../errors';
import { filesIn, largestBody, megabytes, type Sized, smallerFiles } from '../files/file-size';
import { written } from '../json';
import { type Packed, packed } from './packed';

/** A call as it is written to the wire, below the account's address. */
export interface Request {
    readonly method: Method;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    /** JSON; `undefined` where there is none, and where it is written when it is the call's turn. */
    readonly body: string | undefined;
    readonly packed?: Packed | undefined;
}

/**
 * Makes a call ready; throws `ERR_MISSIVE_INPUT` where it cannot be sent. The token is a usable one; `node` is told where
 * it is given.
 */
export function requestOf(call: Call, token: string, node?: string): Request {
    const path = pathOf(call);
    const apart = packed(call.body, jsonOf);
    if (apart) fitting(apart.size, apart.files);
    const body = apart ? undefined : fitted(call.body);
    return {
        method: call.method,
        path,
        headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'user-agent': 'node-red-missive',
            ...(node === undefined ? {} : { 'x-node-red-node': encodeURIComponent(node) }),
            ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body,
        ...(apart && { packed: apart }),
    };
}

/** The request as it goes out, its files read. Throws `ERR_MISSIVE_INPUT` where one cannot be, or where all is too large. */
export async function whole(request: Request): Promise<Request> {
    if (!request.packed) return request;
    const body = await request.packed.write();
    fitting(Buffer.byteLength(body), request.packed.files);
    return { ...request, body };
}

/** Bytes that a request keeps in memory while it waits. */
export const heldBy = ({ body = '', packed }: Request): number => packed?.held ?? Buffer.byteLength(body);

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

/** The body of a call as JSON, which is no larger than Missive takes. */
function fitted(body: unknown): string | undefined {
    if (body === undefined) return undefined;
    const json = jsonOf(body);
    if (Buffer.byteLength(json) > largestBody) fitting(Buffer.byteLength(json), filesIn(body));
    return json;
}

function jsonOf(body: unknown): string {
    const json = written(body);
    if (json !== undefined) return json;
    throw inputError('The fields cannot be written as JSON: one refers to itself, is a BigInt or a function.');
}

function fitting(bytes: number, files: readonly Sized[]): void {
    if (bytes <= largestBody) return;
    throw inputError(
        `The request has ${megabytes(bytes)}, Missive takes 10 MB. ${files.length > 0 ? smallerFiles(files) : 'Send less.'}`,
    );
}
