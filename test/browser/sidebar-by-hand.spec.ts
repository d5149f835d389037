import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';
import { MissiveApp } from '../support/sidebar/missive-app';
import { Panel } from '../support/sidebar/panel';

describe('a card beside the customer’s mail, by hand on an empty tab', function () {
    this.timeout(120_000);
    let app: MissiveApp;
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;

    before(async function () {
        app = await MissiveApp.start();
        browser = await browserOrSkip.call(this, app.browserArgs);
        nodeRed = await startNodeRed();
        app.sidebar = nodeRed.port;
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
        await app?.stop();
    });

    const shot = async (name: string) => {
        if (process.env.SHOTS) await editor.screenshot(path.join(process.env.SHOTS, `${name}.png`));
    };

    /** Picks a field of the event: a few letters of its name, then a click on it in the list. */
    const pick = async (row: Locator, letters: string, field: string) => {
        await row.locator('.red-ui-typedInput-input').first().fill('');
        await row.locator('.red-ui-typedInput-input').first().pressSequentially(letters);
        await editor.page.locator('.red-ui-autoComplete-container').getByText(field).first().click();
    };

    it('is built without code and without typing a path', async () => {
        const { page } = editor;
        const into = await editor.drag('missive-sidebar-in', 160, 100);
        const card = await editor.drag('missive-sidebar-card', 460, 100);
        await editor.wire(into, card);
        await editor.edit(into);
        await editor.addConfig();
        await editor.field('connection').selectOption('sandbox');
        await editor.saveConfig();
        await editor.done();

        await editor.edit(card);
        await editor.typedInput('title').set('msg');
        await pick(page.locator('[data-row="title"]'), 'name', 'payload.contact.name');
        await editor.typedInput('rows').set('parts');
        const rows = page.locator('[data-parts="rows"]');
        for (const [place, label, letters, field] of [
            [0, 'Mail', 'address', 'payload.contact.address'],
            [1, 'About', 'subject', 'payload.conversation.subject'],
        ] as const) {
            await rows.locator('.red-ui-editableList-addButton').click();
            await rows.locator('[data-part="label"] input').nth(place).fill(label);
            await pick(rows.locator('[data-part="value"]').nth(place), letters, field);
        }
        await editor.typedInput('buttons').set('parts');
        const buttons = page.locator('[data-parts="buttons"]');
        await buttons.locator('.red-ui-editableList-addButton').click();
        await buttons.locator('[data-part="label"] input').fill('Order is on its way');
        await buttons.locator('[data-part="press"] select').selectOption('effect');
        await buttons.locator('[data-part="do"] select').selectOption('comment');
        const body = buttons.locator('[data-part="body"]');
        await body.locator('.red-ui-typedInput-input').first().fill('On its way');
        await body.locator('.red-ui-typedInput-input').first().press('Tab');
        await page.locator('#missive-card-preview').getByText('Order is on its way').waitFor();
        await shot('by-hand-card');
        await editor.done();
        await editor.deploy();
        should(await editor.invalid()).eql([]);
    });

    it('stands beside the mail in the practice inbox, one click from the dialog, and works there', async () => {
        const { page } = editor;
        const into = ((await nodeRed.flows()) as { id: string; type: string }[]).find(
            ({ type }) => type === 'missive-sidebar-in',
        );
        await editor.edit(String(into?.id));
        const opening = page.context().waitForEvent('page');
        await page.locator('a[href*="missive/sandbox?sidebar="]').click();
        const inbox = new PracticePage(await opening);
        await inbox.ready();
        await inbox.page.locator('.rows .row', { hasText: 'Leonor Vaz' }).first().click();
        const frame = inbox.page.frameLocator('.rail:not([hidden]) iframe');
        await frame.getByRole('heading', { name: 'Leonor Vaz' }).waitFor();
        should(await frame.locator('.card').innerText()).match(/leonor\.vaz@post\.example[\s\S]*Service appointment/);
        await frame.getByRole('button', { name: 'Order is on its way' }).click();
        await inbox.entries('comment').getByText('On its way').waitFor();
        if (process.env.SHOTS) await inbox.page.screenshot({ path: path.join(process.env.SHOTS, 'by-hand-inbox.png') });
        should(inbox.errors).eql([]);
        await editor.done();
    });

    it('is drawn by the same flow, unchanged, in the cross-site frame of Missive’s', async () => {
        // A sidebar before the practice inbox has a key of the moment.
        const there = (await (await fetch(`${nodeRed.adminUrl}/missive/sidebars`)).json()) as {
            sidebars: { address: string }[];
        };
        const address = String(there.sidebars[0]?.address).replace('&practice=1', '');
        const panel = await Panel.open(browser, `https://nodered.test${address}`, { selected: 'c-mail' });
        await panel.title('Anna Weber').waitFor();
        await panel.frame.getByRole('button', { name: 'Order is on its way' }).click();
        should((await panel.called(1))[0]).match({ method: 'comment', args: ['On its way'], selected: ['c-mail'] });
        should(panel.errors.filter((each) => !/missive\.css/.test(each))).eql([]);
        should(editor.errors).eql([]);
        await panel.close();
    });
});
