import 'should';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sign } from '../../src/missive/events/signature';
import { type NodeRed, startNodeRed } from '../support/node-red';

const secret = 's3cret';
/** No JSON.stringify gives these bytes again: who verifies a parsed and rewritten body refuses them. */
const odd = '{ "rule" : {"type":"new_\\u0063omment","id":"r1"} ,\r\n\t"n" : 1.0e2, "text":"caf\\u00e9 \\/ é☂" }\n';
const parsed = { rule: { type: 'new_comment', id: 'r1' }, n: 100, text: 'café / é☂' };
const largest = 5 * 1024 * 1024;

type Flow = { id: string; type: string; [property: string]: unknown };
const hook = (more: object = {}): Flow => ({
    id: 'hook',
    z: 'f',
    type: 'missive-webhook-in',
    path: 'missive',
    wires: [['keep']],
    ...more,
});
/** Signed webhooks at /missive, unsigned ones at /open; GET /seen tells what came into the flow. */
const flows = (...more: object[]): object[] =>
    [
        { id: 'f', type: 'tab', label: 'test' },
        hook({ credentials: { secret } }),
        hook({ id: 'open', path: 'open' }),
        code('keep', "flow.set('seen', [...(flow.get('seen') ?? []), msg.payload]);", [[]]),
        { id: 'get', z: 'f', type: 'http in', url: '/seen', method: 'get', wires: [['tell']] },
        code('tell', "msg.payload = flow.get('seen') ?? []; flow.set('seen', []); return msg;", [['answer']]),
        { id: 'answer', z: 'f', type: 'http response', wires: [] },
        ...more,
    ].map((node, y) => ({ x: 100, y: y * 50, ...node }));
const code = (id: string, func: string, wires: string[][]) => ({
    id,
    z: 'f',
    type: 'function',
    func,
    outputs: 1,
    wires,
});

const setups = {
    'as installed': { root: '', settings: {} },
    'with httpAdminRoot, httpNodeRoot and httpNodeMiddleware': {
        root: '/api/v1',
        settings: {
            httpAdminRoot: '/admin',
            httpNodeRoot: '/api/v1',
            httpNodeMiddleware: (_req: unknown, _res: unknown, next: () => void) => setTimeout(next, 5),
        },
    },
    'with a root below the editor and a small apiMaxLength': {
        root: '/red/hooks',
        settings: { httpRoot: '/red', httpNodeRoot: '/red/hooks', httpAdminRoot: '/red', apiMaxLength: '10kb' },
    },
};

