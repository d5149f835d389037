import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

describe('“Show me” in the Missive tab', function () {
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
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(() => should(editor.errors).be.empty());

    /** The first step stands: Node-RED still places it while it comes, and fails where it is gone by then. Its button is focused last. */
    const begun = async () => {
        const popover = editor.page.locator('.red-ui-tourGuide-popover');
        await popover.getByText('A first flow').waitFor();
        await popover.locator('.red-ui-tourGuide-toolbar button:focus').waitFor();
    };

    it('leads through the first flow, and waits at each step until it is done', async () => {
        const { page } = editor;
        const step = (text: string) => page.locator('.red-ui-tourGuide-popover').getByText(text).first().waitFor();
        /** What the step shows lies above the shade, or the shade gives way to the mouse: then it can be pressed. */
        const under = async (selector: string) => {
            const { x, y, width, height } = (await page.locator(selector).first().boundingBox()) ?? {
                x: 0,
                y: 0,
                width: 0,
                height: 0,
            };
            // As a hand does it: not all at once.
            await page.mouse.move(700, 450);
            await page.mouse.move(x + width / 2, y + height / 2, { steps: 30 });
            const place = `document.elementFromPoint(${x + width / 2}, ${y + height / 2})`;
            await page.waitForFunction(`Boolean(${place}?.closest('${selector}'))`);
        };
        await page.evaluate(`RED.sidebar.show('missive')`);
        await page.locator('#missive-show-me').click();
        await step('A first flow');
        await page.locator('.red-ui-tourGuide-toolbar button').click();
        await step('What starts it');
        await under('[data-palette-type="missive-webhook-in"]');
        const webhook = await editor.drag('missive-webhook-in', 160, 100);
        await step('What it does');
        await under('[data-palette-type="missive-create-draft"]');
        const draft = await editor.drag('missive-create-draft', 380, 100);
        await step('A wire');
        await under(`[id="${webhook}"] .red-ui-flow-port-output`);
        await editor.wire(webhook, draft);
        await step('Its settings');
        await under(`[id="${draft}"] .red-ui-flow-node`);
        await editor.edit(draft);
        await step('Whose inbox');
        await under('#missive-practice');
        await page.locator('#missive-practice').click();
        await step('Whom it answers');
        await under('#missive-reply');
        await page.locator('#missive-reply').click();
        await step('What it says');
        await under('.form-row[data-row="body"]');
        await editor.typedInput('body').set('str', 'Thank you.');
        await page.locator('.red-ui-tourGuide-toolbar button').click();
        await step('Keep it');
        await under('#node-dialog-ok');
        await editor.done();
        await step('Start it');
        await under('#red-ui-header-button-deploy');
        await editor.deploy();
        await step('Now let a customer write');
        await page.locator('.red-ui-tourGuide-toolbar button').click();
        await page.locator('.red-ui-tourGuide-popover').waitFor({ state: 'detached' });
        should(await editor.property(draft, 'body')).equal('Thank you.');
    });

    it('ends with Escape, and can begin again', async () => {
        const { page } = editor;
        for (let times = 0; times < 2; times++) {
            await page.locator('#missive-show-me').click();
            await begun();
            await page.keyboard.press('Escape');
            await page.locator('.red-ui-tourGuide-popover').waitFor({ state: 'detached' });
        }
    });

    it('begins from the account’s dialog, too, which closes with the one below it', async () => {
        const { page } = editor;
        const node = await editor.drag('missive-create-task', 160, 300);
        await editor.edit(node);
        await editor.addConfig();
        await editor.field('connection').selectOption('sandbox');
        await page.locator('#missive-show-me-here').click();
        await begun();
        should(await page.locator('.red-ui-tray').count()).equal(0);
        await page.keyboard.press('Escape');
        await page.locator('.red-ui-tourGuide-popover').waitFor({ state: 'detached' });
    });

    it('says where the steps are written where there are no tours', async () => {
        const { page } = editor;
        await page.evaluate('RED.tourGuide = undefined');
        await page.locator('#missive-show-me').click();
        await page.locator('.red-ui-notification').getByText('A first flow').waitFor();
    });
});
