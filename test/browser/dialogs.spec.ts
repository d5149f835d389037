import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const root = path.resolve(__dirname, '../..');
const types = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))['node-red'].nodes);
/** As 0.1.0 saved them: nodes as they came from its palette, nodes with type and account alone, and those of its examples. */
const saved: { id: string; type: string; z?: string }[] = JSON.parse(
    readFileSync(path.join(__dirname, 'flows-0.1.0.json'), 'utf8'),
);

/** In the page: opens a node's dialog, closes it, and gives what is not as before. */
const openAndClose = `async (id, button) => {
    const until = (what, holds) => new Promise((resolve, reject) => {
        const since = performance.now();
        const look = () => {
            if (holds()) resolve();
            else if (performance.now() - since > 20000) reject(new Error(what));
            else requestAnimationFrame(look);
        };
        look();
    });
    const node = RED.nodes.node(id);
    const config = node._def.category === 'config';
    const prefix = config ? '#node-config-dialog-' : '#node-dialog-';
    const whole = () => JSON.stringify(RED.nodes.createCompleteNodeSet().find((each) => each.id === id));
    const before = whole();
    if (config) RED.editor.editConfig('', node.type, id);
    else RED.editor.edit(node);
    await until('the dialog of ' + node.type + ' does not open', () => $(prefix + 'ok:visible').length > 0 && $('.red-ui-tray-body .missive-form').length > 0);
    // Node-RED fills the boxes, then says of each that it has changed, then the dialog slides in.
    let still = 0;
    await until('it does not stand still', () => {
        const moving = $('.red-ui-tray').toArray().some((each) => each.getAnimations().length > 0) || !standsStill();
        still = moving ? 0 : still + 1;
        return still === 5;
    });
    $(prefix + button).trigger('click');
    await until('the dialog of ' + node.type + ' does not close', () => $('.red-ui-tray').length === 0);
    const after = whole();
    const names = Object.keys({ ...JSON.parse(before), ...JSON.parse(after) });
    const [was, is] = [JSON.parse(before), JSON.parse(after)];
    // What a flow file leaves out is read from the payload: Done may write that down, which changes nothing of what the node does.
    const spelled = (name) => was[name] === undefined && /^(msg|payload\\..*)$/.test(is[name]);
    // Of credentials the editor only knows that they are there once a dialog has asked.
    const changed = names.filter((name) => name !== 'credentials' && JSON.stringify(was[name]) !== JSON.stringify(is[name]));
    const kept = changed.filter((name) => button === 'cancel' || !spelled(name));
    const marked = changed.length === 0 && (node.changed || RED.nodes.dirty()) ? ['to be deployed'] : [];
    node.changed = false;
    RED.nodes.dirty(false);
    return [...kept, ...marked];
}`;

describe('a dialog that is opened and closed', function () {
    this.timeout(300_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        this.timeout(300_000);
        nodeRed = await startNodeRed({ flows: saved });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });

    /** What each of the nodes is not any more, by node and button: `ids` by both, those in `done` by Done alone. */
    async function changes(ids: readonly string[], done: readonly string[] = []) {
        const found: Record<string, readonly string[]> = {};
        for (const id of [...ids, ...done])
            for (const button of done.includes(id) ? ['ok'] : ['cancel', 'ok']) {
                const changed: string[] = await editor.page.evaluate(`(${openAndClose})('${id}', '${button}')`);
                if (changed.length > 0) found[`${await editor.property(id, 'type')} ${id}: ${button}`] = changed;
            }
        return found;
    }

    for (const type of new Set(saved.map((node) => node.type).filter((type) => type !== 'tab')))
        it(`${type}: leaves what 0.1.0 has saved as it is`, async () => {
            const own = saved.filter((node) => node.type === type).map(({ id }) => id);
            // The first is as it came from the palette. DIALOGS=all opens every one and cancels, too: minutes.
            const [first = '', ...more] = own;
            if (process.env.DIALOGS === 'all') should(await changes(own)).eql({});
            else should(await changes([first], [...more.slice(0, 1), ...more.slice(1).slice(-1)])).eql({});
        });

    it('leaves every new node as it is', async () => {
        const ids: string[] = await editor.page.evaluate(`(() => {
            const flow = RED.nodes.createCompleteNodeSet().find(({ type }) => type === 'tab').id;
            const account = RED.nodes.createCompleteNodeSet().find(({ type }) => type === 'missive-config').id;
            return ${JSON.stringify(types.filter((type) => type !== 'missive-config'))}.map((type, at) => {
                RED.view.importNodes([{ id: 'new' + at, type, z: flow, x: 100, y: 60 * at, wires: [],
                    ...Object.fromEntries(Object.entries(RED.nodes.getType(type).defaults)
                        .flatMap(([name, { value }]) => value === undefined ? [] : [[name, value]])),
                    ...('account' in RED.nodes.getType(type).defaults && { account }) }],
                    { generateIds: false, addFlow: false, touchImport: true });
                return 'new' + at;
            });
        })()`);
        await editor.page.evaluate('RED.nodes.eachNode((node) => { node.changed = false; }), RED.nodes.dirty(false)');
        should(await changes(ids)).eql({});
    });

    it('has the whole help beside it', async () => {
        const help: [string, string][] = await editor.page.evaluate(
            `${JSON.stringify(types)}.map((type) => [type, RED.nodes.getNodeHelp(type)])`,
        );
        for (const [type, text] of help) {
            should(text).match(/^\s*<p>[^<]{10,}/, `${type}: ${text.slice(0, 200)}`);
            should(text).not.match(/missive-forms:|__\w+__/, type);
            if (text.includes('payload.')) should(text.match(/<h3>/g)?.length ?? 0).be.aboveOrEqual(2, type);
        }
        const [, task = ''] = help.find(([type]) => type === 'missive-create-task') ?? [];
        task.should.match(
            /<dt>payload\.title <span class="property-type">text<\/span><\/dt>\s*<dd><b>Title<\/b> – What is/,
        );
        task.should.match(/<dt>ERR_MISSIVE_INPUT<\/dt>/);
        task.should.match(/msg\.payload = \{\n {2}&#34;title&#34;: &#34;Order forks&#34;/);
        should(task.match(/<h3>Inputs<\/h3>/g)?.length).equal(1);
        should(editor.errors).be.empty();
    });
});
