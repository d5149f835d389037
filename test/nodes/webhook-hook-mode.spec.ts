import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
import { Sandbox } from '../../src/sandbox/sandbox';
import { ScriptedMissive } from '../support/scripted-missive';

const mail = (id: string, rule = 'hook1') => ({
    rule: { id: rule, type: 'incoming_email' },
    conversation: { id: 'c1' },
    message: { id },
});

describe('missive-webhook-in in mode hook', () => {
    const missive = new ScriptedMissive();
    let api: string;
    let server: Server;
    let folder: string;
    let seen: { payload: unknown }[];
    let statuses: { text?: string }[];
    let made: number;

    const serve = (RED: NodeAPI) => {
        Object.assign(RED.settings, { httpNodeRoot: '/', httpNodeMiddleware: undefined, userDir: folder });
        server = createServer(RED.httpNode as unknown as RequestListener).listen(0, '127.0.0.1');
    };
    const hook = { id: 'h', z: 'f', type: 'missive-webhook-in', account: 'acc', mode: 'hook', wires: [['o']] };
    const base = { ...hook, path: 'missive', url: 'https://flows.example', hook_type: 'incoming_email' };
    const flow = (node: object | undefined, account: object = {}) =>
        [
            { id: 'f', type: 'tab' },
            { id: 'acc', type: 'missive-config', url: api, ...account },
            ...(node ? [node] : []),
            { id: 'o', z: 'f', type: 'helper' },
            { id: 's', z: 'f', type: 'status', scope: null, wires: [['t']] },
            { id: 't', z: 'f', type: 'helper' },
        ].map((each) => ('z' in each ? { x: 1, y: 1, ...each } : each)) as never;
    const watch = () => {
        (helper.getNode('o') as Node | null)?.on('input', (msg) => seen.push(msg as never));
        (helper.getNode('t') as Node | null)?.on('input', (msg) => {
            statuses.push((msg as unknown as { status: { text?: string } }).status);
        });
    };
    const load = async (node: object | undefined = base, account: object = {}) => {
        await helper.load([serve, missiveConfig, webhookIn] as never, flow(node, account), {
            acc: { token: 't' },
        } as never);
        watch();
    };
    const deploy = async (node: object | undefined, type: 'full' | 'nodes' = 'full') => {
        await helper.setFlows(flow(node), type as never, { acc: { token: 't' } } as never);
        watch();
        await sleep(40);
    };
    const unload = async () => {
        await helper.unload();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    };
    const restart = async (node: object | undefined = base) => {
        await unload();
        await load(node);
        await sleep(60);
    };
    const calls = () => missive.seen.map(({ method, url }) => `${method} ${url.replace('/v1', '')}`);
    const posted = (index = 0) => {
        const all = missive.seen.filter(({ method }) => method === 'POST');
        return (all[index]?.body as { hooks: Record<string, string> } | undefined)?.hooks ?? {};
    };
    const keyOf = (index = 0) => new URL(String(posted(index).url)).searchParams.get('key') ?? '';
    const post = async (body: object, key?: string) => {
        const query = key === undefined ? '' : `?key=${encodeURIComponent(key)}`;
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/missive${query}`;
        return (await fetch(address, { method: 'POST', body: JSON.stringify(body) })).status;
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 600 && !fits(); i += 1) await sleep(5);
        should(fits()).be.true(`seen: ${calls()}; ${JSON.stringify(statuses)}`);
    };
    const stateFile = () => path.join(folder, 'missive', 'hooks.json');
    const stored = () => JSON.parse(readFileSync(stateFile(), 'utf8'));

    before(async () => {
        api = await missive.start();
    });
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-hook-'));
        [seen, statuses, made] = [[], [], 0];
        missive.reset();
        missive.otherwise = ({ method }) => {
            if (method === 'POST') made += 1;
            return method === 'POST' ? [201, { hooks: { id: `hook${made}` } }] : [200, {}];
        };
        helper.init(process.env.NODE_RED_MAIN || require.resolve('node-red'));
    });
    afterEach(async () => {
        await unload();
        rmSync(folder, { recursive: true });
    });
    after(() => missive.stop());

    it('makes one rule, with the public address and an unguessable key', async () => {
        await load({
            ...base,
            subject_contains: 'order',
            subject_containsType: 'str',
            author: 'u1',
            organization: '0d9bab85-a74f-4ece-9142-0f9b9f36ff92',
        });
        await until(() => existsSync(stateFile()) && stored().nodes.h?.id === 'hook1');
        calls().should.eql(['POST /hooks']);
        const { url, ...others } = posted();
        others.should.eql({
            type: 'incoming_email',
            organization: '0d9bab85-a74f-4ece-9142-0f9b9f36ff92',
            subject_contains: 'order',
        });
        String(url).should.match(/^https:\/\/flows\.example\/missive\?key=[\w-]{32}$/);
        (statSync(stateFile()).mode & 0o777).should.equal(0o600);
    });

    it('lets in what has the key, and nothing else', async () => {
        await load();
        await until(() => made === 1);
        await sleep(20);
        [await post(mail('m1')), await post(mail('m1'), 'x'), await post(mail('m1'), '')].should.eql([401, 401, 401]);
        (await post({})).should.equal(200);
        seen.should.be.empty();
        (await post(mail('m1'), keyOf())).should.equal(200);
        await until(() => seen.length === 1);
    });

    it('keeps it across deploys and restarts', async () => {
        await load();
        await until(() => made === 1);
        await deploy({ ...base, name: 'changed' });
        await deploy({ ...base, name: 'again' }, 'nodes');
        await restart();
        calls().should.eql(['POST /hooks']);
        (await post(mail('m1'), keyOf())).should.equal(200);
    });

    it('replaces it when its settings change: the old one is deleted first', async () => {
        await load();
        await until(() => made === 1);
        await deploy({ ...base, hook_type: 'new_comment', is_task: 'true', is_taskType: 'bool' });
        await until(() => made === 2);
        calls().should.eql(['POST /hooks', 'DELETE /hooks/hook1', 'POST /hooks']);
        posted(1).should.containEql({ type: 'new_comment', is_task: true });
        await sleep(20);
        (await post(mail('m1'), keyOf(0))).should.equal(401);
        (await post(mail('m2'), keyOf(1))).should.equal(200);
    });

    for (const [what, node] of Object.entries({ removed: undefined, disabled: { ...base, d: true } }))
        it(`deletes it when the node is ${what}`, async () => {
            await load();
            await until(() => made === 1);
            await sleep(20);
            await deploy(node);
            await until(() => missive.seen.length === 2);
            calls().should.eql(['POST /hooks', 'DELETE /hooks/hook1']);
            await sleep(30);
            stored().should.eql({ nodes: {}, doomed: [], lost: [] });
        });

    it('deletes it where the node and its account are removed together', async () => {
        await load();
        await until(() => made === 1);
        await sleep(20);
        await helper.setFlows([{ id: 'f', type: 'tab' }] as never, 'full' as never);
        await until(() => missive.seen.length === 2);
        calls()[1]?.should.equal('DELETE /hooks/hook1');
    });

    it('deletes it when the node makes none any more, and when it went while Node-RED was not running', async () => {
        await load();
        await until(() => made === 1);
        await sleep(20);
        await restart({ ...base, mode: 'rule' });
        await until(() => missive.seen.length === 2);
        calls()[1]?.should.equal('DELETE /hooks/hook1');
    });

    it('one that is gone already counts as deleted', async () => {
        await load();
        await until(() => made === 1);
        await sleep(20);
        missive.answers.push([404, { error: { message: 'Hook not found' } }]);
        await deploy({ ...base, path: 'other' });
        await until(() => made === 2);
        calls().should.eql(['POST /hooks', 'DELETE /hooks/hook1', 'POST /hooks']);
    });

    it('a crash while it was made: a new one is made, and the lost one is deleted as soon as it shows up', async () => {
        await load();
        await until(() => made === 1);
        await sleep(20);
        const left = stored();
        left.nodes.h.id = undefined;
        await unload();
        writeFileSync(stateFile(), JSON.stringify(left));
        await load();
        await until(() => made === 2);
        await sleep(20);
        (await post(mail('m1', 'hook1'), keyOf(0))).should.equal(200);
        await until(() => missive.seen.length === 3);
        calls()[2]?.should.equal('DELETE /hooks/hook1');
        seen.should.be.empty(); // the node's own rule brings the same event
        (await post(mail('m1', 'hook2'), keyOf(1))).should.equal(200);
        await until(() => seen.length === 1);
        await sleep(30);
        (await post(mail('m2', 'hook1'), keyOf(0))).should.equal(401);
    });

    it('an answer that was lost is not followed by a second rule that nobody knows of', async () => {
        missive.answers.push([500, {}]);
        await load();
        await until(() => made === 1);
        await sleep(30);
        missive.seen.length.should.equal(2);
        stored().lost.length.should.equal(1);
        stored().nodes.h.id.should.equal('hook1');
    }).timeout(10_000);

    it('says what is wrong and tries again', async () => {
        missive.answers.push([401, { error: { message: 'Token is invalid' } }]);
        await load();
        await until(() => statuses.some(({ text }) => text === 'token refused'));
        await until(() => made === 1);
        await until(() => statuses.at(-1)?.text === 'listening');
    });

    it('says that an old rule is left whose token is refused by now, and goes on', async () => {
        await load();
        await until(() => statuses.at(-1)?.text === 'listening');
        const otherwise = missive.otherwise;
        missive.otherwise = (seen) =>
            seen.headers.authorization === 'Bearer t' ? [401, { error: { message: 'revoked' } }] : otherwise(seen);
        await helper.setFlows(flow(base), 'full' as never, { acc: { token: 'new' } } as never);
        watch();
        await until(() => statuses.at(-1)?.text === 'old rule left in Missive');
        made.should.equal(2);
        (await post({ rule: { id: 'r', type: 'incoming_email' } }, keyOf(1))).should.equal(200);
        await until(() => / · /.test(statuses.at(-1)?.text ?? ''));
    });

    it('a dry account leaves its rule as it is, and says so', async () => {
        await load();
        await until(() => statuses.at(-1)?.text === 'listening');
        await unload();
        await load({ ...base, subject_contains: 'order' }, { dry: true });
        await until(() => statuses.at(-1)?.text === 'dry: rule unchanged');
        (await post({ rule: { id: 'r', type: 'incoming_email' } }, keyOf())).should.equal(200);
        calls().should.eql(['POST /hooks']);
    });

    it('without a public address, or with a type that Missive has no rule for: says so and makes none', async () => {
        await load({ ...base, url: '' });
        await until(() => statuses.some(({ text }) => text === 'no rule in Missive'));
        await deploy({ ...base, hook_type: 'label_change' });
        await until(() => statuses.filter(({ text }) => text === 'no rule in Missive').length > 1);
        calls().should.eql([]);
    });

    it('takes the public address from the environment', async () => {
        process.env.MISSIVE_WEBHOOK_BASE_URL = 'https://env.example/base/';
        try {
            await load({ ...base, url: '' });
            await until(() => made === 1);
            String(posted().url).should.match(/^https:\/\/env\.example\/base\/missive\?key=/);
        } finally {
            delete process.env.MISSIVE_WEBHOOK_BASE_URL;
        }
    });

    it('registers with a Missive that checks the address, and gets its events', async () => {
        const sandbox = new Sandbox({ limits: false, token: 't' });
        try {
            const url = await sandbox.address();
            await load(undefined, { url });
            const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
            await helper.setFlows(
                flow({ ...base, url: address }, { url }),
                'full' as never,
                { acc: { token: 't' } } as never,
            );
            watch();
            const apiRules = () => sandbox.snapshot().rules.filter(({ by }) => by === 'api');
            await until(() => apiRules().length === 1);
            await sleep(20);
            const { deliveries } = await sandbox.customerWrites({ address: 'a@b.example', subject: 'x', body: 'y' });
            deliveries.map(({ status }) => status).should.eql([200]);
            await until(() => seen.length === 1);
            await helper.setFlows(flow(undefined, { url }), 'full' as never, { acc: { token: 't' } } as never);
            await until(() => apiRules().length === 0);
        } finally {
            await sandbox.close();
        }
    });
});
