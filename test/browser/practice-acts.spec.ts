import type { Browser, Locator } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox, PracticePage } from '../support/practice-inbox';

const on = { z: 'tab', account: 'account', version: 1 };
/** A flow that hears everything; its nodes have no names, so they are called by what they are. */
const flows = [
    { id: 'tab', type: 'tab', label: 'Atelier' },
    { id: 'account', type: 'missive-config', name: '', connection: 'sandbox', version: 1 },
    {
        ...on,
        id: 'all',
        type: 'missive-webhook-in',
        name: '',
        path: 'all',
        events: [],
        x: 200,
        y: 100,
        wires: [['is']],
    },
    {
        ...{ ...on, id: 'sent', type: 'missive-webhook-in', name: 'Parti', path: 'sent', events: ['outgoing_email'] },
        ...{ x: 200, y: 200, wires: [[]] },
    },
    {
        ...{ ...on, id: 'is', type: 'switch', property: 'topic', propertyType: 'msg', x: 400, y: 100 },
        ...{ rules: [{ t: 'eq', v: 'incoming_email', vt: 'str' }], outputs: 1, wires: [['task', 'draft']] },
    },
    {
        ...{ ...on, id: 'task', type: 'missive-create-task', name: '', fields: 'rows', x: 600, y: 100, wires: [[]] },
        ...{ title: 'payload.message.subject', titleType: 'msg' },
        ...{ conversation: 'missive.conversation', conversationType: 'msg', subtask: 'true', subtaskType: 'bool' },
    },
    {
        ...{ ...on, id: 'draft', type: 'missive-create-draft', name: '', fields: 'rows', x: 600, y: 160, wires: [[]] },
        ...{ conversation: 'missive.conversation', conversationType: 'msg', body: 'Merci.', bodyType: 'str' },
        ...{ to_fields: 'payload.message.from_field.address', to_fieldsType: 'msg' },
        ...{ from_field: 'shop@harborbikes.example', from_fieldType: 'str' },
    },
];

describe('what may happen in the practice inbox, in French', function () {
    this.timeout(120_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let page: PracticePage;
    let inbox: PracticeInbox;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows });
        inbox = new PracticeInbox(nodeRed.adminUrl);
        const context = await browser.newContext({ locale: 'fr', viewport: { width: 1280, height: 900 } });
        page = await PracticePage.open(context, nodeRed.adminUrl);
        await page.ready();
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should(page?.errors ?? []).be.empty());

    /** The rules of the webhooks that the flow has taken, in their order. */
    const heard = async (): Promise<string[]> =>
        (await inbox.state()).deliveries.filter(({ state }) => state === 'delivered').map(({ type }) => type);

    /** Presses an entry of the list of other events, and confirms what it asks; the flow hears of it. */
    const happens = async (name: string, type: string, fill?: (dialog: Locator) => Promise<void>) => {
        const before = (await heard()).filter((each) => each === type).length;
        await page.page.locator('[data-act="more"]').click();
        await page.page.locator('dialog[open] button.other', { hasText: name }).click();
        const dialog = page.page.locator('dialog[open]');
        if (fill) await fill(dialog);
        const confirm = dialog.locator('button.primary');
        if (await confirm.count()) await confirm.click();
        await dialog.waitFor({ state: 'hidden' });
        await inbox.until(
            ({ deliveries }) =>
                deliveries.filter((each) => each.type === type && each.state === 'delivered').length > before,
        );
    };

    it('has a button for each, and the flow hears it', async () => {
        await page.page.locator('.rows .row').first().click();
        await happens('Un client envoie un fichier', 'incoming_email');
        await page.entries('tasked').waitFor();
        await page.entries('in').locator('.files a').waitFor();
        await happens("Quelqu'un est assigné", 'conversation_assignee_change');
        await happens('Elle passe à une équipe', 'team_change');
        await happens('La conversation est fermée', 'conversation_closed');
        await happens('La conversation est rouverte', 'conversation_reopened');
        await happens('Un collègue donne une tâche', 'new_comment');
        await happens('Un collègue répond', 'outgoing_email', (dialog) => dialog.locator('textarea').fill('Bonjour !'));
        await happens('Un brouillon est envoyé', 'outgoing_email');
        await happens('Un client écrit sur WhatsApp', 'incoming_whatsapp_message');
    });

    it('calls a node without a name as the palette does, and leads to it in the editor', async () => {
        const made = page.page.locator('.entry.tasked .made a');
        await page.page.locator('.rows .row', { hasText: /tâche/ }).first().click();
        should(await made.innerText()).equal('créer une tâche · Atelier');
        const [editor] = await Promise.all([page.page.context().waitForEvent('page'), made.click()]);
        await editor.locator('[id="task"].red-ui-flow-node-group, [id="task"]').first().waitFor({ timeout: 60_000 });
        await editor.waitForFunction(`RED.view.selection().nodes?.some(({ id }) => id === 'task')`);
        await editor.close();
    });

    it('counts the flows that listen; a muted one is none of them', async () => {
        const tab = page.page.locator('.side [role="tab"]').last();
        const count = tab.locator('.number');
        await tab.click();
        should(await count.innerText()).equal('2');
        const rule = page.page.locator('.rules .rule', { hasText: 'webhook entrant' });
        should(await rule.innerText()).match(
            /^webhook entrant · Atelier\s+À l'écoute\s: tous les événements, sauf les envois\s+Couper$/,
        );
        await rule.locator('button').click();
        await rule.getByText(/^Muet\s: tous/).waitFor();
        await count.getByText('1').waitFor();
        await rule.locator('button').click();
        await count.getByText('2').waitFor();
    });
});
