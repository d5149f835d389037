import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import should from 'should';
import { Limiter } from '../../../src/missive/limits/limiter';
import { certificate } from '../../support/certificate';
import {
    callOf,
    clients,
    codesOf,
    deliveredOf,
    type Ends,
    endOf,
    errorOf,
    methods,
    pause,
    seenOf,
    spentOf,
    stop,
    turn,
} from '../../support/client';
import { answer, FaultyServer, faults } from '../../support/faulty-server';
import { listening } from '../../support/listening';

describe('The client repeats what is safe', () => {
    const { serve, clientOf, each } = clients();

    const network = Array(4).fill('ERR_MISSIVE_NETWORK');

    it('after 502, 503, 504 and 408: never a POST', async () => {
        for (const status of [502, 503, 504, 408]) {
            const ends = await each({}, answer(status));
            seenOf(ends).should.eql([4, 3, 3, 1]);
            deliveredOf(ends).should.eql(Array(4).fill('unknown'));
            const code = status === 408 ? 'ERR_MISSIVE_REFUSED' : 'ERR_MISSIVE_SERVER';
            codesOf(ends).should.eql(Array(4).fill(code));
            methods.map((method) => ends[method].error?.attempts).should.eql([4, 3, 3, 1]);
        }
    });

    it('after 500 three times in all: never a POST', async () => {
        const ends = await each({}, answer(500));
        seenOf(ends).should.eql([3, 3, 3, 1]);
        codesOf(ends).should.eql(Array(4).fill('ERR_MISSIVE_SERVER'));
    });

    it('until it succeeds', async () => {
        const ends = await each({}, answer(503), answer(502), answer(200, { ok: true }));
        seenOf(ends).should.eql([3, 3, 3, 1]);
        codesOf(ends).should.eql(['done', 'done', 'done', 'ERR_MISSIVE_SERVER']);
        should(ends.GET.answer).have.properties({ status: 200, body: { ok: true }, attempts: 3 });
    });

    it('after a connection that was reset or closed once the request was read: never a POST', async () => {
        for (const fault of [faults.resetAfterReading, faults.closeAfterReading]) {
            const ends = await each({}, fault);
            seenOf(ends).should.eql([4, 3, 3, 1]);
            codesOf(ends).should.eql(network);
            deliveredOf(ends).should.eql(Array(4).fill('unknown'));
        }
    });

    it('after an answer that is no HTTP: never a POST', async () => {
        for (const fault of [faults.noHttp, faults.hugeHeaders]) {
            const ends = await each({}, fault);
            seenOf(ends).should.eql([4, 3, 3, 1]);
            deliveredOf(ends).should.eql(Array(4).fill('unknown'));
        }
    });

    it('only for a GET where the body of a success was lost', async () => {
        for (const fault of [faults.halfBody, faults.resetInBody]) {
            const ends = await each({}, fault);
            seenOf(ends).should.eql([4, 1, 1, 1]);
            codesOf(ends).should.eql(network);
            deliveredOf(ends).should.eql(Array(4).fill('yes'));
        }
    });

    it('after no headers in time: never a POST; after a body that stopped half-way: only a GET', async () => {
        const [headers, body] = await Promise.all([
            each({ timeouts: { connect: 5000, headers: 100, body: 5000 } }, faults.silence),
            each({ timeouts: { connect: 5000, headers: 5000, body: 100 } }, faults.stalledBody),
        ]);
        const reasonsOf = (ends: Ends) => methods.map((method) => ends[method].error?.reason);
        seenOf(headers).should.eql([4, 3, 3, 1]);
        reasonsOf(headers).should.eql(Array(4).fill('UND_ERR_HEADERS_TIMEOUT'));
        deliveredOf(headers).should.eql(Array(4).fill('unknown'));
        seenOf(body).should.eql([4, 1, 1, 1]);
        reasonsOf(body).should.eql(Array(4).fill('UND_ERR_BODY_TIMEOUT'));
        deliveredOf(body).should.eql(Array(4).fill('yes'));
    });

    it('where nothing was written: a POST too', async () => {
        const gone = await FaultyServer.start(answer(200));
        const { address } = gone;
        await gone.stop();
        const limiter = new Limiter();
        for (const method of methods) {
            const error = await errorOf(clientOf(address, { limiter }).send(callOf(method), turn));
            error.should.have.properties({
                code: 'ERR_MISSIVE_NETWORK',
                reason: 'ECONNREFUSED',
                delivered: 'no',
                attempts: 5,
            });
        }
        spentOf(limiter).should.eql([0, 0]);
    });

    it('where nothing was written, and then says how often it was really sent', async () => {
        const server = await FaultyServer.start(answer(201, { tasks: { id: 't' } }));
        const { port } = server;
        await server.stop();
        const client = clientOf(`http://127.0.0.1:${port}/v1`, { backOff: 200 });
        const sent = client.send(callOf('POST'), turn);
        await pause(50);
        const back = createServer((_, response) => response.writeHead(201).end('{}'));
        await new Promise<void>((done) => back.listen(port, '127.0.0.1', done));
        const got = await sent;
        got.should.have.properties({ status: 201, attempts: 1 });
        await client.close();
        await stop(back);
    });

    it('a POST never where the connection was reset just when it was written', async () => {
        for (const fault of [faults.resetAtOnce, faults.closeAtOnce]) {
            const ends = await each({}, fault);
            codesOf(ends).should.eql(network);
            seenOf(ends).should.eql([0, 0, 0, 0]);
            const server = await serve(fault, answer(201));
            const end = await endOf(clientOf(server.address), callOf('POST'));
            // Whether undici had written it hangs on the moment; it is never seen twice, and the error is honest.
            server.seen.length.should.be.belowOrEqual(1);
            if (end.error) end.error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'unknown' });
            else server.seen.length.should.equal(1);
        }
    });

    it('no refusal, even one that was cut off', async () => {
        const ends = await each({}, faults.refusalCut);
        seenOf(ends).should.eql([1, 1, 1, 1]);
        codesOf(ends).should.eql(Array(4).fill('ERR_MISSIVE_REFUSED'));
    });

    it('no certificate that does not hold', async () => {
        const server = await serve({ early: true, act: (socket) => socket.end('no TLS here\r\n') });
        const error = await errorOf(clientOf(server.address.replace('http:', 'https:')).send(callOf('GET'), turn));
        error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no', attempts: 1 });
        server.connections.should.equal(1);
    });

    it('no certificate that nobody signed, and sends the token to nobody', async () => {
        let asked = 0;
        const server = createTlsServer(certificate, () => asked++);
        const address = `https://localhost:${await listening(server)}/v1`;
        for (const method of methods) {
            const error = await errorOf(clientOf(address).send(callOf(method), turn));
            error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no', attempts: 1 });
            should(error.reason).match(/SELF_SIGNED/);
        }
        asked.should.equal(0);
        await stop(server);
    });

    it('where no such host is known: a POST too, as nothing was written', async () => {
        for (const method of methods) {
            const error = await errorOf(clientOf('http://missive.invalid/v1').send(callOf(method), turn));
            error.should.have.properties({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no', attempts: 5 });
            should(error.reason).match(/^(ENOTFOUND|EAI_AGAIN)$/);
        }
    });

    it('a delete whose answer was lost, and takes a 404 then for done', async () => {
        const server = await serve(faults.closeAfterReading, answer(404, { error: { message: 'Not found' } }));
        const got = await clientOf(server.address).send(callOf('DELETE'), turn);
        got.should.have.properties({ status: 404, body: undefined, attempts: 2 });
    });

    it('a delete that was refused first, and takes a 404 then for what it is', async () => {
        const server = await serve(answer(429, {}, { 'Retry-After': '0' }), answer(404));
        const error = await errorOf(clientOf(server.address).send(callOf('DELETE'), turn));
        error.code.should.equal('ERR_MISSIVE_NOT_FOUND');
    });

    it('nothing of a change that may have arrived as if it had not', async () => {
        const server = await serve(
            faults.closeAfterReading,
            faults.closeAfterReading,
            answer(429, {}, { 'Retry-After': '0' }),
        );
        const error = await errorOf(clientOf(server.address).send(callOf('PATCH'), turn));
        error.should.have.properties({ code: 'ERR_MISSIVE_RATE', delivered: 'unknown' });
    });
});
