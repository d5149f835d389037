import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import should from 'should';
import missiveConfig from '../../nodes/missive-config';
import webhookIn from '../../nodes/missive-webhook-in';
import type { Scripted, Seen } from '../support/scripted-missive';
import { ScriptedMissive } from '../support/scripted-missive';

/** Two places where rules are made, each with rules by the token that made them. */
describe('one rule of a node in the end, deleted where it was made', () => {
    const [first, second] = [new ScriptedMissive(), new ScriptedMissive()];
    const apis: Record<string, string> = {};
    let server: Server;
    let folder: string;
    let seen: unknown[];
    let rules: Map<string, { place: string; token: string; url: string }>;
    let failing: (id: string) => boolean;
    let made: number;
    /** So many requests to delete are refused with a 401. */
    let refused = 0;
    /** So many rules are made without that the answer arrives. */
    let losing = 0;
    /** The project that is open; `undefined`: Node-RED has none. */
    let project: string | undefined;

    const answers =
        (place: string) =>
        ({ method, url, body, headers }: Seen): Scripted => {
            const token = String(headers.authorization);
            if (method === 'POST') {
                made += 1;
                const { hooks } = body as { hooks: { url: string } };
                rules.set(`r${made}`, { place, token, url: hooks.url });
                if (losing > 0) {
                    losing -= 1;
                    return [500, {}];
                }
                return [201, { hooks: { id: `r${made}` } }];
            }
            if (method === 'GET' && url.includes('/organizations'))
                return [200, { organizations: [{ id: '0d9bab85-a74f-4ece-9142-0f9b9f36ff92', name: 'Acme' }] }];
            if (method === 'GET' && url.includes('/users'))
                return [200, { users: [{ id: '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6', name: 'Ann Lee', me: true }] }];
            if (method !== 'DELETE') return [404, {}];
            const id = url.split('/').at(-1) ?? '';
            if (refused > 0) {
                refused -= 1;
                return [401, { error: { message: 'not now' } }];
            }
            if (failing(id)) return [422, { error: { message: 'not now' } }];
            const rule = rules.get(id);
            if (rule?.place !== place || rule.token !== token) return [404, { error: { message: 'Hook not found' } }];
            rules.delete(id);
            return [200, {}];
        };
    const serve = (RED: NodeAPI) => {
        Object.assign(RED.settings, { httpNodeRoot: '/', httpNodeMiddleware: undefined, userDir: folder });
        const get = RED.settings.get.bind(RED.settings);
        Object.assign(RED.settings, {
            editorTheme: { projects: { enabled: project !== undefined } },
            get: (name: string) => (name === 'projects' ? { activeProject: project } : get(name)),
        });
        server = createServer(RED.httpNode as unknown as RequestListener).listen(0, '127.0.0.1');
    };
    const webhook = (id: string, more: object = {}) => ({
        ...{ id, z: 'f', x: 1, y: 1, type: 'missive-webhook-in', account: 'a', mode: 'hook', path: `in-${id}` },
        ...{ url: 'https://flows.example', hook_type: 'incoming_email', wires: [['o']], ...more },
    });
    const account = (id: string, more: object = {}) => ({ id, type: 'missive-config', url: apis.first, ...more });
    const flow = (...nodes: object[]) =>
        [{ id: 'f', type: 'tab' }, ...nodes, { id: 'o', z: 'f', x: 1, y: 1, type: 'helper' }] as never;
    const tokens = (nodes: object[]) =>
        Object.fromEntries(
            nodes.flatMap((each) => ('id' in each && !('z' in each) ? [[each.id, { token: `t${each.id}` }]] : [])),
        ) as never;
    const watch = () => {
        (helper.getNode('o') as Node | null)?.on('input', (msg) => seen.push(msg.payload));
    };
    const load = async (...nodes: object[]) => {
        await helper.load([serve, missiveConfig, webhookIn] as never, flow(...nodes), tokens(nodes));
        watch();
    };
    const deploy = async (...nodes: object[]) => {
        await helper.setFlows(flow(...nodes), 'full' as never, tokens(nodes));
        watch();
    };
    const unload = async () => {
        await helper.unload();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    };
    const keyOf = (id: string) => new URL(rules.get(id)?.url ?? 'http://x.example').searchParams.get('key') ?? '';
    const post = async (node: string, message: string, key: string, id = 'r') => {
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in-${node}?key=${key}`;
        const body = { rule: { id, type: 'incoming_email' }, conversation: { id: 'c' }, message: { id: message } };
        return (await fetch(address, { method: 'POST', body: JSON.stringify(body) })).status;
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 1000 && !fits(); i += 1) await sleep(5);
        should(fits()).be.true(JSON.stringify([[...rules], calls(first), calls(second), helper.log().args]));
    };
    const calls = (missive: ScriptedMissive) => missive.seen.map(({ method, url }) => `${method} ${url.slice(3)}`);
    const stateFile = () => path.join(folder, 'missive', 'hooks.json');
    const registered = (count: number) => {
        const { nodes } = existsSync(stateFile()) ? JSON.parse(readFileSync(stateFile(), 'utf8')) : { nodes: {} };
        return Object.values<{ id?: string }>(nodes).filter(({ id }) => id !== undefined).length === count;
    };

    before(async () => {
        apis.first = await first.start();
        apis.second = await second.start();
    });
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-rules-'));
        [seen, made, rules, failing] = [[], 0, new Map(), () => false];
        project = undefined;
        refused = 0;
        losing = 0;
        first.reset();
        second.reset();
        first.otherwise = answers('first');
        second.otherwise = answers('second');
        helper.init(process.env.NODE_RED_MAIN || require.resolve('node-red'));
    });
    afterEach(async () => {
        await unload();
        rmSync(folder, { recursive: true });
    });
    after(() => Promise.all([first.stop(), second.stop()]));

    it('settings that change while the old rule cannot be deleted lose none of its events', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        failing = () => true;
        const key = keyOf('r1');
        await deploy(account('a'), webhook('h', { subject_contains: 'order' }));
        await until(() => calls(first).includes('DELETE /hooks/r1'));
        (await post('h', 'm1', key)).should.equal(200);
        await until(() => seen.length === 1);
        [...rules.keys()].should.eql(['r1']); // never two
        failing = () => false;
        await until(() => registered(1));
        [...rules.keys()].should.eql(['r2']);
        (await post('h', 'm2', key)).should.equal(401);
        (await post('h', 'm2', keyOf('r2'))).should.equal(200);
    }).timeout(20_000);

    it("two projects with the same nodes have a rule each, and neither touches the other one's", async () => {
        project = 'test';
        await load(account('a'), webhook('h'));
        await until(() => rules.size === 1);
        const key = keyOf('r1');
        (await post('h', 'm1', key)).should.equal(200);
        project = 'production';
        await deploy(account('a', { url: apis.second }), webhook('h'));
        await until(() => rules.size === 2);
        [rules.get('r1')?.place, rules.get('r2')?.place].should.eql(['first', 'second']);
        (await post('h', 'm2', key)).should.equal(401);
        (await post('h', 'm2', keyOf('r2'))).should.equal(200);
        project = 'test';
        await deploy(account('a'), webhook('h'));
        await until(() => helper.getNode('h') !== null);
        (await post('h', 'm3', key)).should.equal(200);
        (await post('h', 'm4', keyOf('r2'))).should.equal(401);
        // With the same token, too.
        project = 'third';
        await deploy(account('a'), webhook('h'));
        await until(() => made === 3 && rules.size === 3);
        for (const each of [first, second])
            calls(each)
                .join()
                .should.not.match(/DELETE/);
    });

    it("a rule that was made before projects had their own lists is the project's that is open", async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        await unload();
        project = 'first';
        await load(account('a'), webhook('h'));
        await until(() => existsSync(path.join(folder, 'missive', 'project-first', 'hooks.json')));
        (await post('h', 'm1', keyOf('r1'))).should.equal(200);
        made.should.equal(1);
        calls(first).should.eql(['POST /hooks']);
    });

    it('a rule that cannot be deleted holds up no other node', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        failing = () => true;
        await deploy(account('a'), webhook('g'));
        await until(() => registered(1) && rules.size === 2);
        failing = () => false;
        // Nobody has to deploy for the old one to go.
        await until(() => rules.size === 1);
        [...rules.keys()].should.eql(['r2']);
    }).timeout(20_000);

    for (const [what, moved] of Object.entries<() => object[]>({
        'another account': () => [account('a'), account('b'), webhook('h', { account: 'b' })],
        'another account, while its own is deleted': () => [account('b'), webhook('h', { account: 'b' })],
        'another address of its account': () => [account('a', { url: apis.second }), webhook('h')],
        'another account at another address': () => [
            account('b', { url: apis.second }),
            webhook('h', { account: 'b' }),
        ],
    }))
        it(`a node moved to ${what} leaves no second rule`, async () => {
            await load(account('a'), webhook('h'));
            await until(() => registered(1));
            await deploy(...moved());
            await until(() => made === 2 && registered(1));
            [...rules.keys()].should.eql(['r2']);
        });

    it('an account switched to the practice inbox: the real rule is deleted in Missive, and nothing elsewhere', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        failing = () => true;
        const key = keyOf('r1');
        await deploy(account('a', { connection: 'sandbox' }), webhook('h', { url: '' }));
        await until(() => calls(first).includes('DELETE /hooks/r1'));
        (await post('h', 'm1', key)).should.equal(200);
        failing = () => false;
        await until(() => rules.size === 0);
        await until(() => registered(0));
        (await post('h', 'm2', key)).should.equal(401);
        made.should.equal(1);
        await deploy(account('a'), webhook('h'));
        await until(() => registered(1));
        [...rules.keys()].should.eql(['r2']);
    }).timeout(20_000);

    it('an account switched while Node-RED was not running, too', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        await unload();
        // The public address that it has is nothing to the practice inbox, which makes the rule all the same.
        await load(account('a', { connection: 'sandbox' }), webhook('h'));
        await until(() => rules.size === 0);
    });

    it('a rule whose token is refused for a while only is deleted as soon as it is not', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        refused = 1;
        await deploy(account('b', { url: apis.second }), webhook('h', { account: 'b' }));
        await until(() => made === 2 && refused === 0);
        await until(() => rules.size === 1 && registered(1));
        [...rules.keys()].should.eql(['r2']);
    }).timeout(20_000);

    it('a path that changes while the old rule cannot be deleted loses none of its events either', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        failing = () => true;
        const key = keyOf('r1');
        await deploy(account('a'), webhook('h', { path: 'elsewhere' }));
        await until(() => calls(first).includes('DELETE /hooks/r1'));
        (await post('h', 'm1', key, 'r1')).should.equal(200);
        await until(() => seen.length === 1);
        (await post('h', 'm1', 'another key', 'r1')).should.equal(404);
        failing = () => false;
        await until(() => registered(1));
        [...rules.keys()].should.eql(['r2']);
        (await post('h', 'm2', key, 'r1')).should.equal(404);
    }).timeout(20_000);

    for (const [what, moved] of Object.entries<() => object[]>({
        'the node is removed': () => [account('a')],
        'the node and its account are removed': () => [],
        'the node is moved to another account': () => [
            account('b', { url: apis.second }),
            webhook('h', { account: 'b' }),
        ],
    }))
        it(`a rule whose answer was lost is deleted as soon as it calls, also where ${what}`, async () => {
            losing = 1;
            await load(account('a'), webhook('h'));
            await until(() => made === 1);
            await sleep(50);
            const key = keyOf('r1');
            const nodes = moved();
            await deploy(...nodes);
            if (nodes.length > 1) await until(() => registered(1));
            (await post('h', 'm1', key, 'r1')).should.equal(nodes.length > 1 ? 200 : 404);
            await until(() => !rules.has('r1'));
            rules.size.should.equal(Math.max(0, nodes.length - 1));
            seen.should.be.empty();
            (await post('h', 'm2', key, 'r1')).should.equal(nodes.length > 1 ? 401 : 404);
        }).timeout(20_000);

    it('a node whose path another one has keeps no rule that brings it nothing', async () => {
        await load(account('a'), webhook('h'), webhook('g'));
        await until(() => registered(2));
        await deploy(account('a'), webhook('h'), webhook('g', { path: 'in-h' }));
        await until(() => rules.size === 1);
        const [left = ''] = rules.keys();
        (await post('h', 'm1', keyOf(left))).should.equal(200);
        // As soon as it has the path it has a rule, too.
        await deploy(account('a'), webhook('g', { path: 'in-h' }));
        await until(() => rules.size === 1 && !rules.has(left) && registered(1));
    });

    it('organization, author and mention by their names', async () => {
        await load(
            account('a'),
            webhook('h', { hook_type: 'new_comment', organization: 'acme', author: 'me', mention: 'Ann Lee' }),
        );
        await until(() => registered(1));
        const user = '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6';
        const { hooks } =
            (first.seen.find(({ method }) => method === 'POST')?.body as { hooks?: object } | undefined) ?? {};
        should(hooks).containEql({
            ...{
                type: 'new_comment',
                organization: '0d9bab85-a74f-4ece-9142-0f9b9f36ff92',
                author: user,
                mention: user,
            },
        });
    });

    it('a name that Missive does not know makes no rule', async () => {
        await load(account('a'), webhook('h', { organization: 'Acme Ltd' }));
        await until(() => JSON.stringify(helper.log().args).includes('no organization called “Acme Ltd”'));
        rules.size.should.equal(0);
    });

    for (const [what, text] of Object.entries({
        'half a file': '{"nodes": {"h": {"acc',
        nothing: '',
        'a list': '[]',
        null: 'null',
        'a file of something else': '{"a":1}',
        'other shapes': '{"nodes": null, "doomed": 5, "lost": [null]}',
    }))
        it(`a list of rules that is damaged (${what}) is put aside`, async () => {
            mkdirSync(path.join(folder, 'missive'));
            writeFileSync(stateFile(), text);
            await load(account('a'), webhook('h'));
            (await post('h', 'm1', 'x')).should.equal(401);
            await until(() => registered(1));
            (await post('h', 'm1', keyOf('r1'))).should.equal(200);
            readFileSync(`${stateFile()}.damaged`, 'utf8').should.equal(text);
        });

    it('what is whole in a damaged list counts', async () => {
        await load(account('a'), webhook('h'));
        await until(() => registered(1));
        await unload();
        const stored = JSON.parse(readFileSync(stateFile(), 'utf8'));
        writeFileSync(stateFile(), JSON.stringify({ ...stored, doomed: [{ id: 5 }] }));
        await load(account('a'), webhook('h'));
        (await post('h', 'm1', keyOf('r1'))).should.equal(200);
        await sleep(100);
        made.should.equal(1);
    });

    it('a list that cannot be read answers 503, not 500', async () => {
        mkdirSync(stateFile(), { recursive: true });
        await load(account('a'), webhook('h'));
        (await post('h', 'm1', 'x')).should.equal(503);
    });

    it('nodes that go with their account: one DELETE each, and nobody is told to delete what is being deleted', async () => {
        await load(account('a'), webhook('h'), webhook('g'), webhook('k'));
        await until(() => registered(3));
        const answer = answers('first');
        first.otherwise = async (call) => {
            await sleep(call.url.endsWith('r1') ? 300 : 20);
            return answer(call);
        };
        await deploy(account('b', { url: apis.second }));
        await until(() => rules.size === 0 && registered(0));
        await sleep(350);
        calls(first)
            .filter((call) => call.startsWith('DELETE'))
            .sort()
            .should.eql(['DELETE /hooks/r1', 'DELETE /hooks/r2', 'DELETE /hooks/r3']);
        const logged = helper.log().args.map(([entry]) => String((entry as { msg?: unknown }).msg));
        logged.filter((text) => text.includes('delete it under Rules')).should.be.empty();
    });
});
