import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { parseBody } from '../../missive/events/event';
import { activityOf } from '../activity/activity';
import { followFailures } from '../activity/failures';
import { fullPath, pathOf } from '../address';
import { flowsOf } from '../flows';
import { guardMessages } from '../passage';
import type { Registrar } from '../rules/registrar';
import { deleteStray, straySide } from '../rules/strays';
import type { Reply } from './delivery';
import { type Hook, Webhooks } from './hooks';
import { arrival, arrivalSteady, copyBody, type RawBody, rawBody } from './raw-body';
import { deploying } from './steps/ready';

const ofApp = new WeakMap<object, Webhooks>();
const ofServer = new WeakMap<object, { RED: NodeAPI; hooks: Webhooks }>();

/** The hooks of this Node-RED; `undefined` where it serves no HTTP nodes (`httpNodeRoot: false`). */
export function webhooks(RED: NodeAPI): Webhooks | undefined {
    if (!RED.httpNode || RED.settings.httpNodeRoot === false) return undefined;
    const known = ofApp.get(RED.httpNode);
    if (known) return known;
    const hooks = new Webhooks(flowsOf(RED));
    const activity = activityOf(RED);
    hooks.told = (delivery, outcome, why) => activity.settled(delivery, outcome, why);
    followFailures(RED, activity);
    ofApp.set(RED.httpNode, hooks);
    guardMessages(RED);
    mount(RED, hooks);
    listen(RED, hooks);
    return hooks;
}

/**
 * One route for good; nodes come and go in the table. A route per node would have to be cut out of Express's private
 * list, and `http in` nodes cut there too. They compare paths as text, so they never take out this regular expression.
 */
function mount(RED: NodeAPI, hooks: Webhooks): void {
    const gate: RequestHandler = (req, _res, next) => (hooks.has(pathOf(req.path)) ? next() : next('route'));
    const middleware: unknown[] = [RED.settings.httpNodeMiddleware].flat();
    const own = middleware.filter((each): each is RequestHandler => typeof each === 'function');
    RED.httpNode.post(/.*/, gate, ...own, (req, res, next) => {
        deliver(hooks, req, res, next).catch(next);
    });
    // Missive calls where a node was, by a rule that could not be deleted yet.
    RED.httpNode.post(/.*/, (req, res, next) => {
        const key = keyIn(req.originalUrl);
        const side = hooks.has(pathOf(req.path)) ? undefined : straySide(RED, key);
        if (!side || key === undefined) next();
        else stray(RED, hooks, { side, key }, req, res).catch(next);
    });
}

/**
 * In a stock Node-RED the editor's JSON parser runs before every HTTP node: it would consume the bytes that the
 * signature covers, and refuse an empty body in its own words. So they are copied before Express sees the request.
 */
function listen(RED: NodeAPI, hooks: Webhooks): void {
    const server = RED.server;
    if (typeof server?.prependListener !== 'function') return;
    const listening = ofServer.has(server);
    ofServer.set(server, { RED, hooks });
    if (!listening)
        server.prependListener('request', (req: IncomingMessage, res: ServerResponse) =>
            copyForHooks(server, req, res),
        );
}

function copyForHooks(server: object, req: IncomingMessage & { _body?: boolean }, res: ServerResponse): void {
    const served = ofServer.get(server);
    if (req.method !== 'POST' || !served) return;
    const path = pathOf(req.url ?? '');
    // A host may serve HTTP nodes below a prefix of its own, which nobody tells us: any path with this end will do.
    const { hooks } = served;
    // Mostly the path is a node's as it stands.
    const wanted = hooks.has(path) ? [path] : hooks.paths().filter((each) => path.endsWith(each));
    if (wanted.length === 0) return;
    copyBody(req, res);
    // Body parsers pass on what is marked as parsed. Only where the request is ours for certain, and not a call of the
    // editor's to another node's endpoint that happens to have this path.
    const fromEditor = 'x-requested-with' in req.headers || 'node-red-api-version' in req.headers;
    if (!fromEditor && wanted.some((each) => path === fullPath(served.RED, each))) req._body = true;
}

