import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxOptions } from '../../src/sandbox/options';
import { Sandbox } from '../../src/sandbox/sandbox';

/** Loose JSON: what an answer holds is what the tests are about. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is probed key by key, and a wrong key fails the test
export type Json = any;

export interface Reply {
    readonly status: number;
    readonly headers: Headers;
    readonly text: string;
    readonly json: Json;
}

export type Ask = (line: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

const open: { close(): Promise<unknown> }[] = [];

/** A practice Missive and a way to ask it: `await ask('GET /contacts?…')`. */
export async function practice(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; ask: Ask }> {
    const sandbox = new Sandbox({ limits: false, ...options });
    open.push(sandbox);
    const address = await sandbox.address();
    const ask: Ask = async (line, body, headers = {}) => {
        const [method = '', path = ''] = line.split(' ');
        const answer = await fetch(`${address}${path}`, {
            method,
            headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json', ...headers },
            ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        return {
            status: answer.status,
            headers: answer.headers,
            text,
            json: text === '' ? undefined : JSON.parse(text),
        };
    };
    return { sandbox, ask };
}

export interface Received {
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
    readonly json: Json;
}

/** A receiver of webhooks that answers with one status after the other, the last one again and again. */
export async function receiver(...statuses: number[]) {
    const received: Received[] = [];
    const server: Server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
            const body = Buffer.concat(chunks);
            received.push({ headers: request.headers, body, json: JSON.parse(body.toString()) });
            response.writeHead(statuses[Math.min(received.length, statuses.length) - 1] ?? 200).end();
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/missive/in` };
}

/** Closes everything that was opened here; for `afterEach`. */
export async function closeAll(): Promise<void> {
    await Promise.all(open.splice(0).map((one) => one.close()));
}

/** Ids of the seed that the tests speak of. */
export const seeded = {
    organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
    book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77',
    ines: '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6',
    rui: '88aa224f-97b3-4a85-ae96-971759dd6ff9',
    workshop: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
    fork: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
    order: '6b0e2f0c-eabc-4990-a4da-663226959724',
    parts: 'b1d21975-ac67-4dea-af96-685e5544656f',
    message: '51d079a4-57c9-4576-a97c-cae0cd324467',
    marta: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10',
    channel: '0aa6f1d2-7b1c-4e0a-9c37-55d1f2c30b11',
} as const;
