import type { Request, Response } from 'express';
import { listen } from './listening';
import { type Asked, askedIn, type EventKind } from './page/asked';
import { safety } from './page/page-html';
import { pageOf } from './page/page-token';
import { readBody } from './page/read-body';
import { languageOf, say } from './page/words';
import type { Sidebar, Sidebars } from './sidebars';

/** What a request is answered with. */
interface Reply {
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
}

const refusal = (status: number, message: string, headers: Reply['headers'] = {}): Reply => ({
    status,
    headers,
    body: { error: { message } },
});

/** Answers one request of a page: first whether it may ask, then what it says, then what the flow makes of it. */
export async function answerPage(
    sidebars: Sidebars,
    sidebar: Sidebar,
    request: Request,
    response: Response,
): Promise<void> {
    const reply = await replyOf(sidebars, sidebar, request, response);
    if (!reply || response.headersSent || response.destroyed) return;
    // The rest of a body that nobody waits for must not keep the connection.
    if (!request.complete) response.set('Connection', 'close');
    response
        .status(reply.status)
        .set({ ...safety, 'Cache-Control': 'no-store', ...reply.headers })
        .json(reply.body);
}

async function replyOf(
    sidebars: Sidebars,
    sidebar: Sidebar,
    request: Request,
    response: Response,
): Promise<Reply | undefined> {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return refusal(403, 'Only the page itself may ask.');
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const page = pageOf(token, sidebar.key, sidebar.node);
    if (page === undefined) return refusal(401, 'The page is too old. Load it anew.', { 'WWW-Authenticate': 'Bearer' });
    const body = await readBody(request);
    if ('status' in body) return refusal(body.status, body.error);
    const asked = askedIn(body.value);
    if (typeof asked === 'string') return refusal(400, `The request has no usable ${asked}.`);
    if (asked.do === 'listen') {
        sidebars.pages.seen(page, sidebar.node, asked.conversations);
        listen(sidebars, sidebar, page, request, response);
        return undefined;
    }
    return eventReply(sidebars, sidebar, { page, asked: { ...asked, do: asked.do }, response, request });
}

interface Event {
    readonly page: string;
    readonly asked: Asked & { readonly do: EventKind };
    readonly request: Request;
    readonly response: Response;
}

async function eventReply(sidebars: Sidebars, sidebar: Sidebar, event: Event): Promise<Reply | undefined> {
    const { page, asked, request, response } = event;
    const { pages, requests } = sidebars;
    pages.seen(page, sidebar.node, asked.conversations);
    if (!sidebar.wants(asked.do)) return { status: 200, body: { none: true } };
    if (!requests.room(page))
        return refusal(429, 'Too many requests are waiting for their card.', { 'Retry-After': '2' });

    const language = languageOf(request.headers['accept-language']);
    const [conversation] = asked.conversations;
    const opened = { node: sidebar.node, page, seq: asked.seq, conversation };
    const { name, outcome } = requests.open(opened);
    const timer = setTimeout(() => requests.close(name, 'late'), sidebar.wait * 1000);
    const left = () => requests.close(name, 'left');
    response.once('close', left);
    try {
        const sentence = await sidebar.emit(asked, name);
        if (sentence) {
            requests.close(name, 'left');
            return { status: 200, body: { late: say(language, sentence) } };
        }
        const result = await outcome;
        if ('reason' in result)
            return result.reason === 'left' ? undefined : { status: 200, body: { late: say(language, result.reason) } };
        pages.shows(page, name);
        return { status: 200, body: { card: result.card, request: name, n: 1 } };
    } finally {
        clearTimeout(timer);
        response.off('close', left);
    }
}
