import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { NodeAPI } from 'node-red';
import should from 'should';
import { serveSandbox } from '../../src/runtime/admin/sandbox-page';
import { sandbox as shared } from '../../src/sandbox/shared';
import { closeAll, type Json, practice, receiver, seeded } from './asking';

const servers: ReturnType<typeof createServer>[] = [];
const json = { 'content-type': 'application/json' };

/** The admin side of a Node-RED at `root`; `parsed` as in a stock one, where JSON is parsed before our routes. */
async function admin({ root = '', parsed = false, asked = [] as string[] } = {}) {
    const { sandbox } = await practice();
    const app = express();
    if (parsed) app.use(express.json());
    const needsPermission = (permission: string) => (_: unknown, __: unknown, next: () => void) => {
        asked.push(permission);
        next();
    };
    const RED = { httpAdmin: app, auth: { needsPermission } } as unknown as NodeAPI;
    serveSandbox(RED, () => sandbox);
    serveSandbox(RED, () => sandbox);
    const site = express();
    site.use(root || '/', app);
    const server = createServer(site).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}${root}/missive/sandbox`;
    const post = async (name: string, body: unknown, headers: Record<string, string> = json) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        const answer = await fetch(`${base}/${name}`, { method: 'POST', headers, body: text });
        return { status: answer.status, json: (await answer.json()) as Json };
    };
    return { base, sandbox, post };
}

describe('sandbox: the practice inbox page', () => {
    afterEach(async () => {
        await closeAll();
        for (const server of servers.splice(0)) {
            server.closeAllConnections();
            server.close();
        }
    });

    it('serves the page and its files, whatever the root, and nothing else', async () => {
        const { base } = await admin({ root: '/admin' });
        const page = await fetch(base);
        should(page.headers.get('content-security-policy')).containEql("default-src 'none'");
        const files = [...(await page.text()).matchAll(/(?:href|src)="(sandbox\/[^"]+)"/g)].map((found) =>
            String(found[1]),
        );
        should(files).eql(['sandbox/sandbox.css', 'sandbox/sandbox.js']);
        for (const file of files) should((await fetch(new URL(file, base))).status).equal(200);
        should((await fetch(`${base}/nothing.js`)).status).equal(404);
        should((await fetch(`${base}/..%2fsandbox.js`)).status).equal(404);
        should((await fetch(`${base}/`)).url).equal(base);
    });

    it('asks Node-RED for permission before it reads or changes anything, not for the page itself', async () => {
        const asked: string[] = [];
        const { base, post } = await admin({ asked });
        await (await fetch(base)).text();
        should(asked).be.empty();
        await (await fetch(`${base}/state`)).json();
        await post('reset', {});
        should(asked).eql(['missive-config.read', 'missive-config.write']);
    });

    it('lets a question for news wait until something happens', async () => {
        const { base, sandbox } = await admin();
        const state = (await (await fetch(`${base}/state?since=0`)).json()) as Json;
        const news = fetch(`${base}/state?since=${state.revision}`).then((answer) => answer.json() as Promise<Json>);
        await sandbox.customerWrites({ address: 'new@x.example', subject: 'News', body: 'Hello' });
        const { revision, conversations } = await news;
        should(revision).be.above(state.revision);
        should(conversations[0].latest_message_subject).equal('News');
    });

    for (const parsed of [false, true]) {
        it(`lets people act (JSON ${parsed ? 'parsed' : 'not parsed'} before)`, async () => {
            const { sandbox, post } = await admin({ parsed });
            const { received, url } = await receiver(200);
            sandbox.watch({ id: 'n', description: 'flow', types: [], url: () => url, secret: sandbox.secret });
            const written = await post('write', { address: 'a@x.example', subject: 'S', body: '<b>Hi</b>' });
            const { conversation } = written.json;
            should(written.status).equal(200);
            await post('comment', { conversation, body: 'A word' });
            await post('label', { conversation, add: [seeded.parts] });
            await sandbox.settled();
            should(received.map((one) => one.json.rule.type)).eql(['incoming_email', 'new_comment', 'label_change']);
            const entries: Json[] = sandbox.snapshot().conversations[0]?.entries ?? [];
            should(entries[0].body).equal('<div>&lt;b&gt;Hi&lt;/b&gt;</div>');
            should((await post('reset', {})).status).equal(200);
            should(sandbox.snapshot().conversations.some(({ id }) => id === conversation)).be.false();
            should(sandbox.snapshot().rules).have.length(1);
        });
    }

    it('answers what it cannot use with a sentence', async () => {
        const { post } = await admin();
        const bad = await post('write', '{"address":');
        should([bad.status, bad.json.error.message]).eql([400, 'The body is not valid JSON.']);
        should((await post('write', '[]')).status).equal(400);
        const lacking = await post('write', { address: 'a@x.example' });
        should([lacking.status, lacking.json.error.message]).eql([400, "Validation failed: 'body' is required"]);
        should((await post('comment', { conversation: seeded.book, body: 'x' })).status).equal(404);
    });

    it('takes nothing that another site could send', async () => {
        const { post } = await admin();
        for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
            should((await post('reset', '{}', { 'content-type': type })).status).equal(415);
        }
    });

    it('says the same in every language', async () => {
        const file = '../../src/sandbox/page/words.js';
        const { words } = (await import(file)) as { words: Record<string, Record<string, string>> };
        const blanks = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
        const { en = {}, fr = {} } = words;
        should(Object.keys(fr)).eql(Object.keys(en));
        for (const key of Object.keys(en)) should(blanks(fr[key])).eql(blanks(en[key]), key);
    });

    it('is one per process', () => {
        should(shared()).equal(shared());
    });
});
