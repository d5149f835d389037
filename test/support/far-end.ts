import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as another system than Missive got it. */
export interface Asked {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
}

/** What a far end answers: a status, and JSON or bytes. */
export type Told = readonly [status: number, body?: unknown];

/** The other systems that example flows talk to: an AI, a shop, a CRM. Each has a path of its own. */
export class FarEnd {
    readonly asked: Asked[] = [];
    /** What is answered at a path; 404 where a test says nothing. */
    readonly answers = new Map<string, (asked: Asked) => Told>();
    readonly #server: Server = createServer(async (req, res) => {
        let text = '';
        for await (const chunk of req) text += chunk;
        const { pathname, searchParams } = new URL(req.url ?? '/', 'http://far.example');
        const asked = {
            ...{ method: req.method ?? '', path: pathname, query: Object.fromEntries(searchParams) },
            ...{ headers: req.headers, body: text === '' ? undefined : JSON.parse(text) },
        };
        this.asked.push(asked);
        const [status, body] = this.answers.get(pathname)?.(asked) ?? [404, { error: 'not found' }];
        const bytes = Buffer.isBuffer(body);
        res.writeHead(status, { 'content-type': bytes ? 'application/octet-stream' : 'application/json' });
        res.end(bytes ? body : JSON.stringify(body ?? {}));
    });

    /** Starts it and gives its address, without a slash at the end. */
    async start(): Promise<string> {
        this.#server.listen(0, '127.0.0.1');
        await once(this.#server, 'listening');
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    async stop(): Promise<void> {
        this.#server.closeAllConnections();
        this.#server.close();
        await once(this.#server, 'close');
    }
}
