import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const z = 'tab';
const account = 'acc';
const draft = { z, account, type: 'missive-create-draft', fields: 'rows', wires: [[]] };

/** The nodes that write messages, each with what the canvas calls it and draws on it. */
const drafts = {
    plain: [{ body: 'Hello', bodyType: 'str' }, 'create draft', 'draft'],
    unsent: [{ send: 'false', sendType: 'bool' }, 'create draft', 'draft'],
    now: [{ send: 'true', sendType: 'bool' }, 'send message', 'send'],
    later: [{ send_at: 'in 2 hours', send_atType: 'str' }, 'send later', 'later'],
    perhaps: [{ send: 'payload.sure', sendType: 'msg' }, 'draft or message', 'send'],
    old: [{ fields: undefined }, 'draft or message', 'send'],
    kept: [
        { fields: undefined, send: '', sendType: 'none', send_at: '', send_atType: 'none' },
        'create draft',
        'draft',
    ],
} as const;

const flows = [
    { id: z, type: 'tab', label: 'canvas' },
    { id: account, type: 'missive-config', name: '', connection: 'sandbox', from: 'shop@harborbikes.example' },
    ...Object.entries(drafts).map(([id, [own]], place) => ({ ...draft, id, ...own, x: 200, y: 60 + 50 * place })),
    { id: 'gone', z, account, type: 'missive-delete', resource: 'post', fields: 'rows', wires: [[]], x: 460, y: 60 },
    { id: 'seen', z, account, type: 'missive-watch', resource: 'tasks', wires: [[]], x: 460, y: 110 },
];

describe('The canvas', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should(editor.errors).be.empty());

    for (const [id, [, title, sign]] of Object.entries(drafts))
        it(`calls a node “${title}” that is ${id}, and draws it so`, async () => {
            const node = editor.page.locator(`[id="${id}"]`);
            await node.locator('.red-ui-flow-node-label').getByText(title, { exact: true }).waitFor();
            const icon = node.locator('.red-ui-flow-node-icon');
            should(
                await icon.evaluate((image) => (image as unknown as { href: { baseVal: string } }).href.baseVal),
            ).match(new RegExp(`/missive-${sign}\\.svg$`));
        });

    it('says what a node of several kinds is about', async () => {
        for (const [id, title] of [
            ['gone', 'delete post'],
            ['seen', 'watch tasks'],
        ])
            await editor.page.locator(`[id="${id}"] .red-ui-flow-node-label`).getByText(`${title}`).waitFor();
    });

    it('labels what comes out of a node', async () => {
        const said = await editor.page.evaluate(
            `RED.nodes.node('gone')._def.outputLabels.call(RED.nodes.node('gone'), 0)`,
        );
        should(said).equal('an empty object');
    });

    const found: Record<string, string[]> = {
        send: ['create-draft'],
        email: ['create-draft', 'webhook-in'],
        sms: ['create-draft'],
        reply: ['create-draft'],
        assign: ['update-conversation', 'create-task'],
        label: ['update-conversation'],
        close: ['update-conversation'],
        note: ['create-post'],
        customer: ['upsert-contact'],
    };

    it('is filled from the quick-add menu by what people call things', async () => {
        const { page } = editor;
        const chart = page.locator('#red-ui-workspace-chart');
        for (const [word, types] of Object.entries(found)) {
            const input = page.locator('#red-ui-type-search-input');
            // The editor takes no click while it is still closing the menu of before.
            for (let tries = 4; !(await input.isVisible()); tries--) {
                await chart.click({ modifiers: ['Control'], position: { x: 700, y: 300 } });
                await input.waitFor({ timeout: 7000 }).catch((error: Error) => {
                    if (tries <= 1) throw error;
                });
            }
            await input.fill('');
            await input.pressSequentially(word);
            for (const type of types)
                await page
                    .locator('.red-ui-type-search .red-ui-search-result-node-label:visible')
                    .getByText(`missive-${type})`)
                    .first()
                    .waitFor();
            await page.keyboard.press('Escape');
            await input.waitFor({ state: 'hidden' });
        }
    });

    it('is filled from the palette by the same words', async () => {
        const { page } = editor;
        const search = page.locator('#red-ui-palette-search input');
        for (const [word, types] of Object.entries(found)) {
            await search.fill('');
            await search.pressSequentially(word);
            for (const type of types) await page.locator(`[data-palette-type="missive-${type}"]`).waitFor();
            await page.locator('[data-palette-type="inject"]').waitFor({ state: 'hidden' });
        }
        await search.fill('');
        await search.press('Backspace');
        await page.locator('[data-palette-type="inject"]').waitFor();
        should(await page.locator('[data-palette-type="missive-create-draft"]').innerText()).match(/^create\s+draft$/);
    });
});
