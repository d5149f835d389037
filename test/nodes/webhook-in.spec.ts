import 'should';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import webhookIn from '../../nodes/missive-webhook-in';
import { sign } from '../../src/missive/events/signature';

const secret = 's3cret';
const mail = {
    rule: { id: 'r1', description: 'To automation', type: 'incoming_email' },
    conversation: { id: 'c1', subject: null, organization: { id: 'o1', name: 'Harbor Bikes' } },
    message: { id: 'm1', subject: 'Spare part', attachments: [] },
};
const label = { rule: { id: 'r2', type: 'label_change' }, conversation: { id: 'c1' }, latest_message: { id: 'm1' } };
const comment = { rule: { id: 'r3', type: 'new_comment' }, conversation: { id: 'c1' }, comment: { id: 'k1' } };

type Message = { payload: unknown; topic: unknown; missive: unknown };
/** The test helper says what is called on a node. */
type Spied = { on(event: string, listener: (call: { args: unknown[] }) => void): void };
type Status = { fill?: string; shape?: string; text?: string };
/** The account, as far as this node asks it. */
const account = (found: object) => (RED: NodeAPI) =>
    RED.nodes.registerType('missive-config', function (this: Node, config) {
        RED.nodes.createNode(this, config);
        Object.assign(this, found);
    });

