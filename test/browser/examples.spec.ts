import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { exampleFiles, flowIn } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';

const shots = process.env.SHOTS;
/** Where the pictures of the documentation go. */
const pictures = process.env.PICTURES;

describe('the examples in the editor', function () {
    this.timeout(180_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows: exampleFiles.flatMap(({ file }) => flowIn(file)) });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await nodeRed?.stop();
    });

    it('have no node that the editor marks as wrong', async () => {
        const wrong = await editor.page.evaluate(`(() => {
            const found = [];
            RED.nodes.eachNode((node) => { if (!node.valid) found.push([node.type, node.name, ...(node.validationErrors || [])]); });
            RED.nodes.eachConfig((node) => { if (!node.valid) found.push([node.type, node.name, ...(node.validationErrors || [])]); });
            return found;
        })()`);
        should(wrong).eql([]);
        should(editor.errors).eql([]);
    });

    for (const { file, name } of exampleFiles)
        it(`${file} reads from left to right, no wider than a page, its notes in line`, async () => {
            const tab = String(flowIn(file).find(({ type }) => type === 'tab')?.id);
            // A node has its size once it is drawn.
            await editor.page.evaluate(`RED.workspaces.show('${tab}')`);
            await editor.page.waitForFunction(
                `RED.nodes.filterNodes({ z: '${tab}' }).every(({ id }) => document.getElementById(id))`,
            );
            if (shots) await editor.screenshot(path.join(shots, `${name}.png`));
            if (pictures) await editor.picture(path.join(pictures, `${name}.png`));
            const wrong = await editor.page.evaluate(`(() => {
                const nodes = RED.nodes.filterNodes({ z: '${tab}' });
                const over = (one, two) =>
                    Math.abs(one.x - two.x) < (one.w + two.w) / 2 && Math.abs(one.y - two.y) < (one.h + two.h) / 2;
                const left = (one) => one.x - one.w / 2;
                const back = nodes.flatMap((one) => (one.wires || []).flat().map((id) => RED.nodes.node(id))
                    .filter((two) => left(two) < one.x + one.w / 2 + 5).map((two) => one.name + ' <- ' + two.name));
                const notes = new Set(nodes.filter(({ type }) => type === 'comment').map(left));
                return back.concat(notes.size > 1 ? ['notes at ' + [...notes]] : []).concat(nodes.flatMap((one, at) => [
                    ...(one.x + one.w / 2 > 1000 || one.x < one.w / 2 ? [one.name] : []),
                    ...nodes.slice(at + 1).flatMap((two) => (over(one, two) ? [one.name + ' / ' + two.name] : [])),
                ]));
            })()`);
            should(wrong).eql([]);
        });
});
