import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const place = { z: 'f', x: 200, wires: [] };
const flows = [
    { id: 'f', type: 'tab', label: 'x' },
    { id: 'acc', type: 'missive-config', name: 'a', url: 'http://127.0.0.1:1' },
    { id: 'sandbox', type: 'missive-config', name: 'practice', connection: 'sandbox' },
    { ...place, id: 'in', type: 'missive-webhook-in', account: 'acc', path: 'a', y: 100 },
    { ...place, id: 'side', type: 'missive-sidebar-in', account: 'acc', path: 'crm', y: 200 },
];

/** A proxy that serves a Node-RED below a path, and gives up after so many milliseconds. */
async function proxyBefore(red: NodeRed, prefix: string, patience: number): Promise<{ server: Server; url: string }> {
    const server = createServer((req, res) => {
        const { method, headers, url = '' } = req;
        const to = { host: '127.0.0.1', port: red.port, path: url.replace(prefix, ''), method, headers };
        const passed = request(to, (answer) => {
            res.writeHead(answer.statusCode ?? 0, answer.headers);
            answer.pipe(res);
        });
        passed.on('error', () => res.destroy());
        req.pipe(passed);
        const timer = setTimeout(() => {
            if (!res.headersSent) res.writeHead(504).end();
            passed.destroy();
        }, patience);
        res.on('close', () => clearTimeout(timer));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('the addresses that a dialog shows', function () {
    this.timeout(120_000);
    let browser: Browser;
    let red: NodeRed | undefined;
    let server: Server | undefined;

    before(async function () {
        browser = await browserOrSkip.call(this);
    });
    afterEach(async () => {
        server?.closeAllConnections();
        server?.close();
        await red?.stop();
    });
    after(() => browser?.close());

    const shown = async (editor: Editor, id: string, box: string, start: string) => {
        await editor.edit(id);
        await editor.page.waitForFunction(
            `document.querySelector(${JSON.stringify(box)})?.value.startsWith(${JSON.stringify(start)})`,
        );
        await editor.done();
    };

    it('behind a proxy have its path, and a proxy that waits for less long is no dead Node-RED', async () => {
        red = await startNodeRed({ flows, settings: { httpAdminRoot: '/admin', httpNodeRoot: '/api' } });
        const proxy = await proxyBefore(red, '/flows', 3500);
        server = proxy.server;
        const editor = await Editor.open(browser, `${proxy.url}/flows/admin/`);
        await shown(editor, 'in', '#missive-webhook-in-address', `${proxy.url}/flows/api/a`);
        await shown(editor, 'side', '#missive-sidebar-in-address', `${proxy.url}/flows/api/crm?key=`);
        const { page } = editor;
        let cut = 0;
        page.on('response', (answer) => {
            if (answer.status() === 504) cut += 1;
        });
        await page.goto(`${proxy.url}/flows/admin/missive/sandbox`);
        const answered = () =>
            page.waitForResponse((answer) => answer.url().includes('/state?') && answer.status() === 200);
        await answered();
        // Cut short by the proxy, then asked for with less patience: an answer without news.
        while (!/since=[1-9]/.test((await answered()).url()));
        should(cut).equal(1);
        should(await page.locator('.trouble').count()).equal(0);
        await editor.close();
    });

    it('are those below MISSIVE_WEBHOOK_BASE_URL where that is set', async () => {
        const env = { MISSIVE_WEBHOOK_BASE_URL: 'https://public.example/base/' };
        red = await startNodeRed({ flows, env });
        const editor = await Editor.open(browser, red.adminUrl);
        await shown(editor, 'in', '#missive-webhook-in-address', 'https://public.example/base/a');
        await shown(editor, 'side', '#missive-sidebar-in-address', 'https://public.example/base/crm?key=');
        await editor.edit('in');
        should(await editor.page.locator('#missive-webhook-in-local').isVisible()).be.false();
        await editor.close();
    });
});
