import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

describe('what the forms do by themselves', function () {
    this.timeout(120_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({
            flows: [
                { id: 'f', type: 'tab', label: 'x' },
                { id: 'acc', type: 'missive-config', name: '', connection: 'sandbox', version: 1 },
            ],
        });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(async () => {
        await editor?.closeDialogs();
        // That the preview's frame ran no script is what some Chromium says of it: so it was meant.
        const blocked = /^Blocked script execution in 'about:srcdoc'/;
        should((editor?.errors ?? []).filter((text) => !blocked.test(text))).be.empty();
    });

    it('a node behind a webhook in has the conversation of the event, and one that can do without has none', async () => {
        const webhook = await editor.drag('missive-webhook-in', 150, 80);
        const second = await editor.drag('missive-webhook-in', 150, 300);
        const update = await editor.drag('missive-update-conversation', 420, 80);
        const post = await editor.drag('missive-create-post', 420, 160);
        should((await editor.complaints(update)).join()).match(/Conversations is required/);
        await editor.wire(webhook, update);
        await editor.wire(webhook, post);
        should(await editor.property(update, 'conversation_id')).equal('missive.conversation');
        should(await editor.property(update, 'conversation_idType')).equal('msg');
        should(await editor.complaints(update)).be.empty();
        should(await editor.property(post, 'conversation')).be.undefined();
        should(await editor.property(second, 'path')).equal('missive-2');
        should(await editor.property(second, 'events')).eql(['incoming_email']);
    });

    it('create draft answers the message with one click, and shows its body as it will look, without a script', async () => {
        const draft = await editor.drag('missive-create-draft', 420, 240);
        await editor.edit(draft);
        const { page } = editor;
        await page.locator('#missive-reply').click();
        await editor.typedInput('body').set('str', '**Hello**<script>document.title = 1</script>');
        await editor.field('body_format').selectOption('markdown');
        await page.locator('[data-row="body"] .missive-look').click();
        await page.frameLocator('.missive-preview').getByText('Hello', { exact: true }).waitFor();
        should(await page.locator('.missive-preview').getAttribute('sandbox')).equal('');
        await editor.done();
        should(await editor.property(draft, 'conversation')).equal('missive.conversation');
        should(await editor.property(draft, 'subjectType')).equal('jsonata');
    });

    it('webhook in makes a secret that nobody guesses, which can be copied', async () => {
        const id = String(await editor.page.evaluate(`RED.nodes.filterNodes({ type: 'missive-webhook-in' })[0].id`));
        await editor.edit(id);
        await editor.page.locator('#missive-webhook-in-generate').click();
        should(await editor.field('secret').inputValue()).match(/^[\da-f]{64}$/);
        await editor.page.locator('#missive-webhook-in-copy-secret').waitFor();
        await editor.done();
    });

    it('the practice account says how to go live, and turns every node of it at once', async () => {
        const id = String(await editor.page.evaluate(`RED.nodes.filterNodes({ type: 'missive-create-draft' })[0].id`));
        await editor.edit(id);
        await editor.editConfig();
        const { page } = editor;
        await page.locator('#missive-test').click();
        await page.locator('#missive-tested.missive-well').waitFor();
        should(await page.locator('#missive-tested').innerText()).match(/needs no token.*Harbor Bikes/);
        should(await page.locator('.missive-steps').isVisible()).be.false();
        await page.locator('#missive-go-live').click();
        should(await page.locator('.missive-steps li').count()).equal(3);
        should(await page.locator('.missive-steps').isVisible()).be.true();
        await page.locator('#missive-test').click();
        await page.locator('#missive-tested.missive-ill').waitFor();
        should(await page.locator('#missive-tested').innerText()).match(/^There is no token/);
        await editor.field('connection').selectOption('sandbox');
        await editor.saveConfig();
        await editor.cancel();
    });
});
