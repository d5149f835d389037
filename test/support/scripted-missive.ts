import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Seen {
    readonly method: string;
    /** Path and query as sent. */
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: unknown;
}

/** What to answer: status, JSON body (`undefined`: none), headers. */
export type Scripted = readonly [status: number, body?: unknown, headers?: Record<string, string>];

/**
 * A far end that answers what a test tells it to, for what Missive does seldom; everything else is tested against the
 * sandbox.
 */
export class ScriptedMissive {
    readonly seen: Seen[] = [];
    /** Answers in their order; when they are used up, `otherwise` answers. */
    readonly answers: Scripted[] = [];
    otherwise: (seen: Seen) => Scripted | Promise<Scripted> = () => [200, {}];
    readonly #server: Server = createServer(async (req, res) => {
        let text = '';
        for await (const chunk of req) text += chunk;
        const seen = {
            method: req.method ?? '',
            url: req.url ?? '',
            headers: req.headers,
            body: text === '' ? undefined : JSON.parse(text),
        };
        this.seen.push(seen);
        const [status, body, headers] = this.answers.shift() ?? (await this.otherwise(seen));
        res.writeHead(status, { 'content-type': 'application/json', ...headers });
        res.end(body === undefined ? undefined : JSON.stringify(body));
    });

    /** Starts it and gives its address. */
    async start(): Promise<string> {
        this.#server.listen(0, '127.0.0.1');
        await once(this.#server, 'listening');
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
    }

    reset(): void {
        this.seen.length = 0;
        this.answers.length = 0;
        this.otherwise = () => [200, {}];
    }

    async stop(): Promise<void> {
        this.#server.closeAllConnections();
        this.#server.close();
        await once(this.#server, 'close');
    }
}
