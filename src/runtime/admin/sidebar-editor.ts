import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import { fullPath } from '../address';
import { sayTo } from '../language/answers';
import { pageFiles } from '../sidebar/page/page-files';
import { safety } from '../sidebar/page/page-html';
import { sidebarsOf } from '../sidebar/sidebars';
import { answering, bodyOf } from './json-body';

const mounted = new WeakSet<object>();

/** What the dialogs of the sidebar nodes and the practice inbox ask: the preview of a card, the page's files, the sidebars that run. */
export function serveSidebarEditor(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    const reads = RED.auth.needsPermission('missive-config.read');
    const writes = RED.auth.needsPermission('missive-config.write');

    app.post('/missive/sidebar/preview', reads, answering(preview));
    // With their keys: whoever may change flows may see them.
    app.get('/missive/sidebars', writes, (_request: Request, response: Response) => {
        const sidebars = sidebarsOf(RED)
            .paths.holders()
            .filter(({ key }) => key !== '')
            .map(({ node, key, about: { name, path, account } }) => ({
                ...{ id: node, name, account },
                address: `${encodeURI(fullPath(RED, path))}?key=${encodeURIComponent(key)}&practice=1`,
            }));
        response.set('Cache-Control', 'no-store').json({ sidebars });
    });
    // Scripts are loaded without Node-RED's token, and these hold no data.
    app.get(/^\/missive\/sidebar\/page\/([a-z-]+\.(?:js|css))$/, (request: Request, response: Response) => {
        const file = pageFiles().files.get(request.params[0] ?? '');
        if (file)
            response.set({ ...safety, 'Content-Type': file.type, 'Cache-Control': 'no-cache' }).send(file.content);
        else response.status(404).end();
    });
}

async function preview(request: Request): Promise<unknown> {
    const say = sayTo(request);
    const { card, may_send } = await bodyOf(request);
    // Loaded when somebody asks.
    const { readCard } = require('../../missive/cards/read-card') as typeof import('../../missive/cards/read-card');
    try {
        return { card: await readCard(card, { maySend: may_send === true }) };
    } catch (error) {
        if (!(error instanceof MissiveError)) throw error;
        return { error: { message: say(error.message), path: /^\S+/.exec(error.message)?.[0] ?? 'card' } };
    }
}
