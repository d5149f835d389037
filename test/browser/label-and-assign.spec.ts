import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { conversationOf } from '../support/example-flows';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

const shots = process.env.SHOTS;

describe('“label and assign incoming mail about an order”, by hand on an empty canvas', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed();
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should(editor?.errors ?? []).be.empty());

    const shot = async (name: string) => {
        if (shots) await editor.screenshot(path.join(shots, `${name}.png`));
    };

    it('is built without an id: people, labels and the organization are picked by their names', async () => {
        const { page } = editor;
        const webhook = await editor.drag('missive-webhook-in', 160, 100);
        const order = await editor.drag('switch', 380, 100);
        const update = await editor.drag('missive-update-conversation', 600, 100);
        await editor.wire(webhook, order);
        await editor.wire(order, update);

        await editor.edit(webhook);
        await editor.addConfig();
        await editor.field('connection').selectOption('sandbox');
        await editor.saveConfig();
        await editor.field('path').fill('missive/orders');
        await shot('orders-webhook');
        await editor.done();

        await editor.edit(order);
        await editor.typedInput('property').set('msg', 'payload.message.subject');
        const rule = page.locator('#node-input-rule-container li').first();
        await rule.locator('select').first().selectOption('regex');
        await rule.locator('.red-ui-typedInput-container input:visible').first().fill('order');
        await rule.locator('input[type="checkbox"]').check();
        await shot('orders-switch');
        await editor.done();

        await editor.edit(update);
        await editor.typedInput('conversation_id').set('msg', 'payload.conversation.id');
        await editor.typedInput('organization').set('pick', 'Harbor');
        await editor.typedInput('add_shared_labels').set('pick', 'Shop/Parts');
        await editor.typedInput('add_assignees').set('pick', 'Ines');
        should(await editor.picked('organization')).eql(['Harbor Bikes']);
        should(await editor.picked('add_shared_labels')).eql(['Shop/Parts']);
        should(await editor.picked('add_assignees')).eql(['Ines Duarte']);
        should(await editor.invalid()).eql([]);
        await shot('orders-update');
        await editor.done();

        await editor.deploy();
        await editor.untilStatus(webhook, 'listening', 'dot-grey');
        await shot('orders-canvas');
        should(await editor.property(webhook, 'events')).eql(['incoming_email']);
    });

    it('labels and assigns a mail about an order, and no other', async () => {
        const inbox = new PracticeInbox(nodeRed.adminUrl);
        const nora = { name: 'Nora', address: 'nora@new.example' };
        await inbox.customerWrites({ ...nora, subject: 'Opening hours', body: 'When are you open?' });
        await inbox.customerWrites({ ...nora, subject: 'My Order 5512', body: 'Where is it?' });
        const state = await inbox.until((each) => Boolean(conversationOf(each, 'My Order 5512')?.assignee_names));
        should(conversationOf(state, 'My Order 5512')).match({
            ...{ assignee_names: 'Ines Duarte', shared_label_names: 'Parts' },
        });
        should(conversationOf(state, 'Opening hours')).match({ assignee_names: '', shared_label_names: '' });
        should(nodeRed.log()).not.match(/\[error\]|\[warn\] \[/);
    });
});
