import should from 'should';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

describe("an account's limiter", function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let nodeRed: NodeRed;
    let url: string;

    const place = { z: 'f1', x: 100, y: 100 };
    const payload =
        '{"title":"x","team":"1f0a5c3e-b3c3-4696-a022-3f99b58b0d61","organization":"7c1e0f52-886f-4e3d-af67-614f41edf1df"}';
    const flows = () => [
        { id: 'f1', type: 'tab', label: 'x' },
        { id: 'acc', type: 'missive-config', url },
        { id: 'blank', type: 'missive-config', url },
        {
            ...place,
            id: 'start',
            type: 'inject',
            props: [{ p: 'payload' }],
            payload,
            payloadType: 'json',
            wires: [['task']],
        },
        { ...place, id: 'task', y: 200, type: 'missive-create-task', account: 'acc', wires: [[]] },
    ];
    const state = async (id = 'acc') => {
        const response = await fetch(`${nodeRed.adminUrl}/missive/limiter/${id}`);
        return response.status === 200 ? ((await response.json()) as Record<string, unknown>) : response.status;
    };
    const inject = async (count: number) => {
        const before = missive.seen.length;
        for (let at = 0; at < count; at++) await fetch(`${nodeRed.adminUrl}/inject/start`, { method: 'POST' });
        while (missive.seen.length < before + count) await new Promise((resolve) => setTimeout(resolve, 10));
        await new Promise((resolve) => setTimeout(resolve, 100));
    };

    before(async () => {
        url = await missive.start();
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
        nodeRed = await startNodeRed({ keep: true, credentials: { acc: { token: 'tok-limiter' } }, flows: flows() });
    });
    after(async () => {
        await nodeRed.stop();
        await missive.stop();
    });

    it('shows what it has spent, over the admin API', async () => {
        await inject(3);
        should(await state()).match({
            policy: 'balanced',
            inFlight: 0,
            waiting: 0,
            held: 0,
            refused: 0,
            sharing: 'alone',
            windows: [
                { limit: 300, span: 60_000, used: 3 },
                { limit: 900, span: 900_000, used: 3 },
            ],
            queued: { high: 0, quick: 0, normal: 0, low: 0 },
        });
    });

    it('shows nothing of an account that is not there or cannot send', async () => {
        should(await state('gone')).equal(204);
        should(await state('blank')).equal(204);
        should(await state('task')).equal(204);
    });

    it('still counts it after Node-RED was restarted, and after it was killed', async () => {
        const { userDir } = nodeRed;
        await nodeRed.stop();
        nodeRed = await startNodeRed({ keep: true, userDir });
        should(await state()).match({ windows: [{ used: 3 }, { used: 3 }] });
        await inject(2);
        await new Promise((resolve) => setTimeout(resolve, 1200));
        await nodeRed.stop('SIGKILL');
        nodeRed = await startNodeRed({ userDir });
        should(await state()).match({ windows: [{ used: 15 }, { used: 15 }] });
    });

    for (const [locale, line] of [
        ['en-US', /^0 on their way · 0 waiting · for this Node-RED alone$/],
        ['fr', /^0 en cours · 0 en attente · pour ce Node-RED seul$/],
    ] as const)
        it(`moves in the account's dialog: ${locale}`, async function () {
            const browser = await browserOrSkip.call(this);
            const editor = await Editor.open(browser, nodeRed.adminUrl, { locale });
            try {
                await editor.edit('task');
                await editor.editConfig();
                const { page } = editor;
                const panel = page.locator('.missive-live');
                await panel.waitFor();
                (await panel.locator('p').innerText()).should.match(line);
                const [minute, quarter] = await panel.locator('.missive-bar > b').allInnerTexts();
                String(quarter).should.match(/^\d+ \/ 900$/);
                await inject(1);
                await page.waitForFunction(
                    ([bar]) => document.querySelector('.missive-bar > b')?.textContent !== bar,
                    [minute],
                );
                if (process.env.SCREENSHOTS)
                    await editor.screenshot(`${process.env.SCREENSHOTS}/limiter-${locale}.png`);
                await page.locator('#node-config-dialog-cancel').click();
                await editor.cancel();
                editor.errors.should.eql([]);
            } finally {
                await editor.close();
                await browser.close();
            }
        });
});
