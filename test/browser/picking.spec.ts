import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { FarEnd } from '../support/far-end';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { deliver, mail, secret, workbenchFlow } from '../support/workbench-flow';

const place = { z: 'tab', x: 400 };
const flow = [
    ...workbenchFlow.map((each) => (each.id === 'what' ? { ...each, name: 'sort', wires: [['done', 'task']] } : each)),
    {
        ...place,
        y: 100,
        id: 'quiet',
        type: 'missive-webhook-in',
        path: 'quiet',
        events: ['new_comment'],
        wires: [['s']],
    },
    { ...place, y: 160, id: 's', type: 'switch', rules: [{ t: 'else' }], outputs: 1, wires: [['post']] },
    { ...place, y: 220, id: 'post', type: 'missive-create-post', account: 'acc', fields: 'rows', wires: [[]] },
    {
        ...{
            ...place,
            y: 280,
            id: 'task',
            type: 'missive-create-task',
            account: 'acc',
            fields: 'rows',
            wires: [['card']],
        },
        ...{ team: 'Workshop', teamType: 'str' },
    },
    {
        ...{ ...place, y: 340, id: 'card', type: 'missive-sidebar-card', wires: [[]] },
        ...{ rows: [{ label: 'Title', value: 'payload.title', valueType: 'msg' }], rowsType: 'parts' },
    },
    // An answer of a shop that no node of ours has seen on its way.
    {
        ...place,
        y: 400,
        id: 'go',
        type: 'http in',
        url: '/go',
        method: 'get',
        upload: false,
        swaggerDoc: '',
        wires: [['ask']],
    },
    {
        ...place,
        y: 460,
        id: 'ask',
        type: 'http request',
        method: 'GET',
        ret: 'obj',
        url: '',
        wires: [['bill', 'shown']],
    },
    {
        ...{ ...place, y: 520, id: 'bill', type: 'missive-create-task', account: 'acc', fields: 'rows', wires: [[]] },
        ...{ team: 'Workshop', teamType: 'str', organization: 'Harbor Bikes', organizationType: 'str' },
    },
    { ...place, y: 580, id: 'shown', type: 'http response', statusCode: '', headers: {}, wires: [] },
];

