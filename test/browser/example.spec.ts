import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';

const root = path.resolve(__dirname, '../..');
const { name: packageName } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('the example, imported in the editor', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;
    let inbox: PracticePage;
    let customer: Awaited<ReturnType<PracticePage['customerWrites']>>;
    /** How many conversations are open at the beginning. */
    let atFirst: number;

    const node = async (type: string): Promise<string> =>
        await editor.page.evaluate(`RED.nodes.filterNodes({ type: '${type}' })[0].id`);

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed();
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should([...(editor?.errors ?? []), ...(inbox?.errors ?? [])]).be.empty());

    it('is complete as it comes: it deploys without a question', async () => {
        await editor.importExample(packageName, '1 Start here/customer-email-to-draft');
        await editor.showFlow('E-mail to draft');
        await editor.deploy();
        await editor.untilStatus(await node('missive-webhook-in'), 'listening', 'dot-grey');
    });

    it('leads from the account’s dialog to the practice inbox', async () => {
        await editor.edit(await node('missive-webhook-in'));
        await editor.editConfig();
        const opened = editor.page.context().waitForEvent('page');
        await editor.page.locator('#missive-open-practice').click();
        inbox = new PracticePage(await opened);
        await inbox.ready();
        should(inbox.page.url()).equal(`${nodeRed.adminUrl}/missive/sandbox`);
        should(await inbox.page.locator('h1').innerText()).equal('Practice inbox');
        await editor.page.bringToFront();
        await editor.saveConfig();
        await editor.done();
        should(await editor.dirty()).be.false();
    });

    it('makes a contact, a task and a draft when a customer writes', async () => {
        await inbox.page.bringToFront();
        atFirst = await inbox.page.locator('.rows .row').count();
        customer = await inbox.customerWrites();
        await inbox.entries('draft').waitFor();
        should(await inbox.entries('draft').innerText()).containEql(`Hello ${customer.name},`);
        const title = `Answer ${customer.name}: ${customer.subject}`;
        should(await inbox.entries('tasked').innerText()).containEql(title);
        const contact = (await inbox.tab(0)).filter({ hasText: customer.address });
        should(await contact.innerText()).containEql(customer.name);
        await (await inbox.tab(1)).filter({ hasText: title }).waitFor();
        await (await inbox.tab(2)).first().getByText('Delivered').waitFor();
        await editor.page.bringToFront();
        await editor.page
            .locator(`[id="${await node('missive-webhook-in')}"] .red-ui-flow-node-status-dot-green`)
            .waitFor();
        should(nodeRed.log()).not.match(/\[error\]|\[warn\] \[/);
    });

    it('lets a colleague comment and a label change on the page', async () => {
        await inbox.page.bringToFront();
        await inbox.colleagueComments('Her bike is in the <b>cellar</b>.');
        await inbox.entries('comment').getByText('Her bike is in the <b>cellar</b>.').waitFor();
        const label = await inbox.addLabel();
        await inbox.page.locator('.subject .label').getByText(label, { exact: true }).waitFor();
    });

    it('is back at the beginning after Reset, and still listens', async () => {
        await inbox.reset();
        await inbox.page.locator('.rows').getByText(customer.subject).waitFor({ state: 'hidden' });
        should(await inbox.page.locator('.rows .row').count()).equal(atFirst);
        await inbox.page.locator('.notices .hint').waitFor({ state: 'hidden' });
        const again = await inbox.customerWrites();
        await inbox.entries('draft').getByText(`Hello ${again.name},`).waitFor();
    });
});
