import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const flows = [
    { id: 'f1', type: 'tab', label: 'Flow' },
    { id: 'acc', type: 'missive-config', name: 'Practice', connection: 'sandbox' },
    { id: 'n1', z: 'f1', type: 'missive-save', account: 'acc', resource: 'team', x: 300, y: 100, wires: [[]] },
    { id: 'n2', z: 'f1', type: 'missive-get', account: 'acc', x: 300, y: 200, wires: [[]] },
];

describe('a node for several kinds of things in the editor', function () {
    this.timeout(180_000);
    let browser: Browser;
    let nodeRed: NodeRed;
    let editor: Editor;

    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({ flows });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await nodeRed?.stop();
        await browser?.close();
    });
    afterEach(() => editor.errors.should.eql([]));

    const seen = (property: string) =>
        editor.page.locator(`.form-row:has(> label[for="node-input-${property}"])`).isVisible();
    const section = (name: string) => editor.page.locator(`.missive-section[data-section="${name}"]`).isVisible();
    const label = (id: string) => editor.page.locator(`[id="${id}"] .red-ui-flow-node-label`).textContent();

    it('is called by its kind on the canvas', async () => {
        should(await label('n1')).equal('save team');
        should(await label('n2')).equal('get conversation');
    });

    it('shows the rows of its kind, and those of another as soon as that is chosen', async () => {
        await editor.edit('n1');
        const rows = async () => [await seen('team_name'), await seen('shared_label_name'), await seen('title')];
        should(await rows()).eql([true, false, false]);
        should([await section('team'), await section('response')]).eql([true, false]);
        await editor.field('resource').selectOption('response');
        should(await rows()).eql([false, false, true]);
        should([await section('team'), await section('response')]).eql([false, true]);
        await editor.typedInput('title').set('str', 'Opening hours');
        await editor.done();
        should(await editor.property('n1', 'resource')).equal('response');
        should(await editor.property('n1', 'title')).equal('Opening hours');
        // What nobody touched stays out of the flow file.
        should(await editor.property('n1', 'team_name')).be.undefined();
        await editor.page.locator('[id="n1"] .red-ui-flow-node-label', { hasText: 'save response' }).waitFor();
    });

    it('marks a row that its kind requires, and no longer when another kind is chosen', async () => {
        await editor.edit('n2');
        await editor.typedInput('conversation_id').set('none');
        should(await editor.page.locator('#missive-wrong-conversation_id').textContent()).match(/required/);
        await editor.field('resource').selectOption('message');
        should(await seen('conversation_id')).be.false();
        should(await seen('message_id')).be.true();
        await editor.done();
        should(await editor.property('n2', 'valid')).be.true();
        // What was left out stays so: nothing is read from the message that nobody asked for.
        await editor.edit('n2');
        await editor.field('resource').selectOption('conversation');
        should(await editor.page.locator('#missive-wrong-conversation_id').textContent()).match(/required/);
        await editor.done();
        should(await editor.property('n2', 'valid')).be.false();
    });
});
