import type { Browser } from 'playwright-core';
import should from 'should';
import { Sandbox } from '../../src/sandbox/sandbox';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const wrong = 'missive_pat-wrong-0123456789';
const right = 'missive_pat-right-9876543210';

describe('a wrong token, typed in the account’s dialog', function () {
    this.timeout(180_000);
    let missive: Sandbox;
    let nodeRed: NodeRed;
    let browser: Browser;
    let editor: Editor;

    const enter = async (token: string) => {
        await editor.edit('draft');
        await editor.editConfig();
        await editor.field('token').fill(token);
        await editor.saveConfig();
        await editor.done();
        await editor.deploy();
        await nodeRed.logged(/Started (modified )?(flows|nodes)/);
        await editor.page.locator('#red-ui-header-button-deploy.disabled').waitFor();
    };

    before(async function () {
        browser = await browserOrSkip.call(this);
        missive = new Sandbox({ token: right });
        const place = (x: number) => ({ z: 'tab', x, y: 200 });
        const debug = { type: 'debug', active: true, tosidebar: true, console: true, targetType: 'jsonata', wires: [] };
        nodeRed = await startNodeRed({
            flows: [
                { id: 'tab', type: 'tab', label: 'Flow' },
                {
                    id: 'acc',
                    type: 'missive-config',
                    name: 'Shop',
                    from: 'shop@harborbikes.example',
                    url: await missive.address(),
                    version: 1,
                },
                {
                    id: 'inject',
                    type: 'inject',
                    ...place(120),
                    props: [],
                    repeat: '',
                    crontab: '',
                    once: false,
                    wires: [['draft']],
                },
                {
                    ...{
                        id: 'draft',
                        type: 'missive-create-draft',
                        ...place(320),
                        account: 'acc',
                        wires: [['written']],
                    },
                    ...{ body: 'from the wrong-token test', bodyType: 'str', version: 1 },
                },
                { id: 'written', ...debug, ...place(520), complete: '$string(missive)' },
                { id: 'catch', type: 'catch', ...place(320), y: 300, scope: null, uncaught: false, wires: [['why']] },
                { id: 'why', ...debug, ...place(520), y: 300, complete: '$string(error)' },
            ],
        });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
        await missive?.close();
    });
    afterEach(() => should(editor?.errors ?? []).be.empty());

    it('shows under the node, and the Catch node has Missive’s words and what to do', async () => {
        await enter(wrong);
        await editor.inject('inject');
        await editor.untilStatus('draft', 'token refused', 'ring-red');
        const [message] = await editor.debugged(1);
        should(message).containEql('Authentication token is invalid or has been revoked');
        should(message).containEql("Check the account's API token").and.containEql('ERR_MISSIVE_AUTH');
        should(JSON.stringify(missive.snapshot().conversations)).not.containEql('from the wrong-token test');
    });

    it('is nowhere to be seen', async () => {
        for (const text of [nodeRed.log(), await editor.page.content(), JSON.stringify(await nodeRed.flows())])
            should(text).not.containEql('0123456789');
    });

    it('works with the right one', async () => {
        await enter(right);
        await editor.inject('inject');
        const [, message] = await editor.debugged(2);
        should(message).containEql('"status":201');
        should(await editor.status('draft')).match(/^draft written · \d\d:\d\d/);
        for (const text of [nodeRed.log(), await editor.page.content()]) should(text).not.containEql('9876543210');
    });
});