for (const [name, { root, settings }] of Object.entries(setups))
    describe(`webhooks in a real Node-RED ${name}`, () => {
        let red: NodeRed;

        before(async function () {
            this.timeout(40_000);
            red = await startNodeRed({ flows: flows(), credentials: { hook: { secret } }, settings });
        });
        after(() => red?.stop());

        const post = async (body: string | Buffer, headers: Record<string, string> = {}, path = '/missive') => {
            const all = { 'content-type': 'application/json', 'x-hook-signature': sign(secret, body), ...headers };
            const answer = await fetch(`${red.url}${root}${path}`, {
                method: 'POST',
                body: typeof body === 'string' ? body : new Uint8Array(body),
                headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
            });
            await answer.text();
            return answer.status;
        };
        /** Deploys, and waits until the flows run again: Node-RED answers before that. */
        const deploy = async (...deployed: Parameters<NodeRed['deploy']>) => {
            const starts = () => red.log().match(/Started (modified )?(flows|nodes)/g)?.length ?? 0;
            const earlier = starts();
            await red.deploy(...deployed);
            while (starts() === earlier) await sleep(5);
        };
        /** What came into the flow since the last time. */
        const seen = async () => (await fetch(`${red.url}${root}/seen`)).json();
        /** Sends text piece by piece; gives the first bytes of the answer. */
        const raw = async (...pieces: string[]) => {
            const socket = connect(red.port, '127.0.0.1');
            try {
                for (const piece of pieces) {
                    socket.write(piece);
                    await sleep(1);
                }
                return String((await once(socket, 'data'))[0]);
            } finally {
                socket.destroy();
            }
        };
        const head = (path: string, ...lines: string[]) =>
            [`POST ${root}${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join(
                '\r\n',
            );

        it('signed over the raw bytes: 200, and the message is in the flow', async () => {
            (await post(odd)).should.equal(200);
            (await seen()).should.eql([parsed]);
        });

        it('as other content types: 200', async () => {
            for (const type of [
                'text/plain',
                'application/x-www-form-urlencoded',
                'application/json; charset=latin1',
                '',
            ])
                (await post(odd, { 'content-type': type })).should.equal(200);
            (await seen()).should.have.length(4);
        });

        it('forged, or not signed: 401', async () => {
            (await post(odd, { 'x-hook-signature': sign(secret, JSON.stringify(JSON.parse(odd))) })).should.equal(401);
            (await post(odd, { 'x-hook-signature': sign('another', odd) })).should.equal(401);
            (await post(odd, { 'x-hook-signature': '' })).should.equal(401);
            (await post('{"broken', { 'x-hook-signature': '' })).should.equal(401);
            (await seen()).should.eql([]);
        });

        it('empty, or {}: 200, nothing in the flow', async () => {
            for (const body of ['', '{}', ' \n', '{ }'])
                (await post(body, { 'x-hook-signature': '' })).should.equal(200);
            (await seen()).should.eql([]);
        });

        it('no JSON, no object, or compressed: 400', async () => {
            for (const body of ['{"broken', '[]', '"text"', '7']) (await post(body)).should.equal(400);
            (await post(gzipSync(odd), { 'content-encoding': 'gzip' })).should.equal(400);
            (await seen()).should.eql([]);
        });

        it('5 MB: 200; more: 413', async () => {
            const padded = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`;
            (await post(padded(largest))).should.equal(200);
            (await post(padded(largest + 1))).should.equal(413);
            (await seen()).should.have.length(1);
        });

        it('more than 5 MB in chunks, without a length: 413', async () => {
            const chunk = 'x'.repeat(1024 * 1024);
            const chunks = Array(6).fill(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
            (await raw(head('/open', 'Transfer-Encoding: chunked'), ...chunks, '0\r\n\r\n')).should.match(
                /^HTTP\/1.1 413/,
            );
        });

        it('in chunks of a few bytes: 200', async () => {
            const bytes = Buffer.from('{"rule":{"type":"new_comment","id":"r1"},"text":"in chunks"}');
            const chunks = (bytes.toString('latin1').match(/.{1,7}/g) ?? []).map(
                (piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`,
            );
            const lines = ['Transfer-Encoding: chunked', `X-Hook-Signature: ${sign(secret, bytes)}`];
            (await raw(head('/missive', ...lines), ...chunks, '0\r\n\r\n')).should.match(/^HTTP\/1.1 200/);
            (await seen()).should.eql([JSON.parse(bytes.toString())]);
        });

        it('cut off by the sender: nothing goes into the flow', async () => {
            const socket = connect(red.port, '127.0.0.1');
            socket.write(`${head('/open', 'Content-Length: 500')}{"rule":{"type":"new_comment"}}`);
            await sleep(20);
            socket.destroy();
            await once(socket, 'close');
            (await post('{"rule":{"type":"label_change"}}', {}, '/open')).should.equal(200);
            (await seen()).should.eql([{ rule: { type: 'label_change' } }]);
        });

        it('an unknown path: 404', async () => {
            (await post(odd, {}, '/unknown')).should.equal(404);
        });

        it('the path changed by a deploy: the old one 404, the new one 200; no node: 404', async () => {
            const moved = hook({ path: '/moved/', credentials: { secret } });
            for (const type of ['full', 'nodes'] as const) {
                await deploy(
                    flows().map((node) => ('id' in node && node.id === 'hook' ? moved : node)),
                    type,
                );
                (await post(odd)).should.equal(404);
                (await post(odd, {}, '/moved')).should.equal(200);
                await deploy(flows(), type);
                (await post(odd)).should.equal(200);
                (await post(odd, {}, '/moved')).should.equal(404);
            }
            await deploy(flows().filter((node) => !('path' in node)));
            (await post(odd)).should.equal(404);
            await deploy(flows());
            (await post(odd)).should.equal(200);
        });

        it('a path of the editor: the editor keeps it, and can deploy', async () => {
            await deploy(flows(hook({ id: 'greedy', path: 'flows' })));
            await deploy(flows());
            (await post(odd)).should.equal(200);
        });

        it('an http in node with the same path does not take it away, coming or going', async () => {
            const same = { id: 'same', z: 'f', type: 'http in', url: '/missive', method: 'post', wires: [['answer']] };
            await seen();
            await deploy(flows(same));
            (await post(odd)).should.equal(200);
            await deploy(flows());
            (await post(odd)).should.equal(200);
            (await seen()).should.eql([parsed, parsed]);
        });
    });
