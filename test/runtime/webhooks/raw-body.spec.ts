import 'should';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { install } from '@sinonjs/fake-timers';
import { copyBody, rawBody } from '../../../src/runtime/webhooks/raw-body';

describe('the raw body of a request', () => {
    let server: Server;
    let sockets: Socket[];

    beforeEach(async () => {
        sockets = [];
        server = createServer((req, res) => {
            copyBody(req, res);
            void rawBody(req).then((body) => {
                res.setHeader('Connection', 'close');
                res.end(typeof body === 'string' ? body : `${body.length} bytes`);
            });
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
    });
    afterEach(async () => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    });

    /** Begins a request with a body of this length and sends the start of it; `answer` has what came back. */
    const begin = async (head: string, start: string | Buffer) => {
        const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
        sockets.push(socket);
        let text = '';
        socket.setEncoding('utf8').on('data', (chunk) => {
            text += chunk;
        });
        const arrived = once(server, 'request');
        socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
        const [req] = await arrived;
        await new Promise((resolve) => socket.write(start, resolve));
        const answer = once(socket, 'close').then(() => text);
        return { socket, req, answer };
    };

    it('that comes to its end', async () => {
        const { socket, answer } = await begin('Content-Length: 10', '12345');
        socket.write('67890');
        (await answer).should.match(/10 bytes$/);
    });

    it('that does not come to its end in twenty seconds is not waited for', async () => {
        const clock = install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
        try {
            const { answer } = await begin('Content-Length: 10', '12345');
            clock.tick(20_001);
            (await answer).should.match(/too slow$/);
        } finally {
            clock.uninstall();
        }
    });

    it('that goes on for ever is refused in the middle', async () => {
        const megabyte = Buffer.alloc(1024 * 1024, 'x');
        const { socket, answer } = await begin('Transfer-Encoding: chunked', '');
        for (let i = 0; i < 12; i += 1) {
            socket.write('100000\r\n');
            socket.write(megabyte);
            socket.write('\r\n');
        }
        (await answer).should.match(/too large/);
    });

    it('is refused where all of them together take too much memory, and taken again later', async () => {
        const most = Buffer.alloc(4.9 * 1024 * 1024, 'x');
        const length = `Content-Length: ${most.length + 1}`;
        const all: Awaited<ReturnType<typeof begin>>[] = [];
        for (let i = 0; i < 27; i += 1) all.push(await begin(length, most));
        const last = all.at(-1);
        // Its bytes may still be on their way.
        await new Promise((resolve) => setTimeout(resolve, 100));
        last?.socket.write('x');
        String(await last?.answer).should.match(/too many$/);
        all[0]?.socket.write('x');
        String(await all[0]?.answer).should.match(new RegExp(`${most.length + 1} bytes$`));
        for (const { socket } of all) socket.destroy();
        await new Promise((resolve) => setTimeout(resolve, 100));
        const { socket, answer } = await begin(length, most);
        socket.write('x');
        (await answer).should.match(/bytes$/);
    });
});
