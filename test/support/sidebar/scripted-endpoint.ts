import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const pages = path.resolve(__dirname, '../../../dist/src/sidebar');
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A request of the page, as it came. */
export interface Event {
    readonly do: string;
    readonly seq: number;
    readonly conversations: readonly string[];
    readonly [name: string]: unknown;
}

/** What the endpoint answers: JSON with 200, or a status of its own; nothing for ever with `hang`. */
export type Answer =
    | { readonly [name: string]: unknown }
    | { readonly status: number; readonly after?: number }
    | 'hang';

const policy =
    "default-src 'none'; script-src 'self' https://integrations.missiveapp.com; " +
    "style-src 'self' 'unsafe-inline' https://integrations.missiveapp.com; " +
    "font-src 'self' https://integrations.missiveapp.com; img-src https: data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'";

/** The endpoint of a sidebar without a Node-RED: serves the built page, answers as the test says. */
export class ScriptedEndpoint {
    readonly address = 'https://nodered.test/crm?key=k';
    readonly events: Event[] = [];
    settings: Record<string, unknown> = {};
    loads = 0;
    /** How each event is answered. */
    answer: (event: Event) => Answer | Promise<Answer> = ({ conversations }) => ({
        card: { title: `Card of ${conversations.join('+')}` },
    });
    readonly #streams = new Set<ServerResponse>();

    /** All events of a kind. */
    of(kind: string): Event[] {
        return this.events.filter((event) => event.do === kind);
    }

    /** Sends a line to every page that listens. */
    push(line: object): void {
        for (const stream of this.#streams) stream.write(`${JSON.stringify(line)}\n`);
    }

    /** Ends every stream; `destroy`: as a broken connection does. */
    cut(destroy = false): void {
        for (const stream of this.#streams) destroy ? stream.destroy() : stream.end();
    }

    get listening(): number {
        return this.#streams.size;
    }

    readonly serve = (request: IncomingMessage, response: ServerResponse): void => {
        const { pathname, searchParams } = new URL(request.url ?? '/', this.address);
        const file = /^\/crm\/page\/h\/([a-z-]+\.(?:js|css))$/.exec(pathname)?.[1];
        if (pathname === '/crm/event') void this.#event(request, response);
        else if (file) {
            const type = types[path.extname(file)] ?? 'text/plain';
            response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' });
            response.end(readFileSync(path.join(pages, file)));
        } else if (pathname === '/crm' && searchParams.get('key') === 'k') {
            this.loads += 1;
            response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
            response.end(this.#html());
        } else response.writeHead(404).end();
    };

    #html(): string {
        const settings = {
            ...{ v: 1, token: `t${this.loads}`, event: 'crm/event', domains: ['harborbikes.example'], events: [] },
            ...{ detail: 'summary', several: 'hint', actions: [], wait: 20, name: 'crm', lang: 'en', practice: false },
            ...this.settings,
        };
        const content = JSON.stringify(settings).replace(/[&"<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
        return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Missive</title>
<meta name="viewport" content="width=device-width"><meta name="missive-sidebar" content="${content}">
<link rel="stylesheet" href="crm/page/h/card.css"><link rel="stylesheet" href="crm/page/h/page.css">
<script src="https://integrations.missiveapp.com/missive.js"></script>
<script type="module" src="crm/page/h/page.js"></script></head>
<body><main id="sidebar" class="sidebar"></main></body></html>`;
    }

    async #event(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const token = request.headers.authorization;
        const event = { ...(JSON.parse(await text(request)) as Event), token };
        this.events.push(event);
        if (event.do === 'listen') {
            response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write('{"ping":1}\n');
            this.#streams.add(response);
            response.on('close', () => this.#streams.delete(response));
            return;
        }
        const answer = await this.answer(event);
        if (answer === 'hang' || response.destroyed) return;
        const { status, after, ...body } = answer as { status?: number; after?: number };
        response.writeHead(status ?? 200, {
            'content-type': 'application/json',
            ...(after !== undefined && { 'retry-after': String(after) }),
        });
        response.end(JSON.stringify(status ? { error: { message: `Status ${status}` } } : body));
    }
}