describe('missive-webhook-in', () => {
    let server: Server;
    let messages: Message[];
    /** Node ids with what they last showed, in the order in which they showed it. */
    let shown: Map<string, Status>;
    /** What stands between the socket and Node-RED. */
    let before: (res: ServerResponse) => void;
    let settings: Record<string, unknown>;

    const node = (more: object = {}) => ({
        id: 'h',
        z: 'f',
        type: 'missive-webhook-in',
        path: 'missive',
        wires: [['o']],
        ...more,
    });
    const flow = (...nodes: object[]) =>
        [
            { id: 'f', type: 'tab' },
            ...nodes,
            { id: 'o', z: 'f', type: 'helper' },
            { id: 's', z: 'f', type: 'status', scope: null, wires: [['t']] },
            { id: 't', z: 'f', type: 'helper' },
        ] as never;
    const serve = (RED: NodeAPI) => {
        // The helper does not serve HTTP nodes.
        Object.assign(RED.settings, settings);
        const app = RED.httpNode as unknown as RequestListener;
        server = createServer((req, res) => {
            before(res);
            app(req, res);
        }).listen(0, '127.0.0.1');
    };
    const watch = () => {
        helper.getNode('o').on('input', (msg) => messages.push(msg as never));
        helper.getNode('t').on('input', (msg) => {
            const { source, ...status } = (msg as unknown as { status: Status & { source: { id: string } } }).status;
            shown.set(source.id, status);
        });
    };
    const load = async (nodes: object[] = [node()], credentials: object = { h: { secret } }, found: object = {}) => {
        await helper.load([serve, account(found), webhookIn] as never, flow(...nodes), credentials as never);
        watch();
        await settled();
    };
    const redeploy = async (nodes: object[], credentials: object = { h: { secret } }) => {
        await helper.setFlows(flow(...nodes), 'full', credentials as never);
        watch();
        await settled();
    };
    /** Node-RED hands messages and statuses on in later turns of the event loop. */
    const settled = async () => {
        for (let i = 0; i < 10; i += 1) await turn();
    };
    const port = () => (server.address() as AddressInfo).port;

    const post = async (body: string | Buffer | object, headers: Record<string, string> = {}, path = '/missive') => {
        const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        const all = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, raw), ...headers };
        const answer = await fetch(`http://127.0.0.1:${port()}${path}`, {
            method: 'POST',
            body: typeof raw === 'string' ? raw : new Uint8Array(raw),
            headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
        });
        const json = (await answer.json().catch(() => undefined)) as { error?: { message: string } } | undefined;
        await settled();
        return { status: answer.status, error: json?.error?.message };
    };
    const status = async (...request: Parameters<typeof post>) => (await post(...request)).status;
    /** Makes the answer to the next request get lost on its way. */
    const loseAnswer = async (body: object) => {
        before = (res) => {
            res.end = () => res.destroy();
        };
        await post(body).should.be.rejected();
        before = () => {};
        await settled();
    };

    beforeEach(() => {
        messages = [];
        shown = new Map();
        before = () => {};
        settings = { httpNodeRoot: '/', httpNodeMiddleware: undefined };
        helper.init(process.env.NODE_RED_MAIN || require.resolve('node-red'));
    });

    afterEach(async () => {
        await helper.unload();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    });

    describe('signature', () => {
        it('right: 200, the message goes into the flow', async () => {
            await load();
            (await post(mail)).should.eql({ status: 200, error: undefined });
            messages.length.should.equal(1);
        });

        it('right, as bare hex: 200', async () => {
            await load();
            const bare = sign(secret, JSON.stringify(mail)).slice('sha256='.length);
            (await status(mail, { 'x-hook-signature': bare })).should.equal(200);
            messages.length.should.equal(1);
        });

        it('over bytes that no JSON.stringify would give again: 200', async () => {
            await load();
            (
                await status('{ "rule" : {"type":"caf\\u00e9 \\/","id":"1"},\r\n\t"n":1.0e2 , "e":"\u00e9☂" }')
            ).should.equal(200);
            messages.length.should.equal(1);
        });

        it('a literal one, not computed here: 200; forged: 401', async () => {
            await load();
            const known = 'sha256=b33ba8794742858620fb8a674715b6216d1b58c954747e69e83cef96f50468c2';
            (await status('{"rule":{"id":"r1"}}', { 'x-hook-signature': known })).should.equal(200);
            (await status('{"rule":{"id":"r2"}}', { 'x-hook-signature': known })).should.equal(401);
            messages.length.should.equal(1);
        });

        for (const [what, header] of Object.entries({
            missing: '',
            malformed: 'sha256=zz',
            'of another secret': sign('another', JSON.stringify(mail)),
            'of other bytes': sign(secret, JSON.stringify(label)),
        }))
            it(`${what}: 401, nothing goes into the flow`, async () => {
                await load();
                const answer = await post(mail, { 'x-hook-signature': header });
                answer.status.should.equal(401);
                String(answer.error)
                    .should.match(/secret/)
                    .and.not.match(/s3cret/);
                messages.should.be.empty();
                shown.get('h')?.should.eql({ fill: 'red', shape: 'ring', text: 'wrong signature' });
            });

        it('wrong again and again: one warning a minute, without the secret', async () => {
            await load();
            const warnings: string[] = [];
            (helper.getNode('h') as unknown as Spied).on('call:warn', ({ args }) => warnings.push(String(args[0])));
            for (let i = 0; i < 3; i += 1) await status(mail, { 'x-hook-signature': '' });
            warnings.length.should.equal(1);
            String(warnings[0])
                .should.match(/secret in the rule|same secret/)
                .and.not.match(/s3cret/);
        });

        it('is not asked for where no secret is set, and the node says so', async () => {
            await load([node()], {});
            shown.get('h')?.should.eql({ fill: 'yellow', shape: 'ring', text: 'no secret' });
            (await status(mail, { 'x-hook-signature': '' })).should.equal(200);
            messages.length.should.equal(1);
            shown.get('h')?.fill?.should.equal('yellow');
        });

        it("is made with the account's secret where the node has none", async () => {
            await load([node({ account: 'c' }), { id: 'c', type: 'missive-config' }], {}, { webhookSecret: secret });
            (await status(mail)).should.equal(200);
            (await status(comment, { 'x-hook-signature': sign('x', JSON.stringify(comment)) })).should.equal(401);
        });

        it("is made with the node's own secret where both have one", async () => {
            const nodes = [node({ account: 'c' }), { id: 'c', type: 'missive-config' }];
            await load(nodes, { h: { secret } }, { webhookSecret: 'another' });
            (await status(mail)).should.equal(200);
        });
    });

    describe("Missive's check when a rule is saved", () => {
        for (const body of ['', '{}', ' \n', ' { \n } \t'])
            for (const signed of [true, false])
                it(`${JSON.stringify(body)}, ${signed ? 'signed' : 'not signed'}: 200, nothing in the flow`, async () => {
                    await load();
                    (await status(body, signed ? {} : { 'x-hook-signature': '' })).should.equal(200);
                    messages.should.be.empty();
                });
    });

    describe('the same delivery again', () => {
        it('the answer to the first was lost: 200, nothing in the flow; after that it is a new event', async () => {
            await load();
            await loseAnswer(label);
            messages.length.should.equal(1);
            (await status(label)).should.equal(200);
            messages.length.should.equal(1);
            (await status(label)).should.equal(200);
            messages.length.should.equal(2);
        });

        it('two label changes that look alike, the first answered: both go into the flow', async () => {
            await load();
            [await status(label), await status(label)].should.eql([200, 200]);
            messages.length.should.equal(2);
        });

        it('the same rule and message, other bytes: 200, nothing in the flow', async () => {
            await load();
            [await status(mail), await status({ ...mail, more: 1 })].should.eql([200, 200]);
            messages.length.should.equal(1);
        });

        it('the same rule and comment: 200, nothing in the flow', async () => {
            await load();
            [await status(comment), await status({ ...comment, more: 1 })].should.eql([200, 200]);
            messages.length.should.equal(1);
        });

        it('the same message by another rule: goes into the flow', async () => {
            await load();
            [await status(mail), await status({ ...mail, rule: { ...mail.rule, id: 'r9' } })].should.eql([200, 200]);
            messages.length.should.equal(2);
        });

        it('the first was answered 401: as if it were new', async () => {
            await load();
            (await status(mail, { 'x-hook-signature': '' })).should.equal(401);
            (await status(mail)).should.equal(200);
            messages.length.should.equal(1);
        });

        it('is recognised after a deploy, and per node', async () => {
            await load();
            await status(mail);
            const other = node({ id: 'h2', path: 'other' });
            await redeploy([node({ name: 'changed' }), other], { h: { secret }, h2: { secret } });
            (await status(mail)).should.equal(200);
            messages.length.should.equal(1);
            (await status(mail, {}, '/other')).should.equal(200);
            messages.length.should.equal(2);
        });

        it('is forgotten with its node', async () => {
            await load();
            await status(mail);
            await redeploy([]);
            await redeploy([node()]);
            await status(mail);
            messages.length.should.equal(2);
        });
    });

    describe('path', () => {
        it('several nodes with one: the first keeps it, the other says so and takes over when it goes', async () => {
            const second = node({ id: 'h2', path: '/missive/' });
            await load([node(), second], { h: { secret }, h2: { secret: 'second' } });
            shown.get('h')?.text?.should.equal('listening');
            shown.get('h2')?.should.eql({ fill: 'red', shape: 'ring', text: 'path is used by another node' });
            (await status(mail)).should.equal(200);
            await redeploy([second], { h2: { secret: 'second' } });
            shown.get('h2')?.text?.should.equal('listening');
            (await status(mail, { 'x-hook-signature': sign('second', JSON.stringify(mail)) })).should.equal(200);
        });

        it('takes over while it is running when the first is closed', async () => {
            const second = node({ id: 'h2' });
            await load([node(), second], { h: { secret }, h2: { secret } });
            await helper.setFlows(flow(second), 'nodes' as never, { h2: { secret } } as never);
            await settled();
            shown.get('h2')?.text?.should.equal('listening');
            (await status(mail)).should.equal(200);
        });

        it('without a node, or when the node is gone: 404', async () => {
            await load();
            (await status(mail, {}, '/other')).should.equal(404);
            await redeploy([node({ path: 'moved' })]);
            (await status(mail)).should.equal(404);
            (await status(mail, {}, '/moved')).should.equal(200);
            await redeploy([]);
            (await status(mail, {}, '/moved')).should.equal(404);
        });

        it('other methods than POST: 404', async () => {
            await load();
            (await fetch(`http://127.0.0.1:${port()}/missive`)).status.should.equal(404);
        });

        for (const [own, asked] of [
            ['missive', '/missive/'],
            ['/missive', '/missive?from=missive'],
            ['//in/missive/', '/in//missive'],
            ['été', '/%C3%A9t%C3%A9'],
            ['%C3%A9t%C3%A9', '/%c3%a9t%c3%a9/'],
            ['100%', '/100%'],
        ] as const)
            it(`${own} answers at ${asked}`, async () => {
                await load([node({ path: own })]);
                (await status(mail, {}, asked)).should.equal(200);
            });

        it('blank: the node says so', async () => {
            await load([node({ path: ' ' })]);
            shown.get('h')?.text?.should.equal('no path');
            (await status(mail, {}, '/')).should.equal(404);
        });

        it("the editor's own: the node says so", async () => {
            await load([node({ path: '/flows' })]);
            shown.get('h')?.text?.should.equal('path belongs to the editor');
        });

        it('httpNodeRoot is false: the node says so', async () => {
            settings = { httpNodeRoot: false };
            await load();
            shown.get('h')?.text?.should.equal('httpNodeRoot is off');
        });
    });

    describe('events', () => {
        it('a rule type that is not among them: 200, nothing in the flow', async () => {
            await load([node({ events: ['new_comment', 'label_change'] })]);
            [await status(mail), await status(comment), await status(label)].should.eql([200, 200, 200]);
            messages.map(({ topic }) => topic).should.eql(['new_comment', 'label_change']);
        });

        it('one that was not let through is let through later', async () => {
            await load([node({ events: ['new_comment'] })]);
            await status(mail);
            await redeploy([node({ events: [] })]);
            await status(mail);
            messages.length.should.equal(1);
        });
    });

    describe('body', () => {
        for (const body of ['{', 'hello', '[]', '[{"rule":{}}]', '1', '"{}"', 'null', 'true', '{"a":1}x'])
            it(`${body}: 400, nothing in the flow`, async () => {
                await load();
                const answer = await post(body);
                answer.status.should.equal(400);
                String(answer.error).should.match(/JSON object/);
                messages.should.be.empty();
            });

        it('no UTF-8: 400', async () => {
            await load();
            (await status(Buffer.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')]))).should.equal(400);
            messages.should.be.empty();
        });

        it('a byte order mark before it is skipped: 200', async () => {
            await load();
            (await status(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"a":1}')]))).should.equal(200);
            messages.map(({ payload }) => payload).should.eql([{ a: 1 }]);
        });

        it('compressed: 400', async () => {
            await load();
            const zipped = gzipSync(JSON.stringify(mail));
            const answer = await post(zipped, { 'content-encoding': 'gzip' });
            answer.status.should.equal(400);
            String(answer.error).should.match(/compressed/);
            messages.should.be.empty();
        });

        it('of another content type, or none: 200', async () => {
            await load();
            (await status(mail, { 'content-type': 'text/plain' })).should.equal(200);
            (await status(comment, { 'content-type': '' })).should.equal(200);
        });

        it('5 MB: 200; one byte more: 413', async () => {
            await load();
            const most = 5 * 1024 * 1024;
            const padded = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`;
            (await status(padded(most))).should.equal(200);
            const answer = await post(padded(most + 1));
            answer.status.should.equal(413);
            String(answer.error).should.match(/5 MB/);
            messages.length.should.equal(1);
        });

        it('in small chunks: 200', async () => {
            await load();
            const raw = JSON.stringify(mail);
            const pieces = raw.match(/.{1,7}/g) ?? [];
            const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
            const socket = connect(port(), '127.0.0.1');
            socket.write(
                `POST /missive HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nX-Hook-Signature: ${sign(secret, raw)}\r\n\r\n`,
            );
            for (const chunk of chunks) {
                socket.write(chunk);
                await turn();
            }
            socket.write('0\r\n\r\n');
            const [answer] = await once(socket, 'data');
            socket.destroy();
            String(answer).should.match(/^HTTP\/1.1 200/);
            await settled();
            messages.length.should.equal(1);
        });

        it('two requests on one connection: both are answered', async () => {
            await load();
            const socket = connect(port(), '127.0.0.1');
            for (const body of [mail, comment]) {
                const raw = JSON.stringify(body);
                socket.write(
                    `POST /missive HTTP/1.1\r\nHost: x\r\nContent-Length: ${raw.length}\r\nX-Hook-Signature: ${sign(secret, raw)}\r\n\r\n${raw}`,
                );
                String((await once(socket, 'data'))[0]).should.match(/^HTTP\/1.1 200/);
            }
            socket.destroy();
            await settled();
            messages.length.should.equal(2);
        });

        it('cut off by the sender: nothing goes into the flow', async () => {
            await load([node()], {});
            const gone = new Promise((resolve) => server.once('connection', (its) => its.once('close', resolve)));
            const socket = connect(port(), '127.0.0.1');
            socket.write('POST /missive HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a":1}');
            await turn();
            socket.end();
            socket.resume();
            await gone;
            await settled();
            messages.should.be.empty();
        });
    });

    describe('message', () => {
        it('payload is the body, topic the rule type, missive the ids', async () => {
            await load();
            await status(mail);
            const [{ payload, topic, missive } = {} as Message] = messages;
            ({ payload, topic, missive }).should.eql({
                payload: mail,
                topic: 'incoming_email',
                missive: {
                    event: 'incoming_email',
                    rule: 'r1',
                    conversation: 'c1',
                    message: 'm1',
                    comment: undefined,
                    organization: 'o1',
                },
            });
        });

        it('takes the message id from latest_message where there is no message', async () => {
            await load();
            await status(label);
            messages[0]?.missive?.should.have.property('message', 'm1');
        });

        it('without a rule the event is custom_channel_message and there is no topic', async () => {
            await load();
            await status({ message: { id: 'm2', type: 'custom_text' }, conversation: { id: 'c1' } });
            messages[0]?.missive?.should.have.properties({
                event: 'custom_channel_message',
                rule: undefined,
                message: 'm2',
            });
            (messages[0]?.topic === undefined).should.be.true();
        });

        const odd = [
            '{"rule":null}',
            '{"rule":[],"conversation":"c","message":7,"comment":[1],"latest_message":null}',
            '{"rule":{"id":{},"type":5},"conversation":{"id":[],"organization":"o"}}',
            '{"rule":{"id":1,"type":"x"},"message":{"id":2},"comment":{"id":null}}',
            '{"__proto__":{"a":1},"constructor":null,"toString":1}',
            '{"rule":"incoming_email","conversation":{"organization":null}}',
        ];
        for (const raw of odd)
            it(`${raw}: 200, untouched`, async () => {
                await load();
                (await status(raw)).should.equal(200);
                JSON.stringify(messages[0]?.payload).should.equal(raw);
            });

        it('a flow that throws at once does not change the answer', async () => {
            await load();
            const own = helper.getNode('h') as unknown as Spied & { send: () => never };
            const errors: unknown[] = [];
            own.on('call:error', ({ args }) => errors.push(args));
            own.send = () => {
                throw new Error('the flow');
            };
            (await status(mail)).should.equal(200);
            errors.length.should.equal(1);
            String(errors[0]).should.match(/the flow/);
        });
    });

    it('says so when failures in a row come near the fifty after which Missive switches the rule off', async () => {
        await load();
        const warnings: string[] = [];
        (helper.getNode('h') as unknown as Spied).on('call:warn', ({ args }) => warnings.push(String(args[0])));
        for (let i = 0; i < 39; i += 1) await status(mail, { 'x-hook-signature': '' });
        shown.get('h')?.text?.should.equal('wrong signature');
        await status('{', {});
        // The test helper does not translate; the number is shown in Node-RED.
        shown.get('h')?.should.eql({ fill: 'red', shape: 'ring', text: 'count.failures' });
        await status('{}', { 'x-hook-signature': '' });
        shown.get('h')?.text?.should.equal('count.failures');
        warnings.filter((text) => /40 webhooks in a row/.test(text)).length.should.equal(1);
        await status(mail);
        shown.get('h')?.fill?.should.equal('green');
    });

    it('shows how many events came, in green', async () => {
        await load();
        shown.get('h')?.should.eql({ fill: 'grey', shape: 'dot', text: 'listening' });
        await status(mail);
        await status(comment);
        shown.get('h')?.should.have.properties({ fill: 'green', shape: 'dot' });
        String(shown.get('h')?.text).should.match(/^2 · \d\d:\d\d:\d\d$/);
    });

    it('calls httpNodeMiddleware first, for its own paths alone', async () => {
        const seen: string[] = [];
        settings.httpNodeMiddleware = async (req: { path: string }, res: ServerResponse, next: () => void) => {
            seen.push(req.path);
            await turn();
            if (req.path === '/blocked') res.writeHead(403).end('{}');
            else next();
        };
        await load([node(), node({ id: 'h2', path: 'blocked' })], { h: { secret }, h2: { secret } });
        (await status(mail)).should.equal(200);
        (await status(mail, {}, '/blocked')).should.equal(403);
        (await status(mail, {}, '/nobody')).should.equal(404);
        seen.should.eql(['/missive', '/blocked']);
        messages.length.should.equal(1);
    });

    it('tells the practice Missive what it waits for, until it is closed', async () => {
        const rules: { id: string; url: () => string | undefined }[] = [];
        let ended = 0;
        const watchRule = (rule: (typeof rules)[number]) => {
            rules.push(rule);
            return () => {
                ended += 1;
            };
        };
        const nodes = [node({ account: 'c', events: ['new_comment'] }), { id: 'c', type: 'missive-config' }];
        await load(nodes, { h: { secret } }, { sandbox: { watch: watchRule } });
        rules.length.should.equal(1);
        rules[0]?.should.have.properties({ id: 'h', description: '/missive', types: ['new_comment'], secret });
        (rules[0]?.url() === undefined).should.be.true(); // the helper's Node-RED does not listen
        await redeploy([]);
        ended.should.equal(1);
    });
});
