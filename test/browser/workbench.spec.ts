import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { deliver, mail, secret, workbenchFlow } from '../support/workbench-flow';

describe('the Missive tab in the sidebar', function () {
    this.timeout(150_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows: workbenchFlow, credentials: { in: { secret } } });
        await deliver(nodeRed, mail(1));
        await deliver(nodeRed, mail(2, { bad: true }));
        await deliver(nodeRed, mail(3), 'wrong');
        await deliver(nodeRed, mail(4, { bad: true }));
        editor = await Editor.open(browser, nodeRed.adminUrl);
        await editor.page.evaluate("RED.actions.invoke('missive:show-workbench')");
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });

    const rows = () => editor.page.locator('.missive-wb-row');
    const row = (text: string) => rows().filter({ hasText: text }).first();

    it('shows what came in and what became of it, as people say it', async () => {
        await row('Order 1').filter({ hasText: 'done after' }).waitFor();
        await row('Order 2')
            .filter({ hasText: /failed|stopped/ })
            .waitFor();
        await row('Order 3').filter({ hasText: 'signature wrong' }).waitFor();
        should(await row('Order 1').innerText()).match(/E-mail received/);
    });

    it('opens an event as a tree, pins it, and runs the flow with it', async () => {
        await row('Order 1').click();
        await editor.page.locator('.missive-wb-tree .red-ui-debug-msg-object-key').first().waitFor();
        await row('Order 1').getByRole('button', { name: 'Pin' }).click();
        const pinned = editor.page.locator('.missive-wb-pinned');
        await pinned.locator('input').fill('an order');
        await pinned.locator('input').press('Tab');
        await pinned.getByRole('button', { name: 'Run' }).click();
        await nodeRed.logged(/had 1 true/);
        await rows().filter({ hasText: 'run again' }).first().waitFor();
    });

    it('shows accounts with their windows, and no call yet', async () => {
        await editor.page.getByRole('tab', { name: 'Accounts' }).click();
        await editor.page.locator('.missive-wb-card', { hasText: 'practice inbox' }).waitFor();
        should(await editor.page.locator('.missive-wb-window').count()).equal(2);
        await editor.page.getByRole('tab', { name: 'Calls' }).click();
        await editor.page.locator('.missive-wb-none').waitFor();
        await editor.page.getByRole('tab', { name: 'Events' }).click();
        should(editor.errors).eql([]);
    });

    it('shows what was stopped after too many failures: one is run again, one dropped, and all that failed run together', async () => {
        const { page } = editor;
        const kept = (text: string) => page.locator('.missive-wb-kept').filter({ hasText: text });
        await kept('Order 2').waitFor({ timeout: 60_000 });
        await kept('Order 4').waitFor({ timeout: 60_000 });
        should(await kept('Order 2').innerText()).match(/stopped after 5 failures/);
        await page.locator('.missive-wb-trouble', { hasText: 'stopped events: 2' }).waitFor();
        await kept('Order 2').getByRole('button', { name: 'Run again' }).click();
        await kept('Order 2').waitFor({ state: 'detached' });
        // The question is answered with yes.
        await kept('Order 4').getByRole('button', { name: 'Drop' }).click();
        await kept('Order 4').waitFor({ state: 'detached' });
        await row('Order 4').filter({ hasText: 'dropped' }).waitFor();
        await row('Order 2').filter({ hasText: 'failed' }).waitFor();
        const before = await rows().filter({ hasText: 'Order 2' }).filter({ hasText: 'run again' }).count();
        await page.locator('.missive-wb-head button:has(.fa-fast-forward)').click();
        await rows().filter({ hasText: 'Order 2' }).filter({ hasText: 'run again' }).nth(before).waitFor();
        should(editor.errors).eql([]);
    });
});
