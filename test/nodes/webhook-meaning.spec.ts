import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import should from 'should';
import missiveConfig from '../../nodes/missive-config';
import createDraft from '../../nodes/missive-create-draft';
import webhookDone from '../../nodes/missive-webhook-done';
import webhookIn from '../../nodes/missive-webhook-in';
import { ScriptedMissive } from '../support/scripted-missive';

type Message = { payload: unknown; missive: Record<string, unknown>; message?: unknown; error?: { message: string } };
const labels = (...ids: string[]) => ({
    rule: { id: 'r2', type: 'label_change' },
    conversation: { id: 'c1', organization: { id: 'o1' }, shared_labels: ids.map((id) => ({ id })) },
});
const mail = (id: string) => ({
    rule: { id: 'r1', type: 'incoming_email' },
    conversation: { id: 'c1' },
    message: { id, from_field: { address: 'tom@trailclub.example' } },
});

describe('missive-webhook-in: what an event means', () => {
    const missive = new ScriptedMissive();
    let api: string;
    let server: Server;
    let folder: string;
    let seen: Message[];
    let caught: Message[];

    const serve = (RED: NodeAPI) => {
        Object.assign(RED.settings, { httpNodeRoot: '/', httpNodeMiddleware: undefined, userDir: folder });
        server = createServer(RED.httpNode as unknown as RequestListener).listen(0, '127.0.0.1');
    };
    const flowWith = (hook: object) =>
        [
            { id: 'f', type: 'tab', label: 'Labels' },
            { id: 'acc', type: 'missive-config', url: api },
            { id: 'h', z: 'f', type: 'missive-webhook-in', account: 'acc', path: 'missive', wires: [['o']], ...hook },
            { id: 'o', z: 'f', type: 'helper' },
            { id: 'd', z: 'f', type: 'missive-webhook-done', wires: [['p']] },
            { id: 'p', z: 'f', type: 'helper' },
            { id: 'w', z: 'f', type: 'missive-create-draft', account: 'acc', wires: [['q']] },
            { id: 'q', z: 'f', type: 'helper' },
            { id: 'c', z: 'f', type: 'catch', scope: null, wires: [['e']] },
            { id: 'e', z: 'f', type: 'helper' },
        ].map((each) => ('z' in each ? { x: 1, y: 1, ...each } : each));
    const watch = () => {
        (helper.getNode('o') as Node).on('input', (msg) => seen.push(msg as unknown as Message));
        (helper.getNode('e') as Node).on('input', (msg) => caught.push(msg as unknown as Message));
    };
    const load = async (hook: object) => {
        const modules = [serve, missiveConfig, webhookIn, webhookDone, createDraft] as never;
        await helper.load(modules, flowWith(hook) as never, { acc: { token: 't' } } as never);
        watch();
    };
    const post = async (body: object) => {
        const { port } = server.address() as AddressInfo;
        const raw = JSON.stringify(body);
        return (await fetch(`http://127.0.0.1:${port}/missive`, { method: 'POST', body: raw })).status;
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 800 && !fits(); i += 1) await sleep(5);
        fits().should.be.true();
    };
    const unload = async () => {
        await helper.unload();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    };

    before(async () => {
        api = await missive.start();
    });
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-meaning-'));
        [seen, caught] = [[], []];
        missive.reset();
        helper.init(process.env.NODE_RED_MAIN || require.resolve('node-red'));
    });
    afterEach(async () => {
        await unload();
        rmSync(folder, { recursive: true });
    });
    after(() => missive.stop());

    it('what a filter does not want: 200, nothing in the flow', async () => {
        await load({ labels: ['l1'], senders: '' });
        [await post(labels('l2')), await post(labels('l1', 'l2')), await post(mail('m1'))].should.eql([200, 200, 200]);
        await until(() => seen.length === 1);
        seen[0]?.payload?.should.eql(labels('l1', 'l2'));
    });

    it('with body: the whole message is in msg.message, and the payload is untouched; order is kept', async () => {
        missive.otherwise = async ({ url }) => {
            await sleep(url.endsWith('m1') ? 50 : 0);
            return [200, { messages: { id: url.split('/').pop(), body: '<p>text</p>' } }];
        };
        await load({ withBody: true });
        for (const id of ['m1', 'm2']) (await post(mail(id))).should.equal(200);
        await until(() => seen.length === 2);
        seen.map(({ payload, message }) => [payload, message]).should.eql([
            [mail('m1'), { id: 'm1', body: '<p>text</p>' }],
            [mail('m2'), { id: 'm2', body: '<p>text</p>' }],
        ]);
        missive.seen.map(({ url }) => url).should.eql(['/v1/messages/m1', '/v1/messages/m2']);
    });

    it('with body that is still to come when the nodes are deployed: in the flow without it, and only once', async () => {
        missive.otherwise = () => new Promise(() => {});
        await load({ withBody: true });
        (await post(mail('m1'))).should.equal(200);
        await until(() => missive.seen.length === 1);
        seen.should.be.empty();
        await helper.setFlows(flowWith({ withBody: true }) as never, 'full' as never, { acc: { token: 't' } } as never);
        watch();
        await until(() => seen.length === 1);
        should(seen[0]).not.have.property('message');
        (await post(mail('m1'))).should.equal(200);
        await sleep(50);
        seen.length.should.equal(1);
    });

    it('with body that comes after Missive was answered 503: it stays out, and the repetition is one event', async () => {
        let give = () => {};
        const slow = new Promise<void>((resolve) => {
            give = resolve;
        });
        missive.otherwise = async () => {
            await slow;
            return [200, { messages: [{ id: 'm1', body: 'x' }] }];
        };
        await load({ withBody: true, answer: 'done' });
        (helper.getNode('o') as Node).on('input', (msg) => helper.getNode('d').receive(msg));
        (await post(mail('m1'))).should.equal(503);
        give();
        (await post(mail('m1'))).should.equal(200);
        await sleep(50);
        seen.length.should.equal(1);
    }).timeout(30_000);

    it('with body that cannot be had: an error for Catch nodes; a kept one comes again', async () => {
        missive.answers.push([403, { error: { message: 'no' } }]);
        missive.otherwise = () => [200, { messages: [{ id: 'm1', body: 'x' }] }];
        await load({ withBody: true, keep: true });
        (await post(mail('m1'))).should.equal(200);
        await until(() => caught.length === 1);
        seen.should.be.empty();
        await until(() => seen.length === 1);
        should(seen[0]?.message).eql({ id: 'm1', body: 'x' });
    });

    it('changes: says what has changed since the event before, over a restart too', async () => {
        await load({ changes: true });
        for (const body of [labels('a'), labels('a', 'b')]) await post(body);
        await until(() => seen.length === 2);
        should(seen[0]?.missive).not.have.property('changed');
        should(seen[1]?.missive.changed).eql({ labels: { added: ['b'], removed: [] } });
        await unload();
        await load({ changes: true });
        await post(labels('b'));
        await until(() => seen.length === 3);
        should(seen[2]?.missive.changed).eql({ labels: { added: [], removed: ['a'] } });
    });

    it('changes of a kept event are those of its arrival when it comes again', async () => {
        await load({ changes: true, keep: true });
        await post(labels('a'));
        await post(labels('a', 'b'));
        await until(() => seen.length === 1);
        (helper.getNode('d') as Node).receive(seen[0] as never);
        await until(() => seen.length === 2);
        await unload();
        await load({ changes: true, keep: true });
        await until(() => seen.length === 3);
        should(seen[2]?.missive).containDeep({ redelivered: true, changed: { labels: { added: ['b'] } } });
    });

    describe('after an absence', () => {
        const now = Math.floor(Date.now() / 1000);
        const rule = { id: 'r1', type: 'incoming_email' };
        const left = (minutes: number) => {
            mkdirSync(path.join(folder, 'missive'));
            const rules = { incoming_email: rule, new_comment: { id: 'r3', type: 'new_comment' } };
            const state = { alive: Date.now() - minutes * 60_000, rules };
            writeFileSync(path.join(folder, 'missive', 'presence-h.log'), JSON.stringify(state));
        };
        const conversation = { id: 'c1', last_activity_at: now - 100 };
        const message = (id: string, ago: number, more: object = {}) => ({
            ...{ id, type: 'email', delivered_at: now - ago, ...more },
        });
        beforeEach(() => {
            missive.otherwise = ({ url }) => {
                if (/\/messages/.test(url))
                    return [
                        200,
                        {
                            messages: [
                                message('m3', 100),
                                message('mine', 200, { author: { id: 'u' } }),
                                message('m2', 600),
                                message('m1', 3000),
                            ],
                        },
                    ];
                if (/\/comments/.test(url)) return [200, { comments: [{ id: 'k1', created_at: now - 300 }] }];
                return [200, { conversations: [conversation, { id: 'c0', last_activity_at: now - 5000 }] }];
            };
        });

        it('lets in what was missed, oldest first, marked and once', async () => {
            left(20);
            await load({ backfill: true, keep: true });
            await until(() => seen.length === 1);
            (await post({ rule, conversation, message: message('m3', 100) })).should.equal(200); // Missive, late
            for (const count of [1, 2, 3]) {
                await until(() => seen.length === count);
                (helper.getNode('d') as Node).receive(seen[count - 1] as never);
            }
            seen.map(({ payload, missive: { missed, message, comment } }) => [
                missed,
                message ?? comment,
                (payload as { rule: { id: string } }).rule.id,
            ]).should.eql([
                [true, 'm2', 'r1'],
                [true, 'k1', 'r3'],
                // Missive's own delivery may be the first of the two.
                [seen[2]?.missive.missed, 'm3', 'r1'],
            ]);
            missive.seen
                .map(({ url }) => url)
                .should.eql([
                    '/v1/conversations?all=true&limit=50',
                    '/v1/conversations/c1/messages?limit=10',
                    '/v1/conversations/c1/comments?limit=10',
                ]);
            await sleep(30);
            await unload();
            await load({ backfill: true, keep: true });
            await sleep(50);
            seen.length.should.equal(3);
        });

        it('that was shorter than Missive delivers again: nothing is asked', async () => {
            left(7);
            await load({ backfill: true });
            await sleep(50);
            missive.seen.should.be.empty();
        });
    });

    describe('an event that a call of this account has brought about', () => {
        const draft = async () => {
            missive.otherwise = () => [201, { drafts: { id: 'd1', conversation: 'c1' } }];
            const payload = {
                conversation: 'c1',
                subject: 'x',
                body: 'y',
                from_field: 'a@b.example',
                to_fields: 'c@d.example',
            };
            const came = once(helper.getNode('q') as Node, 'input');
            (helper.getNode('w') as Node).receive({ payload } as never);
            await came;
        };

        it('is marked; one of another conversation, or that only a person can cause, is not', async () => {
            await load({});
            await post(labels('a'));
            await draft();
            await post(labels('b'));
            await post({ ...labels('b'), conversation: { id: 'c2' } });
            await post(mail('m1'));
            await until(() => seen.length === 4);
            seen.map(({ missive: { own } }) => own).should.eql([undefined, true, undefined, undefined]);
        });

        it('again and again: the brake stops it with an error that names the flow', async () => {
            await load({ rounds: 3 });
            await draft();
            for (let i = 0; i < 6; i += 1) (await post(labels(`l${i}`))).should.equal(200);
            await until(() => caught.length === 1);
            seen.length.should.equal(3);
            String(caught[0]?.error?.message).should.match(/“Labels” sets itself off/);
            await sleep(20);
            caught.length.should.equal(1);
        });
    });
});
