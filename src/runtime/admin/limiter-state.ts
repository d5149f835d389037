import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import type { Account } from '../account';

const mounted = new WeakSet<object>();

/**
 * `GET missive/limiter/<id of an account>` on Node-RED's admin side: what the account's limiter has spent, holds and
 * keeps waiting. 204 where no such account runs, or where it cannot send: the dialog of a new one asks too, and a 404 would
 * stand in the browser's console. Mounted once per app.
 */
export function serveLimiterState(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    app.get(
        '/missive/limiter/:id',
        RED.auth.needsPermission('missive-config.read'),
        (request: Request, response: Response) => {
            response.set('Cache-Control', 'no-store');
            const state = stateOf(RED, String(request.params.id));
            if (state) response.json(state);
            else response.status(204).end();
        },
    );
}

function stateOf(RED: NodeAPI, id: string) {
    const account = RED.nodes.getNode(id) as Account | null;
    if (account?.type !== 'missive-config') return undefined;
    try {
        return account.client().limiter.state();
    } catch {
        // An account without a token has no limiter.
        return undefined;
    }
}
