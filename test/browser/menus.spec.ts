import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import type { Sandbox } from '../../src/sandbox/sandbox';
import { closeAll, practice, seeded } from '../sandbox/asking';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const shots = process.env.SHOTS;

describe('the menus, in a browser', function () {
    this.timeout(120_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;
    let sandbox: Sandbox;
    let url: string;

    before(async function () {
        browser = await browserOrSkip.call(this);
        ({ sandbox } = await practice());
        url = await sandbox.address();
        nodeRed = await startNodeRed();
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
        await closeAll();
    });

    const shot = async (name: string) => {
        if (shots) await editor.screenshot(path.join(shots, `${name}.png`));
    };

    it('offer names before the first deploy, with the token just typed', async () => {
        editor = await Editor.open(browser, nodeRed.adminUrl);
        const { page } = editor;
        const id = await editor.drag('missive-create-draft', 200, 120);
        await editor.edit(id);
        await editor.addConfig();
        await page.locator('[data-section="more"] > summary').click();
        await editor.field('url').fill(url);
        await editor.field('token').fill('missive_pat-wrong');
        await page.locator('#missive-test').click();
        await page.locator('#missive-tested.missive-ill').waitFor();
        should(await page.locator('#missive-tested').innerText()).match(
            /^The token is wrong.*invalid or has been revoked\. Copy the token/,
        );
        await shot('account-wrong');
        await editor.field('token').fill(sandbox.token);
        await page.locator('#missive-test').click();
        await page.locator('#missive-tested.missive-well').waitFor();
        should(await page.locator('#missive-tested').innerText()).match(/Ines Duarte.*Harbor Bikes/);
        await editor.pick('organization', 'Harbor');
        await shot('account');
        should(await editor.field('organization').inputValue()).equal(seeded.organization);
        await editor.saveConfig();

        await editor.typedInput('add_shared_labels').set('pick');
        const input = editor.picker('add_shared_labels').locator('input.missive-picker-input');
        await input.click();
        await page.locator('.missive-picker-menu [role="option"]').first().waitFor();
        await shot('menu');
        await input.fill('par');
        await input.press('Enter');
        await input.fill('urg');
        await input.press('ArrowDown');
        await input.press('Enter');
        should(await editor.picked('add_shared_labels')).eql(['Shop/Parts', 'Urgent']);
        await editor.typedInput('team').set('pick', 'Workshop');
        should(await editor.typedInput('team').value()).equal(seeded.workshop);
        await shot('names');
        should(await editor.invalid()).eql([]);
        await editor.done();
        should(await editor.property(id, 'team')).equal(seeded.workshop);
        should(await editor.property(id, 'add_shared_labels')).match(new RegExp(`^${seeded.parts},[\\da-f-]{36}$`));
        should(await page.evaluate(`RED.utils.getNodeLabel(RED.nodes.node('${id}'))`)).equal(
            'create draft: Workshop, Shop/Parts, Urgent',
        );
        await shot('canvas');
        await editor.deploy();
        should(editor.errors).eql([]);
    });

    it('show a saved id by its name after a reload, take others by keyboard, and mark one that is gone', async () => {
        await editor.close();
        const [node] = (await nodeRed.flows()).filter(
            (each) => (each as { type: string }).type === 'missive-create-draft',
        ) as { id: string }[];
        const gone = '00000000-0000-4000-8000-000000000000';
        const flows = (await nodeRed.flows()) as Record<string, unknown>[];
        await nodeRed.deploy(flows.map((each) => (each.id === node?.id ? { ...each, team: gone } : each)));
        editor = await Editor.open(browser, nodeRed.adminUrl, { locale: 'fr' });
        const { page } = editor;
        const id = String(node?.id);
        await page.waitForFunction(`RED.nodes.node('${id}').valid === false`);
        await editor.edit(id);
        should(await editor.picked('add_shared_labels')).eql(['Shop/Parts', 'Urgent']);
        await page.locator('.missive-gone').waitFor();
        should((await editor.picked('team')).join()).match(/00000000….*absent de Missive/s);
        should(await page.locator('#missive-wrong-team').innerText()).match(/n’est plus dans Missive/);
        await shot('gone-fr');
        const input = editor.picker('team').locator('input.missive-picker-input');
        await input.focus();
        await input.press('Backspace');
        await input.press('ArrowDown');
        await page.locator('.missive-picker-menu [role="option"]').first().waitFor();
        await input.press('ArrowDown');
        await input.press('Enter');
        should(await editor.picked('team')).eql(['Sales']);
        should(await page.locator('#missive-wrong-team').innerText()).equal('');
        await input.press('Tab');
        should(await page.locator('.missive-picker-menu:visible').count()).equal(0);
        await editor.done();
        should(editor.errors).eql([]);
    });

    it('take an id that is typed, and load again on demand', async () => {
        const { page } = editor;
        const id = String(await page.evaluate(`RED.nodes.filterNodes({ type: 'missive-create-draft' })[0].id`));
        await editor.edit(id);
        await editor.pick('team', seeded.workshop);
        should(await editor.picked('team')).eql(['Workshop']);
        const asked = page.waitForRequest((request) => request.url().endsWith('/missive/choices/team'));
        await editor.picker('team').locator('.missive-picker-refresh').click();
        should((await asked).postDataJSON()).match({ refresh: true, token: '' });
        await editor.cancel();
        should(editor.errors).eql([]);
    });

    it('draw the mailbox of a list as one choice, and store the API’s own parameters', async () => {
        const { page } = editor;
        const id = await editor.drag('missive-list', 200, 260);
        await editor.edit(id);
        await page.locator('select#node-input-account').selectOption({ label: 'Compte Missive' });
        const mailbox = page.locator('#missive-draw-mailbox');
        should(await mailbox.inputValue()).equal('inbox');
        should(await page.locator('#node-input-shared_label + .red-ui-typedInput-container').isVisible()).be.false();
        await mailbox.selectOption('shared_label');
        should(await page.locator('#missive-wrong-shared_label').innerText()).match(/obligatoire/);
        await editor.pick('shared_label', 'Shop/Parts');
        should(await page.locator('#missive-wrong-shared_label').innerText()).equal('');
        await shot('list');
        await editor.done();
        should(await editor.property(id, 'shared_label')).equal(seeded.parts);
        should(await editor.property(id, 'shared_labelType')).equal('pick');
        should(await editor.property(id, 'inboxType')).be.undefined();
        await editor.edit(id);
        should(await mailbox.inputValue()).equal('shared_label');
        await mailbox.selectOption('all');
        should(await page.locator('#node-input-shared_label + .red-ui-typedInput-container').isVisible()).be.false();
        await page.locator('#node-input-resource').selectOption('contacts');
        should(await mailbox.isVisible()).be.false();
        await shot('list-contacts');
        await page.locator('#node-input-resource').selectOption('conversations');
        await editor.done();
        should(await editor.property(id, 'conversation_all')).equal('true');
        should(await editor.property(id, 'conversation_allType')).equal('bool');
        should(await editor.property(id, 'shared_labelType')).be.undefined();
        await editor.edit(id);
        should(await mailbox.inputValue()).equal('all');
        await editor.field('fields').selectOption('payload');
        await mailbox.selectOption('message');
        await editor.done();
        should(await editor.property(id, 'conversation_all')).equal('payload.all');
        should(await editor.property(id, 'conversation_allType')).equal('msg');
        should(editor.errors).eql([]);
    });

    it('draw the mailbox of a watch as one choice, too, and leave what was stored before', async () => {
        const { page } = editor;
        const id = await editor.drag('missive-watch', 200, 320);
        await editor.edit(id);
        await page.locator('select#node-input-account').selectOption({ label: 'Compte Missive' });
        const mailbox = page.locator('#missive-draw-mailbox');
        const box = (property: string) =>
            page.locator(`#node-input-${property} + .red-ui-typedInput-container`).isVisible();
        should(await mailbox.isVisible()).be.false();
        await page.locator('#node-input-resource').selectOption('conversations');
        should(await mailbox.isVisible()).be.true();
        should(await mailbox.locator('option[value="message"]').count()).equal(0);
        for (const property of ['inbox', 'conversation_all', 'shared_label', 'team_inbox'])
            should(await box(property)).be.false();
        await mailbox.selectOption('team_inbox');
        should(await box('team_inbox')).be.true();
        await editor.pick('team_inbox', 'Workshop');
        await editor.done();
        should(await editor.property(id, 'team_inbox')).equal(seeded.workshop);
        await editor.edit(id);
        should(await mailbox.inputValue()).equal('team_inbox');
        await mailbox.selectOption('inbox');
        should(await box('team_inbox')).be.false();
        await editor.done();
        should(await editor.property(id, 'inbox')).equal('true');
        should(await editor.property(id, 'inboxType')).equal('bool');
        should(await editor.property(id, 'team_inboxType')).equal('none');
        should(await editor.property(id, 'mailbox')).be.undefined();
        should(editor.errors).eql([]);
    });
});
