import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { Sandbox } from '../../sandbox/sandbox';
import { languageOf } from '../language/answers';
import { answering, bodyOf, failureOf } from './json-body';
import { nodesIn } from './sandbox-nodes';

/** The page lies beside the compiled sandbox, as it does in the sources. */
const folder = path.join(__dirname, '../../sandbox/page');
const assets = /^\/missive\/sandbox\/([a-z]+\.(?:css|js))$/;
/** The far end of the sidebars that stand on the page. */
const host = '/missive/sandbox/stand-in/host.js';

/** How long a question for news waits; shorter than the patience of any proxy. */
const patience = 25_000;

const headers = {
    'Cache-Control': 'no-cache',
    'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        // The sidebars of the flows, which HTTP nodes serve.
        "frame-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
};

const mounted = new WeakSet<object>();

/** Sends a file of the page. With a root, as Express refuses whole paths that lead through `~/.node-red`. */
function send(file: string, response: Response, root = folder): void {
    response.sendFile(file, { root, headers }, (error) => {
        if (error && !response.headersSent) response.status(404).end();
    });
}

/** The sandbox's own refusals carry a status, too. */
const refused: typeof failureOf = (error, say) => ({
    ...failureOf(error, say),
    ...(error instanceof Error && 'status' in error && { status: Number(error.status) }),
});

/**
 * Mounts the practice inbox on Node-RED's admin side, once per app. Page and assets hold no data and need no permission,
 * as a plain link cannot carry Node-RED's token; whatever reads or changes the practice Missive needs it. That one is
 * asked for when somebody looks.
 */
export function serveSandbox(RED: NodeAPI, practice: () => Sandbox): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    const reads = RED.auth.needsPermission('missive-config.read');
    const writes = RED.auth.needsPermission('missive-config.write');

    app.get('/missive/sandbox', (request: Request, response: Response) => {
        // Relative addresses on the page count from the folder above.
        if (request.path.endsWith('/')) response.redirect('../sandbox');
        else send('index.html', response);
    });
    app.get(assets, (request: Request, response: Response) => send(request.params[0] ?? '', response));
    app.get(host, (_: Request, response: Response) => send('host.js', response, path.join(folder, '../stand-in')));

    const state = async (request: Request) => {
        const sandbox = practice();
        await sandbox.address();
        const since = Number(request.query.since);
        // A proxy on the way may be less patient.
        const wait = Number(request.query.wait) > 0 ? Number(request.query.wait) * 1000 : patience;
        if (Number.isInteger(since) && since > 0) await sandbox.changed(since, Math.min(wait, patience));
        const snapshot = await sandbox.shown();
        return { ...snapshot, nodes: nodesIn(RED, snapshot, languageOf(request)) };
    };
    app.get('/missive/sandbox/state', reads, answering(state, refused));

    const acts: Readonly<Record<string, (given: never) => Promise<unknown>>> = {
        write: (given) => practice().customerWrites(given),
        comment: (given) => practice().colleagueComments(given),
        label: (given) => practice().changeLabels(given),
        agent: async (given) => practice().agentActs(given),
        change: (given) => practice().colleagueChanges(given),
        send: (given) => practice().colleagueSends(given),
        mute: async (given) => practice().mute(given),
        reset: async () => practice().reset(),
    };
    for (const [name, act] of Object.entries(acts)) {
        const acting = async (request: Request) => {
            // The sandbox checks every field itself. A slow flow must not hold the page up: the news tell the rest.
            const given = (await bodyOf(request)) as never;
            return (await Promise.race([act(given), pause(400, undefined, { ref: false })])) ?? {};
        };
        app.post(`/missive/sandbox/${name}`, writes, answering(acting, refused));
    }
}
