import type { Request } from 'express';
import { parsed } from '../../../missive/json';
import { deepestRequest, largestRequest } from './limits';

/** Why a body cannot be used: status and sentence. */
export interface Unreadable {
    readonly status: number;
    readonly error: string;
}

/** How long a body may take, in milliseconds. */
const patience = 20_000;

const tooLarge: Unreadable = { status: 413, error: 'The request is larger than 256 kB.' };
const tooSlow: Unreadable = { status: 408, error: 'The request did not come to its end.' };
const noJson: Unreadable = { status: 400, error: 'The request is no JSON.' };
const tooDeep: Unreadable = { status: 400, error: 'The request is nested too deeply.' };

/**
 * The JSON of a request. In a stock Node-RED the editor's parser has read it already; behind a root of its own, or in a
 * host's own server, nobody has.
 */
export async function readBody(request: Request): Promise<{ readonly value: unknown } | Unreadable> {
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
        return { status: 415, error: 'Send JSON, with the content type application/json.' };
    if (/[^\s]/.test((request.headers['content-encoding'] ?? '').replace(/identity/i, '')))
        return { status: 415, error: 'Send the request as it is, without Content-Encoding.' };
    if (Number(request.headers['content-length']) > largestRequest) return tooLarge;
    const already: unknown = request.body;
    if (request.readableEnded || (request as { _body?: boolean })._body) {
        const value = Buffer.isBuffer(already) ? parsed(already.toString('utf8')) : already;
        if (value === undefined) return noJson;
        // Before anything walks through it by itself.
        if (isTooDeep(value)) return tooDeep;
        return Buffer.byteLength(JSON.stringify(value)) > largestRequest ? tooLarge : { value };
    }
    const text = await textOf(request);
    if (typeof text !== 'string') return text;
    const value = parsed(text);
    if (value === undefined) return noJson;
    return isTooDeep(value) ? tooDeep : { value };
}

/** Level by level, not by calls within calls, which is what deep nesting would bring down. */
function isTooDeep(value: unknown): boolean {
    let level: readonly unknown[] = [value];
    for (let depth = 0; level.length > 0; depth += 1) {
        if (depth > deepestRequest) return true;
        level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    }
    return false;
}

function textOf(request: Request): Promise<string | Unreadable> {
    return new Promise((resolve) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const settle = (result: string | Unreadable) => {
            clearTimeout(timer);
            request.off('data', take).off('end', end).off('close', cut).off('error', cut);
            request.resume();
            resolve(result);
        };
        const take = (chunk: Buffer) => {
            size += chunk.length;
            if (size > largestRequest) settle(tooLarge);
            else chunks.push(chunk);
        };
        const end = () => settle(Buffer.concat(chunks).toString('utf8'));
        const cut = () => settle(noJson);
        const timer = setTimeout(() => settle(tooSlow), patience);
        request.on('data', take).on('end', end).on('close', cut).on('error', cut);
    });
}
