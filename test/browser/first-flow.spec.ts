import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';

const root = path.resolve(__dirname, '../..');

/** The numbered steps of a README's section, each on one line. */
function stepsIn(file: string, title: string): string[] {
    const text = readFileSync(path.join(root, file), 'utf8');
    const [section = ''] = text.split(`## ${title}\n`)[1]?.split('\n## ') ?? [];
    return [...section.matchAll(/^\d+\. ((?:.|\n {3,})+)/gm)].map(([, step = '']) => step.replace(/\n\s+/g, ' '));
}

/** Both READMEs: the section, the editor's language, and what a few things are called there. */
const languages = {
    'en-US': { file: 'README.md', title: 'A first flow', done: 'Done', written: /^draft written · \d\d:\d\d$/ },
    fr: { file: 'README.fr.md', title: 'Un premier flux', done: 'Terminer', written: /^brouillon rédigé · \d\d:\d\d$/ },
} as const;

for (const [locale, { file, title, done, written }] of Object.entries(languages))
    describe(`“${title}” of ${file}, step by step on an empty tab, by mouse and keyboard alone`, function () {
        this.timeout(90_000);
        let nodeRed: NodeRed;
        let browser: Browser;
        let editor: Editor;
        let inbox: PracticePage;
        let webhook: string;
        let draft: string;
        const steps = stepsIn(file, title);
        /** The names that a step prints in italics or as code, in their order. */
        const named = (step: string) =>
            [...step.matchAll(/(?<!\*)\*([^*]+)\*|`([^`]+)`/g)].map(([, a, b]) => a ?? b ?? '');
        const press = (page: Page, name: string) =>
            page
                .locator('button:visible, a:visible', { hasText: new RegExp(`^\\s*${name}\\s*$`) })
                .first()
                .click();
        const drag = async (step: string, type: string, x: number) => {
            const entry = editor.page.locator(`[data-palette-type="${type}"] .red-ui-palette-label`);
            should((await entry.innerText()).replace(/\s+/g, ' ')).equal(named(step)[0]);
            return editor.drag(type, x, 100);
        };

        /** What each step does, and what is to be seen then. */
        const acts: ((step: string) => Promise<void>)[] = [
            async (step) => {
                webhook = await drag(step, 'missive-webhook-in', 160);
                await editor.page.locator(`[id="${webhook}"]`).getByText('/missive', { exact: true }).waitFor();
                await editor.page.locator('.missive-wb').waitFor();
            },
            async (step) => {
                draft = await drag(step, 'missive-create-draft', 380);
                await editor.page.locator(`[id="${draft}"] .red-ui-flow-node-error`).waitFor();
            },
            async () => editor.wire(webhook, draft),
            async () => editor.edit(draft),
            async (step) => {
                await press(editor.page, named(step)[0] ?? '');
                await editor.page.waitForFunction(`Boolean(RED.nodes.node('${webhook}').account)`);
            },
            async (step) => {
                await press(editor.page, named(step)[0] ?? '');
                should(await editor.typedInput('conversation').value()).equal('missive.conversation');
            },
            async (step) => {
                // Wherever the cursor is: that it is in the right place is what the step before says.
                await editor.page.keyboard.type(named(step)[0] ?? '');
                should(await editor.typedInput('body').value()).equal(named(step)[0]);
            },
            async (step) => {
                should(named(step)[0]).equal(done);
                await editor.page.locator('#node-dialog-ok', { hasText: done }).click();
                await editor.page.locator(`[id="${draft}"] .red-ui-flow-node-error`).waitFor({ state: 'hidden' });
                for (const id of [webhook, draft]) should(await editor.complaints(id)).be.empty();
            },
            async (step) => {
                await editor.deploy();
                await editor.untilStatus(webhook, named(step).at(-1) ?? '', 'dot-grey');
            },
            async (step) => {
                const opened = editor.page.context().waitForEvent('page');
                await press(editor.page, named(step)[0] ?? '');
                inbox = new PracticePage(await opened);
                await inbox.ready();
            },
            async (step) => {
                await press(inbox.page, named(step)[0] ?? '');
                await inbox.page.locator('dialog[open]').waitFor();
            },
            async (step) => {
                await inbox.page.locator('dialog[open] button.primary', { hasText: named(step)[0] ?? '' }).click();
                await inbox
                    .entries('draft')
                    .getByText(named(steps[6] ?? '')[0] ?? '')
                    .waitFor();
                await editor.page.bringToFront();
                await editor.page.locator(`[id="${draft}"]`).getByText(written).waitFor();
                // The Missive tab asks for news by itself: its line of the event is in the picture, too.
                await editor.page.locator('.missive-wb-row .missive-wb-kind').first().waitFor();
            },
        ];

        before(async function () {
            browser = await browserOrSkip.call(this);
            nodeRed = await startNodeRed({
                env: locale === 'fr' ? { LC_ALL: 'fr_FR.UTF-8' } : {},
                settings: { lang: locale },
            });
            editor = await Editor.open(browser, nodeRed.adminUrl, { locale });
        });
        after(async () => {
            await browser?.close();
            await nodeRed?.stop();
        });
        afterEach(() => should([...(editor?.errors ?? []), ...(inbox?.errors ?? [])]).be.empty());

        it('has twelve actions at most', () => {
            steps.length.should.equal(acts.length);
            steps.length.should.be.belowOrEqual(12);
        });

        /** What is seen after a step, for the documentation's site: `PICTURES=folder`. */
        const picture = async (number: number) => {
            const folder = process.env.PICTURES;
            if (!folder) return;
            mkdirSync(folder, { recursive: true });
            const inInbox = acts.length - number;
            const page = inInbox === 1 || inInbox === 2 ? inbox.page : editor.page;
            const name = `first-flow-${locale.slice(0, 2)}-${String(number).padStart(2, '0')}.png`;
            await page.screenshot({ path: path.join(folder, name) });
        };

        for (const [place, act] of acts.entries())
            it(`${place + 1}. ${steps[place]}`, async () => {
                await act(steps[place] ?? '');
                await picture(place + 1);
            });
    });
