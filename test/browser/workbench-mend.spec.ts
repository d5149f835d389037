import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { deliver, mail, secret } from '../support/workbench-flow';

const place = { z: 'tab', x: 160 };
/** A task for each mail; its title was typed, and typed wrong. */
const flows = [
    { id: 'tab', type: 'tab', label: 'Mails' },
    { id: 'acc', type: 'missive-config', name: 'Practice', connection: 'sandbox' },
    {
        ...{ ...place, y: 100, id: 'in', type: 'missive-webhook-in', name: 'Mails', path: 'mails', account: 'acc' },
        ...{ events: ['incoming_email'], wires: [['task']] },
    },
    {
        ...{ ...place, y: 180, id: 'task', type: 'missive-create-task', name: 'Task', account: 'acc', fields: 'rows' },
        ...{ title: 'payload.mesage.subject', titleType: 'msg', assignees: '["me"]', assigneesType: 'json' },
        ...{ organization: 'Harbor Bikes', organizationType: 'str', wires: [['done']] },
    },
    { ...place, y: 260, id: 'done', type: 'missive-webhook-done', account: 'acc', wires: [[]] },
];

describe('from an event that failed to the mended flow, by the Missive tab', function () {
    this.timeout(120_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows, credentials: { in: { secret } } });
        editor = await Editor.open(browser, nodeRed.adminUrl);
        await editor.page.evaluate("RED.actions.invoke('missive:show-workbench')");
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });

    const row = (text: string | RegExp) => editor.page.locator('.missive-wb-row').filter({ hasText: text }).first();
    const view = (name: string) => editor.page.getByRole('tab', { name, exact: true }).click();

    it('shows that it failed, at which node and why; pins it; mends the node with the field from the tree and a preview; runs it again', async () => {
        should(await deliver(nodeRed, mail(1))).equal(200);
        const failed = row('Order 1').filter({ hasText: 'failed' });
        await failed.locator('.missive-wb-bad', { hasText: /title/i }).waitFor();
        await failed.locator('.missive-wb-kind').click();
        await failed.getByRole('button', { name: 'Pin' }).click();
        await editor.page.locator('.missive-wb-pinned').waitFor();
        await row('failed').locator('.missive-wb-bad a', { hasText: 'Task' }).click();
        await editor.edit('task');
        await pickTheTitle();
        await seeWhatWouldBeSent();
        await editor.done();
        await editor.deploy();
        await editor.page.locator('.missive-wb-pinned').getByRole('button', { name: 'Run again' }).click();
        await row(/· run again/)
            .filter({ hasText: 'done after' })
            .waitFor();
        await view('Calls');
        await row('create task').waitFor();
        await view('Events');
    });

    /** The field that was typed wrong is picked from the message that came into the node. */
    async function pickTheTitle(): Promise<void> {
        const title = editor.page.locator('.missive-form .form-row[data-row="title"]');
        await title.locator('.missive-pick').click();
        const panel = editor.page.locator('.missive-pick-panel');
        await panel.locator('.missive-pick-source', { hasText: 'came into this node' }).waitFor();
        await panel.locator(`[data-path='payload.message.subject'] > .missive-tree-row`).click();
        await title.locator('.missive-seen', { hasText: '“Order 1”' }).waitFor();
        should(await editor.typedInput('title').value()).equal('payload.message.subject');
    }

    /** Before anything is deployed or sent. */
    async function seeWhatWouldBeSent(): Promise<void> {
        await editor.page.locator('.missive-would-ask').click();
        const would = editor.page.locator('.missive-would-panel');
        await would.locator('.missive-would-call', { hasText: 'POST /tasks' }).waitFor();
        const { tasks } = JSON.parse(await would.locator('.missive-would-body').innerText());
        should(tasks).have.property('title', 'Order 1');
        const state = await (await fetch(`${nodeRed.adminUrl}/missive/activity`)).json();
        should(state.calls.filter(({ method }: { method: string }) => method !== 'GET')).eql([]);
    }

    it('runs the flow by the button of webhook in on the canvas, not before it is deployed', async () => {
        const button = editor.page.locator('[id="in"] .red-ui-flow-node-button-button');
        const runs = () => editor.page.locator('.missive-wb-row').filter({ hasText: 'done after' });
        const before = await runs().count();
        await button.click();
        await runs().nth(before).waitFor();
        await editor.edit('in');
        await editor.field('name').fill('Mail');
        await editor.done();
        await button.click();
        await editor.page
            .locator('.red-ui-notification', { hasText: /undeployed/i })
            .first()
            .waitFor();
        await editor.deploy();
    });

    it('pauses the account: its nodes say so, what waits is shown and dropped, and it goes on', async () => {
        await view('Accounts');
        const { page } = editor;
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.locator('.missive-wb-trouble', { hasText: 'nothing leaves' }).waitFor();
        await page.locator('[id="task"] .red-ui-flow-node-status-label', { hasText: 'paused' }).waitFor();
        should(await deliver(nodeRed, mail(5))).equal(200);
        const waiting = page.locator('.missive-wb-card .missive-wb-row', { hasText: '1 waiting' });
        await waiting.waitFor();
        await waiting.getByRole('button', { name: 'Drop' }).click();
        await waiting.waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Go on' }).click();
        await page.locator('.missive-wb-trouble', { hasText: 'nothing leaves' }).waitFor({ state: 'detached' });
        await view('Calls');
        await row('dropped in the editor').waitFor();
        should(editor.errors).eql([]);
    });
});
