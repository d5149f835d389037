import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
import upsertContact from '../../nodes/missive-upsert-contact';
import webhookDone from '../../nodes/missive-webhook-done';
import webhookIn from '../../nodes/missive-webhook-in';
import { Sandbox } from '../../src/sandbox/sandbox';

type Message = { payload: unknown; missive: Record<string, unknown>; [property: string]: unknown };
const mail = (id: string, conversation = 'c1') => ({
    rule: { id: 'r1', type: 'incoming_email' },
    conversation: { id: conversation, organization: { id: 'o1' } },
    message: { id },
});
const label = { rule: { id: 'r2', type: 'label_change' }, conversation: { id: 'c1' } };

describe('missive-webhook-done', () => {
    let server: Server;
    let folder: string;
    let seen: Message[];
    let caught: Message[];
    let statuses: (string | undefined)[];
    let done: Record<string, unknown>[];

    const serve = (RED: NodeAPI) => {
        Object.assign(RED.settings, { httpNodeRoot: '/', httpNodeMiddleware: undefined, userDir: folder });
        server = createServer(RED.httpNode as unknown as RequestListener).listen(0, '127.0.0.1');
    };
    const get = (id: string) => helper.getNode(id) as Node;
    const watch = () => {
        get('o').on('input', (msg) => seen.push(msg as unknown as Message));
        get('e').on('input', (msg) => caught.push(msg as unknown as Message));
        get('t').on('input', (msg) => {
            const { source, text } = (msg as unknown as { status: { source: { id: string }; text?: string } }).status;
            if (source.id === 'h') statuses.push(text);
            if (source.id === 'd') done.push((msg as unknown as { status: Record<string, unknown> }).status);
        });
    };
    /** A hook at /missive whose messages come to `seen`; the test itself puts them into `d`, which is webhook done. */
    const flow = (hook: object, done: object = {}, more: object[] = []) =>
        [
            { id: 'f', type: 'tab' },
            { id: 'h', z: 'f', type: 'missive-webhook-in', path: 'missive', wires: [['o']], ...hook },
            { id: 'o', z: 'f', type: 'helper' },
            { id: 'd', z: 'f', type: 'missive-webhook-done', wires: [['p']], ...done },
            { id: 'p', z: 'f', type: 'helper' },
            { id: 'c', z: 'f', type: 'catch', scope: null, wires: [['e']] },
            { id: 'e', z: 'f', type: 'helper' },
            { id: 's', z: 'f', type: 'status', scope: null, wires: [['t']] },
            { id: 't', z: 'f', type: 'helper' },
            ...more,
        ].map((each) => ('z' in each ? { x: 1, y: 1, ...each } : each)) as never;
    const modules = [serve, missiveConfig, webhookIn, webhookDone, upsertContact, createDraft] as never;
    const load = async (...given: Parameters<typeof flow>) => {
        await helper.load(modules, flow(...given), { acc: { token: 't' } } as never);
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
    const settle = async (msg: object | undefined, more: object = {}) => {
        const passed = once(get('p'), 'input');
        get('d').receive({ ...msg, ...more } as never);
        return (await passed)[0] as Message;
    };
    const unload = async () => {
        await helper.unload();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    };
    /** Another process would find only the files; here the table of hooks dies with the app that it belongs to. */
    const restart = async (...given: Parameters<typeof flow>) => {
        await unload();
        seen = [];
        await load(...given);
    };

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-done-'));
        [seen, caught, statuses, done] = [[], [], [], []];
        helper.init(process.env.NODE_RED_MAIN || require.resolve('node-red'));
    });
    afterEach(async () => {
        await unload();
        rmSync(folder, { recursive: true });
    });

    it('passes a message on, with everything that it has, where nobody waits', async () => {
        await load({});
        (await settle({ payload: 1, own: { a: 1 }, topic: 't' })).should.have.properties({ payload: 1, own: { a: 1 } });
    });

    it('says under itself that it has told, and when', async () => {
        await load({ answer: 'done' });
        const answer = post(mail('m1'));
        await until(() => seen.length === 1);
        await settle(seen[0]);
        (await answer).should.equal(200);
        await until(() => done.length > 0);
        should(done.at(-1)).match({ fill: 'green', shape: 'dot', text: /^done · \d\d:\d\d$/ });
    });

    it('webhook in that waits for nothing sends what the contract says, no more', async () => {
        await load({});
        (await post(mail('m1'))).should.equal(200);
        await until(() => seen.length === 1);
        Object.keys(seen[0] ?? {})
            .filter((key) => key !== '_event')
            .sort()
            .should.eql(['_msgid', 'missive', 'payload', 'topic']);
        should(seen[0]?.missive).not.have.property('delivery');
    });

    it('failed, where the 200 has left and nothing is kept: the same delivery again is as if it were new', async () => {
        await load({}, { outcome: 'failed', outcomeType: 'str' });
        await post(mail('m1'));
        await until(() => seen.length === 1);
        (await post(mail('m1'))).should.equal(200);
        await settle(seen[0]);
        (await post(mail('m1'))).should.equal(200);
        await until(() => seen.length === 2);
    });

    it('failed, for a comment whose body has the latest message too: it is new when it comes again', async () => {
        await load({}, { outcome: 'failed', outcomeType: 'str' });
        const comment = {
            rule: { id: 'r3', type: 'new_comment' },
            conversation: { id: 'c1' },
            comment: { id: 'k1' },
            latest_message: { id: 'm1' },
        };
        await post(comment);
        await until(() => seen.length === 1);
        await settle(seen[0]);
        (await post(comment)).should.equal(200);
        await until(() => seen.length === 2);
    });

    it('two label changes with one message in them are two events, two mails with one message are one', async () => {
        await load({});
        const change = (type: string, labels: string[]) => ({
            rule: { id: `r-${type}`, type },
            conversation: { id: 'c1', shared_labels: labels.map((id) => ({ id })) },
            message: { id: 'm1' },
        });
        for (const type of ['label_change', 'conversation_closed', 'team_change', 'incoming_email', 'outgoing_email']) {
            const before = seen.length;
            await post(change(type, ['a']));
            await post(change(type, ['b']));
            const expected = before + (/email/.test(type) ? 1 : 2);
            await until(() => seen.length >= expected);
            await sleep(20);
            seen.length.should.equal(expected, type);
        }
    });

    describe('answer when done', () => {
        it('the 200 waits for it', async () => {
            await load({ answer: 'done' });
            let answered = 0;
            const answer = post(mail('m1')).then((status) => {
                answered = status;
            });
            await until(() => seen.length === 1);
            await sleep(50);
            answered.should.equal(0);
            await settle(seen[0]);
            await answer;
            answered.should.equal(200);
        });

        it('failed: 503, and the same delivery is as if it were new', async () => {
            await load({ answer: 'done' }, { outcome: 'failed', outcomeType: 'str' });
            const answer = post(mail('m1'));
            await until(() => seen.length === 1);
            await settle(seen[0]);
            (await answer).should.equal(503);
            void post(mail('m1')).catch(() => undefined);
            await until(() => seen.length === 2);
        });

        it('no word from the flow in 12 seconds: 503, and the same delivery is as if it were new', async function () {
            this.timeout(20_000);
            await load({ answer: 'done' });
            const began = Date.now();
            (await post(mail('m1'))).should.equal(503);
            (Date.now() - began).should.be.aboveOrEqual(11_900);
            void post(mail('m1')).catch(() => undefined);
            await until(() => seen.length === 2);
        });

        it('the same delivery while the first one waits: nothing in the flow, the same answer', async () => {
            await load({ answer: 'done' });
            const answers = [post(mail('m1')), post(mail('m1'))];
            await until(() => seen.length === 1);
            await sleep(30);
            await settle(seen[0]);
            (await Promise.all(answers)).should.eql([200, 200]);
            seen.length.should.equal(1);
        });

        it('a deploy in between: 503 at once', async () => {
            await load({ answer: 'done' });
            const answer = post(mail('m1'));
            await until(() => seen.length === 1);
            await helper.setFlows(flow({ answer: 'done', name: 'changed' }), 'full');
            (await answer).should.equal(503);
        });
    });

    describe('keep until done', () => {
        it('comes again after a restart, marked, until it is done', async () => {
            await load({ keep: true });
            [await post(mail('m1', 'c1')), await post(mail('m2', 'c2')), await post(label)].should.eql([200, 200, 200]);
            await until(() => seen.length === 2);
            should(seen[0]?.missive.redelivered).be.undefined();
            await settle(seen[0]);
            await until(() => seen.length === 3);
            await restart({ keep: true });
            await until(() => seen.length === 2);
            seen.map(({ payload, missive }) => [payload, missive.redelivered]).should.eql([
                [mail('m2', 'c2'), true],
                [label, true],
            ]);
            for (const msg of seen) await settle(msg);
            await restart({ keep: true });
            await sleep(100);
            seen.should.be.empty();
        });

        it('switched off: what is kept comes all the same, and the file goes when it is empty', async () => {
            await load({ keep: true });
            await post(mail('m1'));
            await until(() => seen.length === 1);
            await restart({});
            await until(() => seen.length === 1);
            should(seen[0]?.missive.redelivered).be.true();
            await settle(seen[0]);
            (await post(mail('m2'))).should.equal(200);
            await until(() => seen.length === 2);
            should(seen[1]?.missive).not.have.property('delivery');
            await restart({});
            readdirSync(path.join(folder, 'missive')).should.eql([]);
        });

        it('a repetition of Missive’s after the restart is known', async () => {
            await load({ keep: true });
            await post(mail('m1', 'c1'));
            await post(mail('m2', 'c2'));
            await until(() => seen.length === 2);
            await settle(seen[0]);
            await restart({ keep: true });
            [await post(mail('m1', 'c1')), await post(mail('m2', 'c2'))].should.eql([200, 200]);
            await sleep(50);
            seen.map(({ missive }) => missive.message).should.eql(['m2']);
        });

        it('failed: it comes again by itself', async () => {
            await load({ keep: true }, { outcome: 'failed', outcomeType: 'str' });
            await post(mail('m1'));
            await until(() => seen.length === 1);
            await settle(seen[0]);
            await until(() => seen.length === 2);
            should(seen[1]?.missive.redelivered).be.true();
        });

        it('the outcome can be read from the message', async () => {
            await load({ keep: true }, { outcome: 'outcome', outcomeType: 'msg' });
            await post(mail('m1'));
            await until(() => seen.length === 1);
            await settle(seen[0], { outcome: 'failed' });
            await until(() => seen.length === 2);
            await settle(seen[1]);
            get('d').receive({ ...seen[1], outcome: 'perhaps' } as never);
            await until(() => caught.length === 1);
            String((caught[0] as { error?: { message: string } } | undefined)?.error?.message).should.match(
                /done or failed/,
            );
        });

        it('the disk fails: 503, nothing in the flow, and the node says so', async () => {
            writeFileSync(path.join(folder, 'missive'), 'no folder');
            await load({ keep: true });
            (await post(mail('m1'))).should.equal(503);
            await until(() => statuses.includes('disk fails'));
            seen.should.be.empty();
            rmSync(path.join(folder, 'missive'));
            (await post(mail('m1'))).should.equal(200);
            await until(() => seen.length === 1);
        });

        it('with answer when done: 200 after done, which is on the disk', async () => {
            await load({ keep: true, answer: 'done' });
            const answer = post(mail('m1'));
            await until(() => seen.length === 1);
            await settle(seen[0]);
            (await answer).should.equal(200);
            await restart({ keep: true, answer: 'done' });
            await sleep(50);
            seen.should.be.empty();
        });

        it('with answer when done and failed: 503, Missive keeps it', async () => {
            await load({ keep: true, answer: 'done' }, { outcome: 'failed', outcomeType: 'str' });
            const answer = post(mail('m1'));
            await until(() => seen.length === 1);
            await settle(seen[0]);
            (await answer).should.equal(503);
            await restart({ keep: true, answer: 'done' });
            await sleep(50);
            seen.should.be.empty();
        });
    });

    describe('behind other nodes of the package', () => {
        let missive: Sandbox;
        before(() => {
            missive = new Sandbox({ limits: false, token: 't' });
        });
        after(() => missive.close());

        const nodes = (url: string) => [
            { id: 'acc', type: 'missive-config', url, organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df' },
            {
                ...{ id: 'u', z: 'f', type: 'missive-upsert-contact', account: 'acc', wires: [['w']] },
                ...{ contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', contact_bookType: 'str' },
                ...{ infos: 'who@example.test', infosType: 'str', first_name: 'Who', first_nameType: 'str' },
            },
            {
                ...{ id: 'w', z: 'f', type: 'missive-create-draft', account: 'acc', wires: [['d']] },
                ...{ subject: 'x', subjectType: 'str', body: 'y', bodyType: 'str' },
                ...{ from_field: 'shop@harborbikes.example', from_fieldType: 'str' },
                ...{ to_fields: 'who@example.test', to_fieldsType: 'str' },
            },
        ];

        for (const hook of [{ keep: true }, { answer: 'done' }, { keep: true, answer: 'done' }])
            it(`webhook in → upsert contact → create draft → webhook done: ${JSON.stringify(hook)}`, async () => {
                const wired = { ...hook, wires: [['u']] };
                const more = nodes(await missive.address());
                await load(wired, {}, more);
                const passed = once(get('p'), 'input');
                (await post(mail('m1'))).should.equal(200);
                const [msg] = (await passed) as [Message];
                msg.missive.should.have.properties({ method: 'POST', path: '/drafts' });
                caught.should.be.empty();
                await restart({ ...hook }, {}, more);
                await sleep(50);
                seen.should.be.empty();
            });
    });
});
