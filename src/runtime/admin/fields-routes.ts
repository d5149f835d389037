import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { object } from '../../missive/events/event-filter';
import { sayTo } from '../language/answers';
import { declared } from '../operations/declared';
import { type Draft, withDraft } from './draft-account';
import { answering, bodyOf } from './json-body';

const mounted = new WeakSet<object>();

/** The editor's script for it, which is loaded when a form is first opened; built beside the compiled runtime. */
const folder = path.join(__dirname, '../../picking');
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

/**
 * What a form asks while its node is edited, deployed or not: the messages that its rows can be picked from (examples
 * with `missive-config.read`, real ones with `missive-config.write`), and what its node would send.
 */
export function serveFields(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    const reads = RED.auth.needsPermission('missive-config.read');
    const writes = RED.auth.needsPermission('missive-config.write');
    const samples = (whole: boolean) =>
        answering(async (request) => {
            // Loaded when somebody asks.
            const { samplesFor } = require('./samples') as typeof import('./samples');
            return { samples: samplesFor(RED, await bodyOf(request), whole) };
        });
    app.post('/missive/fields', reads, samples(false));
    app.post('/missive/fields/whole', writes, samples(true));
    app.post(
        '/missive/preview',
        writes,
        answering((request) => preview(RED, request)),
    );
    // Scripts are loaded without Node-RED's token, and these hold no data.
    app.get(/^\/missive\/fields\/(picking\.(js|css))$/, (request: Request, response: Response) => {
        try {
            const content = readFileSync(path.join(folder, String(request.params[0])));
            const type = `${types[String(request.params[1])]}; charset=utf-8`;
            response.set({ 'Content-Type': type, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
            response.send(content);
        } catch {
            response.status(404).end();
        }
    });
}

/** Its refusal is in the language of who asks, with the fields as their form calls them. */
async function preview(RED: NodeAPI, request: Request): Promise<unknown> {
    const given = await bodyOf(request);
    // Loaded when somebody asks.
    const { previewOf, withoutAccount } = require('../preview/preview') as typeof import('../preview/preview');
    const account = object(given.account);
    const asked = withDraft(RED, account as Draft, (client) => previewOf(RED, given, { ...account, client }));
    const { error, ...found } = await asked.catch(withoutAccount);
    const say = sayTo(request, () => formLabels(String(given.type)));
    return { ...found, ...(error && { error: { ...error, message: say(error.message) } }) };
}

function formLabels(type: string): ReturnType<typeof import('../language/labels').frenchLabels> {
    const { frenchLabels } = require('../language/labels') as typeof import('../language/labels');
    const declaration = declared(type);
    return declaration ? frenchLabels(type, declaration) : new Map();
}
