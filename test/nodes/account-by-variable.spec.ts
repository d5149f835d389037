import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { sign } from '../../src/missive/events/signature';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { ScriptedMissive } from '../support/scripted-missive';
import { SidebarPage } from '../support/sidebar-page';

const variable = `$${'{ACCOUNT}'}`;
const key = 'k'.repeat(43);
const place = { z: 'sub', x: 1, y: 1, account: variable };

describe('an account that an instance of a subflow chooses by a variable, changed by a deploy of modified nodes', function () {
    this.timeout(60_000);
    const missive = new ScriptedMissive();
    let url: string;
    let red: NodeRed;

    /** The nodes of a subflow name the variable; `secrets` are those of the account. */
    const flows = (
        nodes: readonly Record<string, unknown>[],
        token: string,
        webhookSecret = 's',
    ): Record<string, unknown>[] => [
        { id: 'tab', type: 'tab' },
        { id: 'sub', type: 'subflow', name: 'door', env: [{ name: 'ACCOUNT', type: 'str', value: '' }] },
        { ...{ id: 'one', z: 'tab', x: 1, y: 1 }, type: 'subflow:sub', env: [{ name: 'ACCOUNT', value: 'acc' }] },
        { id: 'acc', type: 'missive-config', url, credentials: { token, webhookSecret } },
        ...nodes,
    ];
    const deliver = async (secret: string) => {
        const body = JSON.stringify({ rule: { id: 'r', type: 'label_change' }, n: Math.random() });
        const headers = { 'x-hook-signature': sign(secret, body) };
        return (await fetch(`${red.url}/door`, { method: 'POST', body, headers })).status;
    };
    const asked = () =>
        missive.seen.map(({ method, url: at, headers: { authorization = '' } }) =>
            [method, at.replace(/^\/v1|\?.*/g, ''), authorization.replace('Bearer ', '')].join(' '),
        );
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 1000 && !fits(); i += 1) await sleep(10);
        should(fits()).be.true(asked().join('\n'));
    };

    before(async () => {
        url = await missive.start();
        red = await startNodeRed();
    });
    afterEach(() => missive.reset());
    after(async () => {
        await red?.stop();
        await missive.stop();
    });

    it('webhook in lets in what the new secret signs, and nothing that the revoked one does', async () => {
        const nodes = [{ ...place, id: 'hook', type: 'missive-webhook-in', path: 'door', wires: [[]] }];
        await red.deploy(flows(nodes, 't', 'old'));
        should(await deliver('old')).equal(200);
        const revoked = flows(nodes, 't', 'new');
        await red.deploy(revoked, 'nodes');
        should([await deliver('old'), await deliver('new')]).eql([401, 200]);
        // Once more: what follows is followed, too.
        await red.deploy(flows(nodes, 't', 'third'), 'nodes');
        should([await deliver('new'), await deliver('third')]).eql([401, 200]);
        await red.deploy([...revoked.filter(({ id }) => id !== 'acc'), { ...revoked[3], d: true }], 'nodes');
        should(await deliver('third')).equal(503, 'switched off');
    });

    it('through a subflow in a subflow, too, and a variable that becomes blank shuts the door', async () => {
        const node = { z: 'sub', x: 1, y: 1, account: variable, id: 'deep', type: 'missive-webhook-in', path: 'door' };
        const nested = (chosen: string, secret: string) => [
            ...flows([{ ...node, wires: [[]] }], 't', secret).filter(({ id }) => id !== 'one'),
            { id: 'outer', type: 'subflow', name: 'outer', env: [{ name: 'CHOSEN', type: 'str', value: '' }] },
            {
                ...{ id: 'inside', z: 'outer', x: 1, y: 1, type: 'subflow:sub' },
                env: [{ name: 'ACCOUNT', type: 'env', value: 'CHOSEN' }],
            },
            {
                ...{ id: 'outside', z: 'tab', x: 1, y: 1, type: 'subflow:outer' },
                env: [{ name: 'CHOSEN', type: 'str', value: chosen }],
            },
        ];
        await red.deploy(nested('acc', 'old'));
        should(await deliver('old')).equal(200);
        await red.deploy(nested('acc', 'new'), 'nodes');
        should([await deliver('old'), await deliver('new')]).eql([401, 200]);
        await red.deploy(nested('', 'new'), 'nodes');
        should([await deliver('new'), await deliver('')]).eql([503, 503]);
    });

    it('a rule of its own is deleted with the old token and made with the new one', async () => {
        let rules = 0;
        missive.otherwise = ({ method }) => (method === 'POST' ? [201, { hooks: { id: `h${++rules}` } }] : [200, {}]);
        const own = { mode: 'hook', url: 'https://flows.example.com', hook_type: 'incoming_email' };
        const nodes = [{ ...place, ...own, id: 'own', type: 'missive-webhook-in', path: 'own', wires: [[]] }];
        await red.deploy(flows(nodes, 'one'));
        await until(() => asked().length === 1);
        // The rule belongs to a token: made anew only where that is another one.
        await red.deploy(flows(nodes, 'two'), 'nodes');
        await until(() => asked().length === 3);
        should(asked()).eql(['POST /hooks one', 'DELETE /hooks/h1 one', 'POST /hooks two']);
    });

    it('watch looks with the new token', async () => {
        missive.otherwise = () => [200, { tasks: [] }];
        const nodes = [{ ...place, id: 'watch', type: 'missive-watch', resource: 'tasks', wires: [[]] }];
        await red.deploy(flows(nodes, 'one'));
        await until(() => asked().some((each) => each.endsWith('one')));
        await red.deploy(flows(nodes, 'two'), 'nodes');
        await until(() => asked().some((each) => each === 'GET /tasks two'));
    });

    it('sidebar in asks for the conversation with the new token', async () => {
        missive.otherwise = () => [404, {}];
        const nodes = [{ ...place, id: 'side', type: 'missive-sidebar-in', path: 'crm', verify: true, wires: [[]] }];
        const withKey = (token: string) => flows([{ ...nodes[0], credentials: { key } }], token);
        await red.deploy(withKey('one'));
        const page = await SidebarPage.load(`${red.url}/crm?key=${key}`, { 'accept-language': 'en' });
        await page.open('11111111-1111-4111-8111-111111111111');
        await red.deploy(flows(nodes, 'two'), 'nodes');
        await page.open('22222222-2222-4222-8222-222222222222');
        should(asked().map((each) => each.split(' ')[2])).eql(['one', 'two']);
    });
});
