import { createServer, type Server } from 'node:http';
import { connect, createServer as createNetServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import should from 'should';
import type { Call } from '../../../src/missive/call';
import { timeouts as standard } from '../../../src/missive/wire/wire';
import { callOf, clients, endOf, errorOf, stop, turn } from '../../support/client';
import { answer, faults } from '../../support/faulty-server';
import { listening } from '../../support/listening';

describe('The wire', () => {
    const { serve, clientOf, close } = clients();

    describe('waits for the headers of an answer', () => {
        const timeouts = { connect: 5000, headers: 100, body: 5000 };
        const bodyOf = (size: number): Call => ({ method: 'POST', path: '/drafts', body: 'x'.repeat(size - 2) });

        it('as long as it should, with a body of up to a megabyte', async () => {
            const server = await serve(faults.silence);
            const error = await errorOf(clientOf(server.address, { timeouts }).send(bodyOf(1024 * 1024), turn));
            should(error.reason).equal('UND_ERR_HEADERS_TIMEOUT');
        });

        it('longer where the body is larger than that', async () => {
            // Late enough for undici, whose time-outs are about half a second late.
            const server = await serve({ act: (socket) => setTimeout(() => answer(200).act(socket), 2500) });
            const got = await clientOf(server.address, { timeouts }).send(bodyOf(1024 * 1024 + 1), turn);
            got.status.should.equal(200);
        });
    });

    it('gives each address of a name three seconds, and ten to all', async () => {
        const asked: Record<string, unknown>[] = [];
        const net: { connect: (options: Record<string, unknown>) => unknown } = require('node:net');
        const connectAsBefore = net.connect;
        net.connect = (options) => {
            asked.push(options);
            return connectAsBefore(options);
        };
        try {
            const server = await serve(answer(200));
            await clientOf(server.address, { timeouts: standard }).send(callOf('GET'), turn);
        } finally {
            net.connect = connectAsBefore;
        }
        asked.should.have.length(1);
        should(asked[0]).match({ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 3000 });
    });

    describe('reads an answer', () => {
        const text = JSON.stringify({ tasks: [{ title: 'é'.repeat(2000) }] });
        const packed: Record<string, Buffer> = {
            gzip: gzipSync(text),
            'x-gzip': gzipSync(text),
            deflate: deflateSync(text),
            'deflate, deflate': deflateRawSync(deflateRawSync(text)),
            'gzip, gzip': gzipSync(text),
            br: brotliCompressSync(text),
            identity: Buffer.from(text),
            'gzip, br': brotliCompressSync(gzipSync(text)),
        };
        const sending = (encoding: string, bytes: Buffer, status = 200) => ({
            act: (socket: Socket) => {
                socket.write(
                    `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${bytes.length}\r\n\r\n`,
                );
                socket.write(bytes);
            },
        });
        for (const [encoding, bytes] of Object.entries(packed))
            it(`that is packed (${encoding})`, async () => {
                const server = await serve(sending(encoding, bytes));
                const got = await clientOf(server.address).send(callOf('GET'), turn);
                should(got.body).eql(JSON.parse(text));
                should(server.seen[0]?.headers['accept-encoding']).be.undefined();
            });

        it("that says no in Missive's own words, packed", async () => {
            const words = gzipSync(JSON.stringify({ error: { message: 'Title is too long' } }));
            const server = await serve(sending('gzip', words, 400));
            const error = await errorOf(clientOf(server.address).send(callOf('POST'), turn));
            error.message.should.startWith('Title is too long');
        });

        it('with a mark of its byte order', async () => {
            const server = await serve(sending('identity', Buffer.from('\ufeff{"a":1}')));
            should((await clientOf(server.address).send(callOf('GET'), turn)).body).eql({ a: 1 });
        });

        it('and says that the rest was lost where it cannot be unpacked', async () => {
            for (const [encoding, bytes] of [
                ['gzip', Buffer.from('not gzip')],
                ['zstd', Buffer.from('zstd')],
                ['br', packed.br?.subarray(0, 20) ?? Buffer.alloc(0)],
            ] as const) {
                const server = await serve(sending(encoding, bytes));
                const error = await errorOf(clientOf(server.address).send(callOf('POST'), turn));
                error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'yes', status: 200 });
                server.seen.should.have.length(1);
            }
        });
    });

    describe('goes through the proxy of the environment', () => {
        let proxy: Server;
        let tunnels: string[];
        let refuse: boolean;
        beforeEach(async () => {
            tunnels = [];
            refuse = false;
            proxy = createServer();
            proxy.on('connect', (request, socket) => {
                tunnels.push(request.url ?? '');
                socket.on('error', () => {});
                if (refuse) {
                    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
                    return;
                }
                // Whatever the host is called, it is this computer: the proxy is the one that knows it.
                const [, port = ''] = (request.url ?? '').split(':');
                const target = connect(Number(port), '127.0.0.1', () => {
                    socket.write('HTTP/1.1 200 OK\r\n\r\n');
                    target.pipe(socket).pipe(target);
                });
                target.on('error', () => socket.destroy());
            });
            process.env.HTTP_PROXY = `http://127.0.0.1:${await listening(proxy)}`;
        });
        afterEach(async () => {
            delete process.env.HTTP_PROXY;
            delete process.env.NO_PROXY;
            await close();
            await stop(proxy);
        });

        /** The server under a name that only the proxy knows. */
        const behind = ({ address }: { readonly address: string }) => address.replace('127.0.0.1', 'missive.test');

        it('without a warning, five at a time, with the same rules', async () => {
            const warnings: Error[] = [];
            const warned = (warning: Error) => warnings.push(warning);
            process.on('warning', warned);
            const server = await serve(answer(503), answer(200, { ok: true }));
            const client = clientOf(behind(server));
            const ends = await Promise.all(Array.from({ length: 12 }, () => endOf(client, callOf('GET'))));
            ends.every((end) => end.answer?.status === 200).should.be.true();
            server.connections.should.be.belowOrEqual(6);
            tunnels.length.should.equal(server.connections);
            await new Promise((done) => setImmediate(done));
            process.off('warning', warned);
            warnings.should.eql([]);
        });

        it('and knows that nothing was written where the proxy refuses', async () => {
            refuse = true;
            const server = await serve(answer(200));
            const error = await errorOf(clientOf(behind(server)).send(callOf('POST'), turn));
            error.should.have.properties({
                code: 'ERR_MISSIVE_NETWORK',
                reason: 'proxy answered 407',
                delivered: 'no',
            });
            tunnels.length.should.equal(5);
            server.connections.should.equal(0);
        });

        it('and does not wait for ever for a proxy that stalls', async () => {
            const sockets = new Set<{ destroy(): void }>();
            const silent = createNetServer((socket) => sockets.add(socket.on('error', () => {})));
            process.env.HTTP_PROXY = `http://127.0.0.1:${await listening(silent)}`;
            const timeouts = { connect: 100, headers: 5000, body: 5000 };
            const client = clientOf('http://missive.test/v1', { timeouts, maxWait: 0 });
            let error = await errorOf(client.send(callOf('POST'), turn));
            // On a busy machine a millisecond may pass before the first try: that is too long, too.
            while (error.attempts === 0) error = await errorOf(client.send(callOf('POST'), turn));
            // The first try was given up, and for a second one there was no time left.
            error.should.have.properties({ code: 'ERR_MISSIVE_QUEUE', delivered: 'no', attempts: 1 });
            should(error.reason).equal('UND_ERR_HEADERS_TIMEOUT');
            for (const socket of sockets) socket.destroy();
            await new Promise((done) => silent.close(done));
        });

        it('and keeps to the account’s deadline where the proxy takes the connection and says nothing', async () => {
            const sockets = new Set<{ destroy(): void }>();
            let asked = 0;
            const silent = createNetServer((socket) => {
                sockets.add(socket.on('error', () => {}));
                socket.once('data', () => asked++);
            });
            process.env.HTTP_PROXY = `http://127.0.0.1:${await listening(silent)}`;
            const timeouts = { connect: 100, headers: 5000, body: 5000 };
            const client = clientOf('http://missive.test/v1', { timeouts, maxWait: 1 });
            const calls = Array.from({ length: 8 }, () => errorOf(client.send(callOf('POST'), turn)));
            for (const error of await Promise.all(calls)) {
                error.should.have.properties({ code: 'ERR_MISSIVE_QUEUE', delivered: 'no' });
                error.message.should.match(/longer than the 1 s the account allows/);
            }
            asked.should.be.belowOrEqual(8 * 5);
            for (const socket of sockets) socket.destroy();
            await new Promise((done) => silent.close(done));
        });

        const unhelpful: [string, string, (socket: Socket) => void][] = [
            ['closes instead of answering', 'proxy closed the connection', (socket) => socket.end()],
            ['closes in the middle of a line', 'proxy closed the connection', (socket) => socket.end('HTTP/1.1 20')],
            ['resets the connection', 'proxy closed the connection', (socket) => socket.resetAndDestroy()],
            ['is no proxy', 'proxy speaks no HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_9.0\r\n')],
        ];
        for (const [name, reason, act] of unhelpful)
            it(`and gives up soon where the proxy ${name}`, async function () {
                this.timeout(20_000);
                let asked = 0;
                const proxy = createNetServer((socket) => {
                    socket
                        .on('error', () => {})
                        .once('data', () => {
                            asked++;
                            act(socket);
                        });
                });
                process.env.HTTP_PROXY = `http://127.0.0.1:${await listening(proxy)}`;
                const error = await errorOf(clientOf('http://missive.test/v1').send(callOf('POST'), turn));
                error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no' });
                should(error.reason).equal(reason);
                asked.should.equal(3);
                await new Promise((done) => proxy.close(done));
            });

        it('but not to the hosts of NO_PROXY', async () => {
            process.env.NO_PROXY = 'missive.test';
            const client = clientOf('http://missive.test:9/v1', { maxWait: 0 });
            await errorOf(client.send(callOf('GET'), turn));
            tunnels.should.eql([]);
        });

        it('but not to this computer, where the practice inbox is', async () => {
            const server = await serve(answer(200));
            await clientOf(server.address).send(callOf('GET'), turn);
            tunnels.should.eql([]);
        });

        it('and says so where the proxy is no address', async () => {
            for (const bad of ['proxy.test:3128', '::']) {
                process.env.HTTP_PROXY = bad;
                const error = await errorOf(clientOf('http://127.0.0.1:9/v1').send(callOf('GET'), turn));
                error.code.should.equal('ERR_MISSIVE_CONFIG');
            }
        });
    });
});
