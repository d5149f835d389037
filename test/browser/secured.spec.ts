import type { Browser, BrowserContext } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';

/** Made with bcrypt of the passwords beside them. */
const users = {
    ines: {
        password: 'all the rights',
        hash: '$2b$08$yF.wsBDBKw/X7DjbLgs3TuochLIr..HJJU8vPJSASLjEkwfRQ4M6.',
        permissions: '*',
    },
    tom: {
        password: 'only looking',
        hash: '$2b$08$XN0LF2IyfeewRL1jcf9C5.p23UQ3qZIxnUc6DX6RZ8RR7HUTuJRRW',
        permissions: 'read',
    },
};
const mail = { name: 'Ann', address: 'ann@mail.example', subject: 'Hello', body: 'Hello' };

describe('the practice inbox of a Node-RED with passwords', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let context: BrowserContext;

    const log = async (user: keyof typeof users): Promise<string> => {
        const form = { client_id: 'node-red-editor', grant_type: 'password', scope: users[user].permissions };
        const answer = await fetch(`${nodeRed.adminUrl}/auth/token`, {
            method: 'POST',
            body: new URLSearchParams({ ...form, username: user, password: users[user].password }),
        });
        return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
    };
    const ask = async (path: string, authorization?: string, body?: unknown) => {
        const answer = await fetch(`${nodeRed.adminUrl}/missive/sandbox/${path}`, {
            headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
            ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        });
        return { status: answer.status, text: await answer.text() };
    };

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({
            flows: [
                { id: 'tab', type: 'tab', label: 'Flow' },
                { id: 'acc', type: 'missive-config', name: '', connection: 'sandbox', version: 1 },
            ],
            settings: {
                adminAuth: {
                    type: 'credentials',
                    users: Object.entries(users).map(([username, { hash, permissions }]) => ({
                        ...{ username, permissions, password: hash },
                    })),
                },
            },
        });
        context = await browser.newContext({ locale: 'en-US' });
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });

    it('gives nobody data, and does nothing, without a login', async () => {
        for (const token of [undefined, 'Bearer made-up']) {
            const { status, text } = await ask('state', token);
            should(status).equal(401);
            should(text).not.containEql('conversations');
            for (const act of ['write', 'comment', 'label', 'reset'])
                should((await ask(act, token, mail)).status).equal(401);
        }
    });

    it('says on its page to log in first, with a way there, and shows nothing', async () => {
        const inbox = await PracticePage.open(context, nodeRed.adminUrl);
        const notice = inbox.page.locator('.notices .trouble');
        await notice.waitFor();
        should(await notice.innerText()).containEql('Log in to Node-RED first');
        should(await inbox.page.locator('.rows .row, .card, .entry').count()).equal(0);
        should(await inbox.page.locator('[data-act]:not(:disabled)').count()).equal(0);
        await notice.locator('a').click();
        await inbox.page.locator('#node-dialog-login-username').waitFor();
        await inbox.page.close();
    });

    it('lets those look who may only look', async () => {
        const token = await log('tom');
        should((await ask('state', token)).status).equal(200);
        for (const act of ['write', 'comment', 'label', 'reset'])
            should((await ask(act, token, mail)).status).be.oneOf(401, 403);
        should((await ask('state', token)).text).not.containEql('ann@mail.example');
    });

    it('says so on the page', async () => {
        // What the editor leaves in the browser after a login.
        const token = (await log('tom')).replace('Bearer ', '');
        await context.addInitScript(`localStorage.setItem('auth-tokens', '{"access_token":"${token}"}')`);
        const inbox = await PracticePage.open(context, nodeRed.adminUrl);
        await inbox.ready();
        const dialog = await inbox.dialog('write');
        await dialog.locator('button.primary').click();
        await dialog.locator('.error').getByText('may only look').waitFor();
        await inbox.page.close();
    });

    it('works after a login in the editor', async () => {
        const { user, password } = { user: 'ines', password: users.ines.password };
        const editor = await Editor.open(browser, nodeRed.adminUrl, { login: { user, password } });
        const inbox = await PracticePage.open(editor.page.context(), nodeRed.adminUrl);
        await inbox.ready();
        const { subject } = await inbox.customerWrites();
        await inbox.page.locator('.subject h2').getByText(subject).waitFor();
        should(inbox.errors).be.empty();
        await editor.close();
    });
});
