import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';

describe('“A first flow” of the README, by hand on an empty canvas', function () {
    this.timeout(30_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;
    let inbox: PracticePage;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed();
        editor = await Editor.open(browser, nodeRed.adminUrl);
        inbox = await PracticePage.open(editor.page.context(), nodeRed.adminUrl);
        await inbox.ready();
        await editor.page.bringToFront();
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should([...(editor?.errors ?? []), ...(inbox?.errors ?? [])]).be.empty());

    it('answers a customer with a draft, which the practice inbox shows by itself', async () => {
        // 1. The nodes, wired.
        const webhook = await editor.drag('missive-webhook-in', 160, 100);
        const draft = await editor.drag('missive-create-draft', 380, 100);
        const debug = await editor.drag('debug', 600, 100);
        await editor.wire(webhook, draft);
        await editor.wire(draft, debug);
        // 2. The account and the path.
        await editor.edit(webhook);
        await editor.addConfig();
        await editor.field('connection').selectOption('sandbox');
        await editor.saveConfig();
        await editor.field('path').fill('missive/in');
        should(await editor.page.locator('#missive-webhook-in-address').inputValue()).equal(
            `${nodeRed.url}/missive/in`,
        );
        await editor.done();
        // 3. The draft.
        await editor.edit(draft);
        const account = String(await editor.property(webhook, 'account'));
        await editor.field('account').selectOption(account);
        await editor.typedInput('conversation').set('msg', 'payload.conversation');
        await editor.typedInput('to_fields').set('msg', 'payload.message.from_field');
        await editor.typedInput('from_field').set('str', 'Harbor Bikes <shop@harborbikes.example>');
        await editor.typedInput('subject').set('jsonata', '"Re: " & payload.message.subject');
        await editor.typedInput('body').set('str', '<div>Thank you, we are on it.</div>');
        should(await editor.invalid()).be.empty();
        await editor.done();
        // 4. Deploy, and a customer writes.
        await inbox.page.locator('.notices .hint').waitFor();
        await editor.deploy();
        await inbox.page.locator('.notices .hint').waitFor({ state: 'hidden' });
        await editor.untilStatus(webhook, 'listening', 'dot-grey');
        await inbox.page.bringToFront();
        const { address, subject } = await inbox.customerWrites();
        // 5. The draft waits in the conversation.
        const shown = inbox.entries('draft');
        await shown.getByText('Thank you, we are on it.').waitFor();
        should(await shown.innerText()).containEql(address);
        should(await inbox.page.locator('.subject h2').innerText()).equal(subject);
        await editor.page.bringToFront();
        should((await editor.debugged(1))[0]).match(/id: "[\da-f-]{36}"/);
        should(nodeRed.log()).not.match(/\[error\]|\[warn\] \[/);
    });
});
