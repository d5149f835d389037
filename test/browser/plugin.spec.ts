import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const root = path.resolve(__dirname, '../..');
const name = '@missive-community/node-red-missive';

/** Packs the package as npm would publish it. */
function packed(folder: string): string {
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
    const args = [...first, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8' }));
    return path.join(folder, filename);
}

describe('the script that all forms share', function () {
    this.timeout(180_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;
    let folder: string;

    before(async function () {
        browser = await browserOrSkip.call(this);
        folder = mkdtempSync(path.join(tmpdir(), 'missive-plugin-'));
    });
    afterEach(async () => {
        should(editor?.errors ?? []).be.empty();
        await editor?.close();
        await nodeRed?.stop();
    });
    after(async () => {
        await browser?.close();
        if (folder) rmSync(folder, { recursive: true, force: true });
    });

    it('is in the page once, whatever the number of nodes', async () => {
        nodeRed = await startNodeRed();
        editor = await Editor.open(browser, nodeRed.adminUrl);
        const styles = `[...document.querySelectorAll('style')].filter((each) => each.textContent.includes('.missive-form ')).length`;
        should(await editor.page.evaluate(styles)).equal(1);
        should(await editor.page.evaluate('RED.missive.ready')).be.true();
    });

    it('is there right after an installation into a running Node-RED, which announces no plugin', async () => {
        nodeRed = await startNodeRed({ installed: folderOfNothing(folder) });
        editor = await Editor.open(browser, nodeRed.adminUrl);
        const { page } = editor;
        const answer = await fetch(`${nodeRed.adminUrl}/nodes`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ module: name, url: packed(folder) }),
        });
        should(answer.status).equal(200, await answer.text());
        await page.locator('.red-ui-palette-node[data-palette-type="missive-create-task"]').waitFor();
        await page.waitForFunction('RED.missive?.ready');
        const id = await editor.drag('missive-create-task', 250, 120);
        should((await editor.complaints(id)).join()).match(/Title is required/);
        await editor.edit(id);
        await editor.typedInput('title').set('str', 'Order forks');
        await editor.typedInput('description').set('str', 'Two of them');
        await editor.done();
        should(await editor.property(id, 'title')).equal('Order forks');
        should(await editor.property(id, 'description')).equal('Two of them');
    });

    it('may come after the nodes: they register without it, and their dialogs work once it is there', async () => {
        nodeRed = await startNodeRed({
            flows: [
                { id: 'f', type: 'tab', label: 'x' },
                { id: 'acc', type: 'missive-config', connection: 'sandbox' },
                { id: 'task', type: 'missive-create-task', z: 'f', x: 300, y: 100, account: 'acc', wires: [[]] },
            ],
        });
        let release = () => {};
        const held = new Promise<void>((resolve) => {
            release = resolve;
        });
        const context = await browser.newContext({ locale: 'en-US' });
        // As after an installation: the first list of plugins lacks it.
        let asked = 0;
        await context.route(/\/plugins(\?.*)?$/, async (route) => {
            if (route.request().headers().accept?.includes('json')) return route.continue();
            if (asked++ === 0) return route.fulfill({ contentType: 'text/html', body: '' });
            await held;
            return route.continue();
        });
        editor = await Editor.open(browser, nodeRed.adminUrl, { context });
        should(await editor.page.evaluate('RED.missive.ready')).be.undefined();
        should(await editor.page.evaluate(`RED.utils.getNodeLabel(RED.nodes.node('task'))`)).equal('create task');
        await editor.edit('task');
        await editor.done();
        should(await editor.dirty()).be.false();
        release();
        await editor.page.waitForFunction('RED.missive.ready');
        await editor.edit('task');
        should(await editor.typedInput('title').value()).equal('payload.title');
        await editor.done();
        should(await editor.dirty()).be.false();
    });
});

/** A package without a node: what is installed in the Node-RED that the package comes into. */
function folderOfNothing(folder: string): string {
    const manifest = JSON.stringify({ name: 'nothing', version: '1.0.0' });
    mkdirSync(path.join(folder, 'nothing'), { recursive: true });
    writeFileSync(path.join(folder, 'nothing', 'package.json'), manifest);
    return path.join(folder, 'nothing');
}
