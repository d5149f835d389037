import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';

const megabytes = 2;

describe('A hundred drafts with one PDF of 2 MB each, in a Node-RED with 256 MB of heap', function () {
    this.timeout(120_000);
    let userDir: string;
    let missive: Server;
    let red: NodeRed;
    let arrived: number[];

    before(async () => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-memory-'));
        mkdirSync(path.join(userDir, 'files'));
        writeFileSync(path.join(userDir, 'files', 'offer.pdf'), Buffer.alloc(megabytes * 1024 ** 2, '%PDF'));
        missive = createServer((request, response) => {
            let size = 0;
            request.on('data', (piece) => {
                size += piece.length;
            });
            request.on('end', () => {
                arrived.push(size);
                setTimeout(() => response.setHeader('content-type', 'application/json').end('{"drafts":{}}'), 20);
            });
        }).listen(0, '127.0.0.1');
        await new Promise((done) => missive.once('listening', done));
        const url = `http://127.0.0.1:${(missive.address() as AddressInfo).port}/v1`;
        red = await startNodeRed({ ...flowsFor(url), userDir, node: ['--max-old-space-size=256'] });
    });
    after(async () => {
        await red?.stop();
        missive?.closeAllConnections();
        missive?.close();
        rmSync(userDir, { recursive: true, force: true });
    });
    beforeEach(() => {
        arrived = [];
    });

    const ended = async (kind: string) => {
        await fetch(`${red.url}/${kind}`);
        for (;;) {
            const came = (await (await fetch(`${red.url}/came`)).json()) as Record<string, string[]>;
            const all = came[kind] ?? [];
            if (all.length >= 100) return all;
            await new Promise((done) => setTimeout(done, 100));
        }
    };

    it('all go out where the file is given by its path: it is read when it is sent', async () => {
        const all = await ended('paths');
        all.filter((each) => each !== 'sent').should.eql([]);
        arrived.should.have.length(100);
        for (const size of arrived) size.should.be.above(megabytes * 1.3 * 1024 ** 2);
    });

    it('go out as far as they fit into the account’s bound where their bytes wait, and the others say so', async () => {
        const all = await ended('bytes');
        const sent = all.filter((each) => each === 'sent').length;
        // 64 MB wait beside the five on their way, and some more came when others had gone.
        sent.should.be.within(25, 99);
        all.filter((each) => each === 'ERR_MISSIVE_QUEUE').length.should.equal(100 - sent);
        arrived.should.have.length(sent);
        should(red.log()).not.match(/heap|FATAL/);
    });
});

function flowsFor(url: string) {
    const z = 'tab';
    const make = (kind: string, attachment: string) => [
        { id: `${kind}-in`, type: 'http in', z, url: `/${kind}`, method: 'get', wires: [[`${kind}-make`]] },
        {
            ...{ id: `${kind}-make`, type: 'function', z, outputs: 2, wires: [['draft'], ['out']] },
            func: `for (let at = 0; at < 100; at++) node.send([{ kind: '${kind}', payload: { subject: 'Offer ' + at, body: 'x', to_fields: 'ann@x.example', from_field: 'b@y.example', attachments: [${attachment}] } }, null], false);
                return [null, msg];`,
        },
    ];
    const note = "const all = flow.get('came') ?? {}; (all[msg.kind] ??= []).push(WHAT); flow.set('came', all);";
    return {
        flows: [
            { id: z, type: 'tab', label: 'memory' },
            { id: 'account', type: 'missive-config', url, policy: 'fast' },
            ...make('paths', "{ path: 'offer.pdf' }"),
            ...make('bytes', "{ filename: 'offer.pdf', content: Buffer.alloc(2 * 1024 * 1024, '%PDF') }"),
            { id: 'draft', type: 'missive-create-draft', z, account: 'account', wires: [['sent']] },
            { id: 'sent', type: 'function', z, func: note.replace('WHAT', "'sent'"), wires: [[]] },
            { id: 'catch', type: 'catch', z, x: 10, y: 10, scope: ['draft'], wires: [['failed']] },
            {
                ...{ id: 'failed', type: 'function', z, wires: [[]] },
                func: note.replace('WHAT', 'msg.error.cause.code'),
            },
            { id: 'came', type: 'http in', z, url: '/came', method: 'get', wires: [['tell']] },
            {
                ...{ id: 'tell', type: 'function', z, wires: [['out']] },
                func: "msg.payload = flow.get('came') ?? {}; return msg;",
            },
            { id: 'out', type: 'http response', z, wires: [] },
        ],
        credentials: { account: { token: 'missive_pat-memory' } },
    };
}