describe('fields picked from a message, and the preview', function () {
    this.timeout(120_000);
    const shop = new FarEnd();
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        shop.answers.set('/order', () => [200, { number: 1042, total: '12.50 €' }]);
        const url = `${await shop.start()}/order`;
        const flows = flow.map((each) => (each.id === 'ask' ? { ...each, url } : each));
        nodeRed = await startNodeRed({ flows, credentials: { in: { secret } } });
        await deliver(nodeRed, mail(1, { 'x-y': [{ city: 'Lyon' }] }));
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
        await shop.stop();
    });

    const panel = () => editor.page.locator('.missive-pick-panel');
    const row = (property: string) => editor.page.locator(`.missive-form .form-row[data-row="${property}"]`);
    const leaf = (path: string) => panel().locator(`[data-path='${path}'] > .missive-tree-row`);
    const would = () => editor.page.locator('.missive-would-panel');

    /** Chooses another message in the open panel, by a part of its line. */
    const choose = async (text: string) => {
        const source = panel().locator('.missive-pick-source');
        const value = await source.locator('option', { hasText: text }).first().getAttribute('value');
        await source.selectOption(value);
    };

    it('offers what arrived at the node last, where only core nodes stand before it', async () => {
        await editor.edit('bill');
        await row('title').locator('.missive-pick').click();
        await panel().locator('.missive-pick-note', { hasText: 'let a message through' }).waitFor();
        should((await fetch(`${nodeRed.url}/go`)).status).equal(200);
        await panel().locator('.missive-pick-reload').click();
        await panel().locator('.missive-pick-source', { hasText: 'came into this node' }).waitFor();
        await leaf('payload.number').click();
        should(await editor.typedInput('title').value()).equal('payload.number');
        await row('title').locator('.missive-seen', { hasText: '1042' }).waitFor();
        await editor.cancel();
    });

    it('puts the path in with a click, and shows the value of the event below the row', async () => {
        await editor.edit('task');
        await row('title').locator('.missive-pick').click();
        await panel().locator('.missive-pick-source', { hasText: 'came into this node' }).waitFor();
        await choose('Mails · came in');
        await panel().locator('.missive-pick-note', { hasText: '“sort” in between may have changed it' }).waitFor();
        await leaf('payload.message.subject').click();
        await panel().waitFor({ state: 'detached' });
        should(await editor.typedInput('title').type()).equal('msg');
        should(await editor.typedInput('title').value()).equal('payload.message.subject');
        await row('title').locator('.missive-seen', { hasText: '“Order 1”' }).waitFor();
    });

    it('finds values by a search with the keyboard alone, writes odd keys as Node-RED reads them, and closes with Escape', async () => {
        await editor.reveal('description');
        await row('description').locator('.missive-pick').focus();
        await editor.page.keyboard.press('Enter');
        await panel().locator('.missive-pick-search').fill('lyon');
        await panel().locator('[role="treeitem"]').first().waitFor();
        await editor.page.keyboard.press('ArrowDown');
        await editor.page.keyboard.press('Enter');
        should(await editor.typedInput('description').value()).equal('payload["x-y"][0].city');
        await row('description').locator('.missive-seen', { hasText: '“Lyon”' }).waitFor();
        await row('description').locator('.missive-pick').click();
        await editor.page.keyboard.press('Escape');
        await panel().waitFor({ state: 'detached' });
        await row('description').waitFor();
    });

    it('offers, while somebody types, what the event had, and the conversation for other nodes', async () => {
        const { page } = editor;
        const offered = page.locator('.red-ui-autoComplete-container li');
        await editor.typedInput('title').set('msg', '');
        await row('title').locator('.red-ui-typedInput-input').fill('');
        await row('title').locator('.red-ui-typedInput-input').pressSequentially('subj');
        await offered.filter({ hasText: /payload\.message\.subject\s*“Order 1”/ }).waitFor();
        await row('title').locator('.red-ui-typedInput-input').fill('');
        await row('title').locator('.red-ui-typedInput-input').pressSequentially('missive.con');
        await offered.filter({ hasText: /^missive\.conversation/ }).click();
        should(await editor.typedInput('title').value()).equal('missive.conversation');
        await row('title').locator('.red-ui-typedInput-input').fill('');
        await row('title').locator('.red-ui-typedInput-input').pressSequentially('req.que');
        await offered.filter({ hasText: 'req.query' }).waitFor();
        await page.keyboard.press('Escape');
        await editor.typedInput('title').set('msg', 'payload.message.subject');
        await page.keyboard.press('Escape');
    });

    it('says what would be sent, or the words of the refusal, and sends nothing', async () => {
        await editor.page.locator('.missive-would-ask').click();
        await would().locator('.missive-would-wrong', { hasText: 'Organization (organization) is missing' }).waitFor();
        await editor.reveal('organization');
        await editor.typedInput('organization').set('pick', 'Harbor Bikes');
        await editor.page.locator('.missive-would-ask').click();
        await would().locator('.missive-would-call', { hasText: 'POST /tasks' }).waitFor();
        const { tasks } = JSON.parse(await would().locator('.missive-would-body').innerText());
        should(tasks).have.properties({ title: 'Order 1', description: 'Lyon' });
        should(tasks.team).match(/^[\da-f-]{36}$/);
        should(await would().innerText()).containEql(`“Workshop” = ${tasks.team}`);
        await editor.cancel();
        const state = await (await fetch(`${nodeRed.adminUrl}/missive/activity`)).json();
        should(state.calls.filter(({ method }: { method: string }) => method !== 'GET')).eql([]);
    });

    it('shows the sample of a webhook’s kind as an example where nothing came', async () => {
        await editor.edit('post');
        await editor.reveal('markdown');
        await row('markdown').locator('.missive-pick').click();
        await panel().locator('.missive-pick-note', { hasText: 'An example: nothing has come yet.' }).waitFor();
        should(await panel().locator('.missive-pick-source').innerText()).match(/New comment/);
        await leaf('payload.comment.body').click();
        should(await editor.typedInput('markdown').value()).equal('payload.comment.body');
        await row('markdown').locator('.missive-seen', { hasText: 'for example' }).waitFor();
        await editor.cancel();
    });

    it('picks into the lists of a card, from the declared answer of the node before', async () => {
        await editor.edit('card');
        const value = editor.page.locator('.missive-parts-of[data-parts="rows"] [data-part="value"]');
        await value.locator('.missive-seen', { hasText: 'Order forks' }).waitFor();
        await value.locator('.missive-pick').click();
        await leaf('payload.state').click();
        await value.locator('.missive-seen', { hasText: 'todo' }).waitFor();
        await editor.cancel();
        should(editor.errors).eql([]);
    });

    it('copies a path out of the help of what comes out', async () => {
        const { page } = editor;
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        should(await editor.help('missive-create-task')).containEql('msg.payload.due_at');
        await page.locator('.missive-copy[data-path="payload.due_at"]').click();
        await page.locator('.missive-copy[data-path="payload.due_at"] .fa-check').waitFor();
        should(await page.evaluate('navigator.clipboard.readText()')).equal('payload.due_at');
    });
});
