import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import createTask from '../../nodes/missive-create-task';
import upsertContact from '../../nodes/missive-upsert-contact';
import { type Texts, textsOf } from '../../src/editor/texts';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticePage } from '../support/practice-inbox';

const operations = [createDraft, upsertContact, createTask].map(({ operation }) => operation);
const locales = path.resolve(__dirname, '../../nodes/locales');
const read = (...file: string[]) => JSON.parse(readFileSync(path.join(...file), 'utf8'));
const french = (type: string) => read(locales, 'fr', `${type}.json`);
/** What ships, out of the build. */
const written = (locale: string, type: string) => read(locales, '../../dist/nodes/locales', locale, `${type}.json`);

/** All texts of the nodes whose forms are declared by themselves, in one language. */
const handWritten = (locale: string): string[] => {
    const leaves = (value: unknown): string[] =>
        typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
    return ['missive-config', 'missive-webhook-in'].flatMap((type) => leaves(written(locale, type)));
};

/** What the same places say in each language. */
const expected = {
    'en-US': {
        texts: Object.fromEntries(operations.map((op) => [op.type, textsOf(op)])),
        ...{
            path: 'Path',
            practice: 'Open the practice inbox',
            listening: 'listening',
            incomplete: 'account incomplete',
        },
        ...{ page: 'en', title: 'Practice inbox', write: 'A customer writes', help: /signature/ },
    },
    fr: {
        texts: Object.fromEntries(operations.map(({ type }) => [type, french(type) as Texts])),
        ...{ path: 'Chemin', practice: written('fr', 'missive-config').openPractice },
        ...{ listening: written('fr', 'missive-webhook-in').listening, incomplete: 'compte incomplet' },
        ...{ page: 'fr', title: "Boîte d'entraînement", write: 'Un client écrit', help: /signature/ },
    },
};

/** Everything that the elements say or would say, text and attributes, one by one. */
const said = (selector: string) => `[...document.querySelectorAll('${selector}')].flatMap((root) => {
    const texts = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) texts.push(node.data.trim());
        else for (const name of ['placeholder', 'title', 'aria-label', 'alt']) texts.push(node.getAttribute(name) ?? '');
    }
    return texts.filter(Boolean);
})`;

/** Keys of a catalogue that nobody has put into words. What the help says of a message looks alike. */
const keys = (texts: string[]) =>
    texts.filter(
        (text) =>
            (/^[a-z][\w-]*(\.[\w-]+)+$/i.test(text) && !/^(msg|payload)\./.test(text)) ||
            /\bmissive-[a-z-]+\.\w|__\w+__/.test(text),
    );

/** How *create draft* is called where the message decides whether it sends. */
const mayBeSent: Readonly<Record<string, string>> = { 'en-US': 'draft or message', fr: 'brouillon ou message' };

