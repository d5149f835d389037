import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { SidebarPage } from '../support/sidebar-page';

/** Pictures for whoever looks at the dialogs: `SIDEBAR_PICTURES=folder`. */
const pictures = process.env.SIDEBAR_PICTURES;

describe('the dialogs of the sidebar nodes', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows: [{ id: 'tab', type: 'tab', label: 'Flow' }] });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
    });

    const picture = async (name: string) => {
        if (pictures) await editor.page.screenshot({ path: `${pictures}/${name}.png` });
    };

    /** Nothing of the dialog lies beyond its edge. */
    const fits = async () =>
        should(
            await editor.page.evaluate(`(() => {
                const form = document.querySelector('.missive-form').getBoundingClientRect();
                const tray = document.querySelector('.red-ui-tray:last-child').getBoundingClientRect();
                return form.left >= tray.left && form.right <= tray.right;
            })()`),
        ).be.true();

    /** Node-RED answers a deploy before its nodes have started. */
    const opens = async (address: string) => {
        let status = 0;
        for (let at = 0; status !== 200 && at < 200; at += 1) {
            status = (await fetch(address)).status;
            if (status !== 200) await editor.page.waitForTimeout(50);
        }
        should(status).equal(200);
    };

    it('build a card, without code and without typing a path, that the page then gets', async () => {
        const { page } = editor;
        const into = await editor.drag('missive-sidebar-in', 150, 100);
        const card = await editor.drag('missive-sidebar-card', 450, 100);
        await editor.wire(into, card);

        await editor.edit(into);
        const address = await page.locator('#missive-sidebar-in-address').inputValue();
        address.should.match(/\/sidebar\?key=[\w-]{43}$/);
        await picture('sidebar-in');
        await fits();
        await editor.done();

        await editor.edit(card);
        await editor.typedInput('title').set('str', 'Order');
        const subtitle = editor.typedInput('subtitle');
        await subtitle.set('msg');
        const box = page.locator('[data-row="subtitle"] .red-ui-typedInput-input').first();
        await box.fill('');
        await box.pressSequentially('contact.n');
        await page.locator('.red-ui-autoComplete-container').getByText('payload.contact.name').first().click();
        await editor.typedInput('rows').set('parts');
        const rows = page.locator('[data-parts="rows"]');
        await rows.locator('.red-ui-editableList-addButton').click();
        await rows.locator('[data-part="label"] input').fill('Mail');
        await rows.locator('[data-part="value"] .red-ui-typedInput-input').first().fill('payload.contact.address');
        await rows.locator('[data-part="copy"] input').check();
        await editor.typedInput('buttons').set('parts');
        const buttons = page.locator('[data-parts="buttons"]');
        await buttons.locator('.red-ui-editableList-addButton').click();
        await buttons.locator('[data-part="label"] input').fill('Refund');
        await buttons.locator('[data-part="action"] input').fill('refund');
        await buttons.locator('[data-part="confirm"] input').fill('Refund <it>?');
        await fits();
        for (const box of [rows.locator('[data-part="value"]'), buttons.locator('[data-part="label"]')])
            should((await box.locator('input').first().locator('..').boundingBox())?.width).be.above(250);
        const preview = page.locator('#missive-card-preview .sidebar');
        await preview.getByText('Refund', { exact: true }).waitFor();
        should(await preview.innerText()).match(/Order[\s\S]*‹payload\.contact\.name›[\s\S]*Mail/);
        await preview.scrollIntoViewIfNeeded();
        await picture('sidebar-card');
        await page.locator('[data-theme-button="dark"]').click();
        await picture('sidebar-card-dark');
        await editor.done();
        await editor.deploy();

        const served = new URL(address);
        const opened = await SidebarPage.load(`${nodeRed.url}${served.pathname}${served.search}`);
        const { body } = await opened.tell({
            ...{ do: 'open', conversations: ['c1'] },
            contacts: [{ address: 'ann@x.example', name: 'Ann' }],
        });
        should(body.card).eql({
            title: 'Order',
            subtitle: 'Ann',
            rows: [{ label: 'Mail', value: 'ann@x.example', copy: 'ann@x.example' }],
            buttons: [{ label: 'Refund', action: 'refund', confirm: 'Refund <it>?', tone: 'neutral' }],
        });
        const status = page.locator('.red-ui-flow-node-status-label', { hasText: /^card shown · \d\d:\d\d$/ });
        await status.waitFor();
        should(editor.errors).eql([]);
    });

    it('give an address with its key: of a node just drawn, and one with “New key” where a flow file brings none', async () => {
        const { page } = editor;
        const address = page.locator('#missive-sidebar-in-address');
        const drawn = await editor.drag('missive-sidebar-in', 150, 200);
        await editor.edit(drawn);
        await editor.addConfig();
        await editor.field('connection').selectOption('sandbox');
        await editor.saveConfig();
        const first = await address.inputValue();
        await editor.done();
        // Now there is an account that a node from the palette takes.
        const second = await editor.drag('missive-sidebar-in', 150, 300);
        await editor.deploy();
        await editor.edit(second);
        const other = await address.inputValue();
        await editor.done();
        for (const each of [first, other]) {
            should(each).match(/\?key=[\w-]{43}$/);
            await opens(each);
        }
        await page.evaluate(`(() => {
            const account = RED.nodes.node('${second}').account;
            const place = { z: RED.workspaces.active(), x: 150, y: 400, wires: [[]] };
            RED.nodes.import([{ ...place, id: 'brought', type: 'missive-sidebar-in', path: 'brought', account }], { generateIds: false });
            RED.nodes.dirty(true);
            RED.view.redraw(true);
        })()`);
        await editor.deploy();
        await editor.edit('brought');
        should(await address.inputValue()).equal('');
        should(await page.locator('#missive-sidebar-in-copy').isDisabled()).be.true();
        await page.locator('#missive-sidebar-in-generate').click();
        const made = await address.inputValue();
        await editor.done();
        await editor.deploy();
        await opens(made);
    });

    it('open and close without changing anything', async () => {
        const before = await nodeRed.flows();
        for (const type of ['missive-sidebar-in', 'missive-sidebar-card']) {
            const { id } = before.find((each) => (each as { type: string }).type === type) as { id: string };
            await editor.edit(id);
            await editor.done();
        }
        should(await editor.page.evaluate('RED.nodes.dirty()')).be.false();
    });

    it('take a card as JSON, and show it as JSON', async () => {
        const { page } = editor;
        const card = ((await nodeRed.flows()) as { id: string; type: string }[]).find(
            ({ type }) => type === 'missive-sidebar-card',
        );
        await editor.edit(String(card?.id));
        await page.locator('.missive-card-source summary').click();
        const json = page.locator('#missive-card-json');
        await page.waitForFunction("document.querySelector('#missive-card-json')?.value.includes('Refund')");
        const shown = JSON.parse(await json.inputValue());
        should(shown).match({
            title: 'Order',
            subtitle: '‹payload.contact.name›',
            rows: [{ value: '‹payload.contact.address›' }],
        });
        await json.fill(
            JSON.stringify({
                ...shown,
                title: 'Other',
                form: {
                    name: 'note',
                    fields: [{ name: 'text', type: 'textarea', label: 'Note', required: true }],
                    submit: 'Save',
                },
                buttons: [{ label: 'Comment', effect: { do: 'comment', body: 'Seen' } }],
            }),
        );
        await page.locator('#missive-card-use').click();
        await page.locator('#missive-card-preview .sidebar').getByText('Save').waitFor();
        should(await page.locator('.missive-part-head [data-part="name"] input').inputValue()).equal('note');
        await picture('sidebar-card-form');
        await editor.done();
        await editor.deploy();
        const saved = (await nodeRed.flows()).find((each) => (each as { id: string }).id === card?.id);
        should(saved).match({
            ...{ title: 'Other', subtitle: 'payload.contact.name', subtitleType: 'msg' },
            rows: [{ label: 'Mail', value: 'payload.contact.address', valueType: 'msg', copy: true }],
            form: { name: 'note', submit: 'Save', fields: [{ name: 'text', type: 'textarea', required: true }] },
            buttons: [{ label: 'Comment', effect: { do: 'comment', body: 'Seen', bodyType: 'str' } }],
        });
        should(editor.errors).eql([]);
    });
});
