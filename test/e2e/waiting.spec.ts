import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';

describe('a node whose message waits', function () {
    this.timeout(180_000);
    const missive = new ScriptedMissive();
    let nodeRed: NodeRed;

    const place = { z: 'f1', x: 100, y: 100 };
    const shown = { type: 'debug', active: true, console: true, tosidebar: false, targetType: 'msg', wires: [] };
    const payload =
        '{"title":"x","team":"1f0a5c3e-b3c3-4696-a022-3f99b58b0d61","organization":"7c1e0f52-886f-4e3d-af67-614f41edf1df"}';

    before(async () => {
        const url = await missive.start();
        missive.otherwise = () => [201, { tasks: { id: 't' } }];
        missive.answers.push([429, {}, { 'retry-after': '2' }]);
        nodeRed = await startNodeRed({
            settings: { lang: 'fr' },
            credentials: { acc: { token: 'tok-waiting' } },
            flows: [
                { id: 'f1', type: 'tab', label: 'x' },
                { id: 'acc', type: 'missive-config', url },
                {
                    ...place,
                    id: 'start',
                    type: 'inject',
                    props: [{ p: 'payload' }],
                    payload,
                    payloadType: 'json',
                    wires: [['task']],
                },
                { ...place, id: 'task', type: 'missive-create-task', account: 'acc', wires: [[]] },
                { ...place, id: 'status', type: 'status', scope: ['task'], wires: [['shown']] },
                { ...place, id: 'shown', ...shown, complete: 'status.text' },
            ],
        });
    });
    after(async () => {
        await nodeRed.stop();
        await missive.stop();
    });

    it("says so in Node-RED's own language", async () => {
        const inject = () => fetch(`${nodeRed.adminUrl}/inject/start`, { method: 'POST' });
        await inject();
        while (missive.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
        // By then the 429 is there, and the second message finds the queue held.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await inject();
        await nodeRed.logged(/en attente \d s · 1 avant/);
    });
});