async function deliver(hooks: Webhooks, req: Request, res: Response, next: NextFunction): Promise<void> {
    const [began, since] = [arrival(req), arrivalSteady(req)];
    const body = await rawBody(req);
    const running = !hooks.flows.stopped || (await hooks.flows.running(patience));
    const hook = hooks.at(pathOf(req.path)); // not the one from before the wait: it may have been deployed anew
    if (!running) send(res, deploying);
    else if (!hook) next();
    else if (body === 'cut off' || res.headersSent) return;
    else if (typeof body === 'string') answer(res, hook, unreadable[body]);
    else if (isCompressed(req.headers['content-encoding'])) answer(res, hook, compressed);
    else {
        const reply = hook.receive({ body, headers: req.headers, key: keyIn(req.originalUrl), began, since });
        answer(res, hook, reply instanceof Promise ? await reply : reply);
    }
}

/** A node that has another path by now gets the event all the same; where it is gone the rule is deleted. */
async function stray(
    RED: NodeAPI,
    hooks: Webhooks,
    { side, key }: { readonly side: Registrar; readonly key: string },
    req: Request,
    res: Response,
): Promise<void> {
    const [began, since] = [arrival(req), arrivalSteady(req)];
    const raw = await rawBody(req);
    // It has a key and no signature: its bytes may have been read by others.
    const body = Buffer.isBuffer(raw) ? raw : Buffer.from(JSON.stringify(req.body ?? {}));
    await hooks.flows.running(patience);
    const hook = hooks.of(side.former(key)?.node ?? '');
    if (hook) return answer(res, hook, await hook.receive({ body, headers: req.headers, key, began, since }));
    deleteStray(RED, side, key, parseBody(body));
    send(res, nodeGone);
}

const nodeGone: Reply = { status: 404, error: 'The node of this rule is gone, and the rule is deleted.' };

const isCompressed = (encoding: string | undefined): boolean =>
    encoding !== undefined && /\S/.test(encoding.replace(/identity/i, ''));

/** So long a request waits for the flows of a deploy, in milliseconds. */
const patience = 5_000;

const unreadable: Record<Exclude<RawBody, Buffer | 'cut off'>, Reply> = {
    'too large': { status: 413, error: 'The body is larger than 5 MB.' },
    'too slow': { status: 408, error: 'The body did not come to its end.' },
    'too many': { status: 503, error: 'Too many webhooks are being dealt with.' },
    gone: {
        status: 500,
        error: 'The signature cannot be checked: another part of this server has read the body before. Let Node-RED see the request first.',
    },
};
const compressed: Reply = { status: 400, error: 'The body is compressed. Send it as it is, without Content-Encoding.' };

const keyIn = (address: string): string | undefined =>
    address.includes('?') ? (new URLSearchParams(address.split('?')[1] ?? '').get('key') ?? undefined) : undefined;

function answer(res: Response, hook: Hook, reply: Reply): void {
    onceClosed(res, (lost) => {
        reply.settled?.(!lost);
        hook.answered(reply, !lost);
    });
    send(res, reply);
}

/** Calls a function once the response has left, or its connection is gone. */
function onceClosed(res: Response, then: (lost: boolean) => void): void {
    if (res.closed || res.destroyed) setImmediate(() => then(!res.writableFinished));
    else res.once('close', () => then(!res.writableFinished));
}

const json = { 'Content-Type': 'application/json; charset=utf-8' };
const ok = '{"ok":true}';
const okHead = { ...json, 'Content-Length': ok.length };

/**
 * Written by hand: what Express adds to a JSON answer takes longer than all the rest. As a text, which goes out in one
 * piece with the head.
 */
function send(res: Response, { status, error }: Reply): void {
    if (res.headersSent || res.destroyed) return;
    if (status === 200 && error === undefined && res.req.complete) {
        res.writeHead(200, okHead).end(ok);
        return;
    }
    const body = error === undefined ? ok : JSON.stringify({ error: { message: error } });
    // The rest of a body that nobody waits for must not keep the connection.
    const more = res.req.complete ? json : { ...json, Connection: 'close' };
    res.writeHead(status, { ...more, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