describe('the languages', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let browser: Browser;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({
            flows: [
                { id: 'tab', type: 'tab', label: 'Flow' },
                { id: 'acc', type: 'missive-config', name: '', connection: 'sandbox', version: 1 },
                { id: 'empty', type: 'missive-config', name: 'empty', connection: 'missive', version: 1 },
                ...[
                    { id: 'missive-webhook-in', account: 'acc', path: 'in', events: [] },
                    ...operations.map(({ type }) => ({ id: type, account: 'acc' })),
                ].map((each, place) => ({
                    ...{ ...each, type: each.id, name: '', z: 'tab', x: 300, y: 60 + 60 * place, wires: [[]] },
                    version: 1,
                })),
                {
                    ...{ id: 'refused', type: 'missive-create-draft', z: 'tab', x: 500, y: 360, wires: [[]] },
                    ...{ account: 'empty', body: 'Hello', bodyType: 'str', version: 1 },
                },
                { id: 'inject', type: 'inject', z: 'tab', x: 200, y: 360, props: [], wires: [['refused']] },
            ],
        });
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });

    for (const [locale, words] of Object.entries(expected)) {
        describe(`the editor in ${locale}`, () => {
            let editor: Editor;

            before(async () => {
                editor = await Editor.open(browser, nodeRed.adminUrl, { locale });
            });
            after(() => editor?.close());
            afterEach(() => should(editor?.errors ?? []).be.empty());

            it('names the nodes in the palette and on the canvas', async () => {
                for (const { type } of operations) {
                    const label = words.texts[type]?.label ?? '';
                    const entry = editor.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
                    should((await entry.innerText()).replace(/\s+/g, ' ').trim()).equal(label);
                    // What may send, as its message decides, is not called a draft.
                    const drawn = type === 'missive-create-draft' ? mayBeSent[locale] : label;
                    should(
                        await editor.page.locator(`[id="${type}"] .red-ui-flow-node-label`).first().textContent(),
                    ).equal(drawn);
                }
                should(keys(await editor.page.evaluate(said('#red-ui-palette')))).be.empty();
            });

            it('has every word of every dialog', async () => {
                for (const { type } of operations) {
                    await editor.edit(type);
                    const texts: string[] = await editor.page.evaluate(said('.red-ui-tray'));
                    const { fields, sections, settings } = words.texts[type] as Texts;
                    const labels = [...Object.values(fields), ...Object.values(settings)].map(({ label }) => label);
                    for (const text of [...labels, ...Object.values(sections)]) should(texts).containEql(text);
                    should(keys(texts)).be.empty();
                    await editor.cancel();
                }
                await editor.edit('missive-webhook-in');
                const webhook: string[] = await editor.page.evaluate(said('.red-ui-tray'));
                should(webhook).containEql(words.path);
                await editor.editConfig();
                const both: string[] = await editor.page.evaluate(said('.red-ui-tray'));
                should(both).containEql(words.practice);
                // A text that is missing would show in the other language.
                const foreign = handWritten(locale === 'fr' ? 'en-US' : 'fr');
                const native = handWritten(locale);
                should(both.filter((text) => foreign.includes(text) && !native.includes(text))).be.empty();
                should(keys(both)).be.empty();
                await editor.saveConfig();
                await editor.cancel();
            });

            it('explains every node', async () => {
                for (const { type } of operations) {
                    const help = await editor.help(type);
                    const { summary, fields } = words.texts[type] as Texts;
                    should(help).containEql(summary);
                    for (const { label } of Object.values(fields)) should(help).containEql(label);
                }
                should(await editor.help('missive-webhook-in')).match(words.help);
                should(await editor.help('missive-config')).not.be.empty();
                const texts: string[] = await editor.page.evaluate(said('.red-ui-sidebar-help-stack'));
                should(keys(texts)).be.empty();
            });

            it('says how the nodes fare', async () => {
                await editor.untilStatus('missive-webhook-in', words.listening, 'dot-grey');
                await editor.inject('inject');
                await editor.untilStatus('refused', words.incomplete, 'ring-red');
            });

            it('has the practice inbox in its language', async () => {
                const inbox = await PracticePage.open(editor.page.context(), nodeRed.adminUrl);
                await inbox.ready();
                should(await inbox.page.locator('html').getAttribute('lang')).equal(words.page);
                should(await inbox.page.locator('h1').innerText()).equal(words.title);
                should(await inbox.page.locator('[data-act="write"]').innerText()).equal(words.write);
                for (const act of ['write', 'comment', 'label', 'reset'] as const) {
                    await inbox.dialog(act);
                    should(keys(await inbox.page.evaluate(said('body')))).be.empty();
                    await inbox.page.keyboard.press('Escape');
                }
                // The language that was chosen in the editor counts more than the browser's.
                const other = words.page === 'fr' ? 'en-US' : 'fr';
                await inbox.page.evaluate(`localStorage.setItem('editor-language', '${other}')`);
                await inbox.page.reload();
                await inbox.ready();
                should(await inbox.page.locator('h1').innerText()).equal(expected[other].title);
                should(inbox.errors).be.empty();
            });
        });
    }
});
