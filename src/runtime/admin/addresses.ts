import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { adminRootOf, baseIn } from '../address';

const mounted = new WeakSet<object>();

/** `GET missive/activity/address`: what the editor has to know to say where Missive reaches this Node-RED. */
export function serveAddresses(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    app.get(
        '/missive/activity/address',
        RED.auth.needsPermission('missive-config.read'),
        (_: Request, response: Response) => {
            const base = baseIn(process.env.MISSIVE_WEBHOOK_BASE_URL);
            response.set('Cache-Control', 'no-store').json({ base, adminRoot: adminRootOf(RED) });
        },
    );
}
