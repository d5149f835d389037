import type { Browser } from 'playwright-core';
import should from 'should';
import { openBrowser } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

describe('the forms of webhook in and webhook done', function () {
    this.timeout(180_000);
    let red: NodeRed;
    let browser: Browser;
    let editor: Editor;
    const place = { z: 'f', x: 200, wires: [] };

    before(async () => {
        red = await startNodeRed({
            flows: [
                { id: 'f', type: 'tab', label: 'x' },
                { id: 'acc', type: 'missive-config', name: 'a', url: 'http://127.0.0.1:1' },
                { ...place, id: 'in', type: 'missive-webhook-in', account: 'acc', path: 'a', y: 100 },
                { ...place, id: 'done', type: 'missive-webhook-done', y: 200 },
            ],
        });
        browser = await openBrowser();
        editor = await Editor.open(browser, red.adminUrl);
    });
    after(async () => {
        await editor?.close();
        await browser?.close();
        await red?.stop();
    });
    afterEach(() => {
        editor.errors.should.eql([]);
    });

    const visible = (selector: string) => editor.page.locator(selector).first().isVisible();

    it('webhook in: keep and answer are stored', async () => {
        await editor.edit('in');
        (await editor.field('answer').inputValue()).should.equal('received');
        (await editor.field('mode').inputValue()).should.equal('rule');
        await editor.field('answer').selectOption('done');
        await editor.field('keep').check();
        (await visible('[data-row="labels"]')).should.be.false();
        await editor.page.locator('[data-section="more"] > summary').click();
        await editor.pick('labels', 'l1', 'l2');
        await editor.field('changes').check();
        if (process.env.SCREENSHOTS) await editor.screenshot(`${process.env.SCREENSHOTS}/more.png`);
        await editor.done();
        should(await editor.property('in', 'answer')).equal('done');
        should(await editor.property('in', 'keep')).be.true();
        should(await editor.property('in', 'labels')).equal('l1,l2');
        should(await editor.property('in', 'changes')).be.true();
    });

    it('webhook in: the fields of a rule of its own show in that mode only, and those of its type', async () => {
        await editor.edit('in');
        (await visible('#node-input-url')).should.be.false();
        (await visible('#missive-webhook-in-missive')).should.be.true();
        await editor.field('mode').selectOption('hook');
        (await visible('#node-input-url')).should.be.true();
        (await visible('#missive-webhook-in-missive')).should.be.false();
        (await visible('[data-row="subject_contains"]')).should.be.true();
        (await visible('[data-row="author"]')).should.be.false();
        await editor.typedInput('hook_type').set('str', 'new_comment');
        (await visible('[data-row="subject_contains"]')).should.be.false();
        await editor.typedInput('is_task').set('bool', 'true');
        await editor.typedInput('author').set('str', 'u1');
        await editor.field('url').fill('https://flows.example');
        if (process.env.SCREENSHOTS) await editor.screenshot(`${process.env.SCREENSHOTS}/hook.png`);
        await editor.done();
        const names = ['mode', 'url', 'hook_type', 'hook_typeType', 'is_task', 'is_taskType', 'author', 'mention'];
        const stored = await Promise.all(names.map((name) => editor.property('in', name)));
        stored.should.eql(['hook', 'https://flows.example', 'new_comment', 'str', 'true', 'bool', 'u1', undefined]);
        await editor.edit('in');
        (await editor.typedInput('hook_type').value()).should.equal('new_comment');
        (await editor.typedInput('author').value()).should.equal('u1');
        await editor.cancel();
    });

    it('webhook done: the outcome is stored', async () => {
        await editor.edit('done');
        (await editor.typedInput('outcome').value()).should.equal('done');
        await editor.typedInput('outcome').set('str', 'failed');
        if (process.env.SCREENSHOTS) await editor.screenshot(`${process.env.SCREENSHOTS}/done.png`);
        await editor.done();
        should(await editor.property('done', 'outcome')).equal('failed');
        should(await editor.property('done', 'outcomeType')).equal('str');
    });
});
