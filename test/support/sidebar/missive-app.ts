import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { certificate } from '../certificate';

const root = path.resolve(__dirname, '../../..');
const here = (name: string) => path.join(__dirname, name);
const standIn = (name: string) => path.join(root, 'src/sandbox/stand-in', name);

/** The files of the fake app, as mail.missiveapp.com. */
const files: Readonly<Record<string, string>> = {
    '/app.js': here('app.js'),
    '/fixtures.js': here('fixtures.js'),
    '/host.js': standIn('host.js'),
};

const frame = `<!doctype html><meta charset="utf-8"><title>Missive</title>
<style>body { margin: 0 } iframe { width: 340px; height: 860px; border: 0 }</style>
<iframe title="sidebar"></iframe><script type="module" src="/app.js"></script>`;

type Answers = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * One https server that answers for Missive's app, for the address of its script, and for the sidebar's own host:
 * so the shipped page runs unchanged in a frame that is really cross-site. Start the browser with `browserArgs`.
 */
export class MissiveApp {
    /** What is answered as `https://nodered.test`: a function, or the port of a Node-RED on this machine. */
    sidebar: Answers | number = (_, response) => response.writeHead(404).end();
    /** Without it Missive's script is not to be had. */
    script = true;
    #server: Server;

    private constructor() {
        this.#server = createServer(certificate, (request, response) => this.#answer(request, response));
    }

    static async start(): Promise<MissiveApp> {
        const app = new MissiveApp();
        app.#server.listen(0, '127.0.0.1');
        await once(app.#server, 'listening');
        return app;
    }

    get browserArgs(): string[] {
        const at = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
        const names = ['mail.missiveapp.com', 'integrations.missiveapp.com', 'nodered.test'];
        return [
            '--ignore-certificate-errors',
            `--host-resolver-rules=${names.map((name) => `MAP ${name}:443 ${at}`).join(', ')}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
        ];
    }

    async stop(): Promise<void> {
        this.#server.closeAllConnections();
        this.#server.close();
        await once(this.#server, 'close');
    }

    #answer(request: IncomingMessage, response: ServerResponse): void {
        const { pathname } = new URL(request.url ?? '/', 'https://missive.test');
        const host = request.headers.host ?? '';
        if (host === 'integrations.missiveapp.com') {
            if (pathname === '/missive.js' && this.script) send(response, 'text/javascript', standIn('missive.js'));
            else response.writeHead(404).end();
        } else if (host === 'mail.missiveapp.com') {
            const file = files[pathname];
            if (file) send(response, 'text/javascript', file);
            else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(frame);
        } else if (typeof this.sidebar === 'number') forward(request, response, this.sidebar);
        else this.sidebar(request, response);
    }
}

function send(response: ServerResponse, type: string, file: string): void {
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(readFileSync(file));
}

/** As a proxy with TLS in front of Node-RED does it. */
function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
    const { method, url, headers } = request;
    const asked = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
    });
    asked.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => asked.destroy());
    request.pipe(asked);
}
