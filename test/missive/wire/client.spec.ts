import should from 'should';
import { aheadOfFar } from '../../../src/missive/far-clock';
import { Limiter } from '../../../src/missive/limits/limiter';
import { callOf, clients, codesOf, deliveredOf, errorOf, pause, seenOf, spentOf, turn } from '../../support/client';
import { answer, type Step } from '../../support/faulty-server';

describe('The client', () => {
    const { serve, clientOf, each } = clients();

    describe('reads', () => {
        it('an answer without a body as undefined', async () => {
            const server = await serve(answer(201, ''), answer(200, ' \n'), answer(204, ''));
            const client = clientOf(server.address);
            for (const status of [201, 200, 204]) {
                const got = await client.send(callOf('POST'), turn);
                got.should.have.properties({ status, body: undefined });
            }
        });

        it('by how much this clock is ahead of the far one, a few seconds aside', async () => {
            const at = (ms: number) => answer(200, {}, { Date: new Date(Date.now() + ms).toUTCString() });
            const server = await serve(at(-3_600_000), at(0), answer(200, {}));
            const client = clientOf(server.address);
            should(aheadOfFar(client.limiter)).be.undefined();
            await client.send(callOf('GET'), turn);
            should(aheadOfFar(client.limiter)).be.approximately(3_600_000, 5000);
            await client.send(callOf('GET'), turn);
            should(aheadOfFar(client.limiter)).equal(0);
            await client.send(callOf('GET'), turn);
            should(aheadOfFar(client.limiter)).equal(0);
        });

        it('every kind of JSON', async () => {
            const values = [{ a: 1 }, [1], null, 0, false];
            const server = await serve(...values.map((value) => answer(200, value)));
            const client = clientOf(server.address);
            for (const value of values) {
                const got = await client.send({ method: 'GET', path: '/x' }, turn);
                should(got.body).eql(value);
            }
        });

        it('a success that is no JSON as a failure of the server, and does not repeat it', async () => {
            const ends = await each({}, answer(200, '<html>Welcome</html>', { 'Content-Type': 'text/html' }));
            codesOf(ends).should.eql(Array(4).fill('ERR_MISSIVE_SERVER'));
            deliveredOf(ends).should.eql(Array(4).fill('yes'));
            seenOf(ends).should.eql([1, 1, 1, 1]);
        });

        it('no answer without end', async () => {
            const endless: Step = {
                act(socket) {
                    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n');
                    const piece = Buffer.alloc(1024 * 1024, 32);
                    const more = () => {
                        while (!socket.destroyed && socket.write(piece));
                    };
                    socket.on('drain', more);
                    more();
                },
            };
            const server = await serve(endless);
            const error = await errorOf(clientOf(server.address).send(callOf('GET'), turn));
            error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', status: 200, delivered: 'yes', attempts: 1 });
            server.seen.length.should.equal(1);
        });
    });

    describe('after a 429', () => {
        const later = (seconds: number) =>
            answer(429, { error: { message: 'Too Many Requests' } }, { 'Retry-After': String(seconds) });

        it('repeats every call, a POST too', async () => {
            const ends = await each({}, later(0), later(0), answer(200, { ok: true }));
            codesOf(ends).should.eql(Array(4).fill('done'));
            seenOf(ends).should.eql([3, 3, 3, 3]);
            should(ends.POST.answer).have.properties({ attempts: 3 });
        });

        it('gives up after ten repeats', async () => {
            const ends = await each({}, later(0));
            codesOf(ends).should.eql(Array(4).fill('ERR_MISSIVE_RATE'));
            seenOf(ends).should.eql([11, 11, 11, 11]);
            should(ends.POST.error).have.properties({ status: 429, delivered: 'no', attempts: 11 });
            String(ends.POST.error?.message).should.match(/^Too Many Requests\. /);
        });

        it('lets the others wait also where the call that met it has no try left', async () => {
            const limiter = new Limiter();
            const ten = Array.from({ length: 10 }, () => later(0));
            const last = await serve(...ten, later(60));
            const error = await errorOf(clientOf(last.address, { limiter }).send(callOf('POST'), turn));
            error.code.should.equal('ERR_MISSIVE_RATE');
            limiter.state().held.should.be.above(50_000);
        });

        it('waits as long as Missive asks, and all calls of the token wait', async () => {
            const server = await serve(later(1), answer(200));
            const limiter = new Limiter();
            const client = clientOf(server.address, { limiter });
            const started = performance.now();
            const first = client.send({ method: 'POST', path: '/first' }, turn);
            while (limiter.state().held === 0) await pause(5);
            const other = clientOf(server.address, { limiter }).send({ method: 'GET', path: '/other' }, { node: 'b' });
            const [got] = await Promise.all([first, other]);
            should(performance.now() - started).be.aboveOrEqual(1000);
            got.waited.should.be.aboveOrEqual(990);
            server.seen.map(({ path }) => path).should.eql(['/v1/first', '/v1/first', '/v1/other']);
        });

        it('gives up at its deadline, unsent', async () => {
            const server = await serve(later(60));
            const error = await errorOf(clientOf(server.address, { maxWait: 0.3 }).send(callOf('POST'), turn));
            error.should.have.properties({ code: 'ERR_MISSIVE_QUEUE', delivered: 'no', attempts: 1 });
            server.seen.length.should.equal(1);
        });
    });

    describe('ends', () => {
        it('what waits when its node is stopped, not what is on the wire', async () => {
            const server = await serve({ act: (socket) => setTimeout(() => answer(200).act(socket), 200) });
            const limiter = new Limiter();
            const stop = new AbortController();
            const client = clientOf(server.address, { limiter });
            const sent = Array.from({ length: 8 }, () =>
                client.send(callOf('POST'), { node: 'a', signal: stop.signal }),
            );
            const ends = Promise.allSettled(sent);
            while (server.seen.length < 5) await pause(5);
            stop.abort();
            const states = (await ends).map(({ status }) => status);
            states.should.eql([...Array(5).fill('fulfilled'), ...Array(3).fill('rejected')]);
            server.seen.length.should.equal(5);
        });

        it('idle sockets on close, and lets requests in flight finish', async () => {
            const server = await serve({ act: (socket) => setTimeout(() => answer(200).act(socket), 200) });
            const client = clientOf(server.address);
            await client.send(callOf('GET'), turn);
            server.open.should.equal(1);
            const last = client.send(callOf('POST'), turn);
            while (server.seen.length < 2) await pause(5);
            await client.close();
            (await last).status.should.equal(200);
            while (server.open > 0) await pause(5);
        });

        it('every later call after close, at no cost', async () => {
            const server = await serve(answer(200));
            const limiter = new Limiter();
            const client = clientOf(server.address, { limiter });
            await client.send(callOf('GET'), turn);
            await client.close();
            await client.close();
            const error = await errorOf(client.send(callOf('GET'), turn));
            error.code.should.equal('ERR_MISSIVE_CLOSED');
            spentOf(limiter).should.eql([1, 1]);
        });
    });
});
