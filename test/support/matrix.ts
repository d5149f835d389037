/**
 * Takes a picture of every dialog in each theme, language, width and Node-RED, and lists what looks broken there:
 *
 *     MATRIX_DIR=.cache/matrix node --import tsx test/support/matrix.ts [missive-get dark fr 1024 …]
 *
 * Words after it take those alone. The Node-RED is that of the tests; another one is named in `NODE_RED_DIR`. Build first.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser';
import { Editor } from './editor';
import { broken } from './looks';
import { nodeRedFolder, startNodeRed } from './node-red';

const root = path.resolve(__dirname, '../..');
const folder = path.resolve(process.env.MATRIX_DIR ?? path.join(root, '.cache/matrix'));
const every = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))['node-red'].nodes);
const asked = process.argv.slice(2);
/** Those that were asked for, else all. */
const among = (all: readonly string[]): readonly string[] => {
    const some = all.filter((each) => asked.includes(each));
    return some.length > 0 ? some : all;
};
const types = among(every);
const { version } = JSON.parse(readFileSync(path.join(nodeRedFolder, 'package.json'), 'utf8'));
/** Node-RED 4 has no dark theme of its own. */
const themes = version.startsWith('4.') ? ['light'] : among(['light', 'dark']);

const account = { id: 'acc', type: 'missive-config', name: '', connection: 'sandbox', version: 1 };
const real = { ...account, id: 'real', connection: 'missive' };
const flows = [{ id: 'tab', type: 'tab', label: 'Flow' }, account, real];

/** Brings each node from the palette, as a person would: what it starts with is to be seen, too. */
async function fromPalette(browser: Browser, adminUrl: string): Promise<ReadonlyMap<string, string>> {
    const editor = await Editor.open(browser, adminUrl);
    const ids = new Map([['missive-config', real.id]]);
    for (const [place, type] of types.filter((each) => each !== 'missive-config').entries()) {
        const id = await editor.drag(type, 120 + 220 * (place % 3), 60 + 60 * Math.floor(place / 3));
        await editor.page.evaluate(`RED.nodes.node('${id}').account = '${account.id}'`);
        ids.set(type, id);
    }
    if (ids.size > 1) await editor.deploy({ anyway: true });
    await editor.close();
    return ids;
}

/** In the page: opens a dialog, as a double click does, and waits until it stands still. */
const openDialog = `async (id) => {
    const node = RED.nodes.node(id);
    if (node._def.category === 'config') RED.editor.editConfig('', node.type, id);
    else RED.editor.edit(node);
    const still = () => $('.red-ui-tray-body .missive-form').length > 0 && $('.red-ui-tray').toArray().every((each) => each.getAnimations().length === 0);
    while (!still()) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve, 500));
}`;

async function dialogs(
    browser: Browser,
    adminUrl: string,
    ids: ReadonlyMap<string, string>,
    theme: string,
    locale: string,
): Promise<void> {
    const context = await browser.newContext({ locale, viewport: { width: 1400, height: 900 } });
    await context.addInitScript(`localStorage.setItem('view-dark-theme', '${theme}')`);
    const editor = await Editor.open(browser, adminUrl, { context });
    try {
        for (const width of among(['1024', '1400']).map(Number)) {
            await editor.page.setViewportSize({ width, height: 900 });
            for (const type of types)
                await dialog(editor, type, ids.get(type) ?? '', `${type} ${version} ${theme} ${locale} ${width}`);
        }
    } finally {
        await editor.close();
    }
}

async function dialog(editor: Editor, type: string, id: string, name: string): Promise<void> {
    const { page } = editor;
    await page.evaluate(`RED.sidebar.help.show(${JSON.stringify(type)})`);
    await page.evaluate(`(${openDialog})('${id}')`);
    // What is folded is a part of the dialog, too.
    await page.evaluate(
        `document.querySelectorAll('.missive-section:not([hidden])').forEach((each) => { each.open = true; })`,
    );
    await page.screenshot({ path: path.join(folder, `${name.replaceAll(' ', '_')}.png`) });
    for (const found of await broken(page)) console.log(`${name}: ${found}`);
    await page.evaluate(`$('#node-dialog-cancel:visible, #node-config-dialog-cancel:visible').trigger('click')`);
    await page.waitForFunction(`$('.red-ui-tray').length === 0`);
    for (const error of editor.errors.splice(0)) console.log(`${name}: ${error}`);
}

async function matrix(): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const nodeRed = await startNodeRed({ flows });
    const browser = await openBrowser();
    try {
        const ids = await fromPalette(browser, nodeRed.adminUrl);
        for (const theme of themes)
            for (const locale of among(['en-US', 'fr'])) await dialogs(browser, nodeRed.adminUrl, ids, theme, locale);
    } finally {
        await browser.close();
        await nodeRed.stop();
    }
}

void matrix();
