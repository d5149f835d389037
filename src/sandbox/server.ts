import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from './data/world';
import type { Limits } from './limits';
import { invalid, Refused } from './manners/refuse';
import { route } from './routes';
import type { Stands } from './stands/stands';
import { sendDue } from './things/drafts';

export interface ServerOptions {
    readonly token: string;
    readonly limits: Limits;
    /** Answer creations with an empty 201, as Missive may. */
    readonly emptyCreated: boolean;
    readonly deleteStatus: 200 | 204;
    /** Milliseconds that every request takes longer. */
    readonly latency: number;
    /** The other systems beside it. */
    readonly stands: Stands;
}

const largest = 10 * 1024 * 1024;

/** All that comes, which is drained even where it is too large: else the sender would not read the answer. */
async function bytesOf(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size <= largest) chunks.push(chunk);
    }
    if (size > largest) throw new Refused(413, 'Payload too large: 10 MB at most');
    return Buffer.concat(chunks);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
    const bytes = await bytesOf(request);
    if (bytes.length === 0) return undefined;
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
        throw invalid('Content-Type must be application/json');
    }
    try {
        return JSON.parse(bytes.toString('utf8'));
    } catch {
        throw invalid('The body is not valid JSON');
    }
}

function sendFile(world: World, path: string, response: ServerResponse): void {
    const file = world.store.data.files.get(path.split('/')[2] ?? '');
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' };
    response.writeHead(file ? 200 : 404, headers).end(file?.content);
}

/** What another system answers: an AI, a shop … */
async function stand(stands: Stands, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = { method: request.method ?? '', query: url.searchParams };
    const name = url.pathname.slice('/practice/'.length);
    const given = stands.takesFiles(name) ? bytesOf(request) : bodyOf(request);
    const [status, said] = await given.then(
        (body) => stands.ask(name, { ...question, body }),
        (error: Error) => [400, { error: error.message }] as const,
    );
    if (!Buffer.isBuffer(said) && typeof said !== 'string') return write(response, status, said);
    const type = Buffer.isBuffer(said) ? 'application/pdf' : 'text/plain; charset=utf-8';
    response.writeHead(status, { 'Content-Type': type }).end(said);
}

const successOf = (method: string, options: ServerOptions): number =>
    method === 'POST' ? 201 : method === 'DELETE' ? options.deleteStatus : 200;

/** The package's own client says which node asks. */
function nodeOf({ headers }: IncomingMessage): string | undefined {
    const given = headers['x-node-red-node'];
    return typeof given === 'string' && /^[\w%.-]{1,64}$/.test(given) ? given : undefined;
}

async function answer(world: World, options: ServerOptions, request: IncomingMessage, url: URL): Promise<unknown> {
    if (request.headers.authorization !== `Bearer ${options.token}`) {
        request.resume();
        throw new Refused(401, 'Authentication token is invalid or has been revoked');
    }
    const leave = options.limits.enter();
    try {
        const body = await bodyOf(request);
        if (options.latency > 0) await pause(options.latency, undefined, { ref: false });
        const found = url.pathname.startsWith('/v1/') ? route(request.method ?? '', url.pathname.slice(3)) : undefined;
        if (found === undefined) throw new Refused(404, 'Not found');
        sendDue(world);
        return await found.endpoint({ world, ids: found.ids, query: url.searchParams, body, node: nodeOf(request) });
    } finally {
        leave();
    }
}

async function handle(world: World, options: ServerOptions, request: IncomingMessage, response: ServerResponse) {
    const target = `http://sandbox${request.url}`;
    const url = new URL(URL.canParse(target) ? target : 'http://sandbox/');
    if (url.pathname.startsWith('/files/')) return sendFile(world, url.pathname, response);
    if (url.pathname.startsWith('/practice/')) return stand(options.stands, url, request, response);
    const method = request.method ?? '';
    try {
        const json = await answer(world, options, request, url);
        write(response, successOf(method, options), method === 'POST' && options.emptyCreated ? undefined : json);
    } catch (error) {
        if (response.destroyed) return undefined;
        const refused = error instanceof Refused ? error : new Refused(500, String(error));
        const { status, message, headers, more } = refused;
        write(response, status, message === '' ? undefined : { error: { message, ...more } }, headers);
    }
    return undefined;
}

function write(
    response: ServerResponse,
    status: number,
    json: unknown,
    headers: Readonly<Record<string, string>> = {},
) {
    const body = json === undefined ? '' : JSON.stringify(json);
    response.writeHead(status, { ...(body && { 'Content-Type': 'application/json; charset=utf-8' }), ...headers });
    response.end(body);
}

/** Missive's API on this machine; never keeps the process alive. */
export function serve(world: World, options: ServerOptions): Server {
    const server = createServer((request, response) => void handle(world, options, request, response));
    server.on('connection', (socket) => socket.unref());
    server.unref();
    return server;
}
