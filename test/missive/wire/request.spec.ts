import should from 'should';
import type { Call } from '../../../src/missive/call';
import { Limiter } from '../../../src/missive/limits/limiter';
import { callOf, clients, endOf, errorOf, spentOf, token, turn } from '../../support/client';
import { answer, faults } from '../../support/faulty-server';

describe('A request', () => {
    const { serve, clientOf } = clients();

    describe('sends', () => {
        it('a call as Missive wants it', async () => {
            const server = await serve(answer(201, { tasks: { id: 't' } }));
            const body = { tasks: { title: 'Ünïcode ✓' } };
            const got = await clientOf(server.address, { token: ` ${token}\n` }).send(
                { method: 'POST', path: '/tasks', body },
                turn,
            );
            got.should.have.properties({ status: 201, body: { tasks: { id: 't' } }, attempts: 1 });
            got.waited.should.be.a.Number();
            const [seen] = server.seen;
            should(seen).have.properties({ method: 'POST', path: '/v1/tasks', body: JSON.stringify(body) });
            should(seen?.headers).have.properties({
                authorization: `Bearer ${token}`,
                accept: 'application/json',
                'content-type': 'application/json',
                'user-agent': 'node-red-missive',
            });
        });

        it('no content type where there is no body', async () => {
            const server = await serve(answer(200));
            await clientOf(server.address).send({ method: 'GET', path: '/users' }, turn);
            should(server.seen[0]?.headers).not.have.property('content-type');
        });

        it('the path below the address, with or without a slash at its end', async () => {
            const server = await serve(answer(200));
            for (const end of ['', '/', '//'])
                await clientOf(server.address + end).send({ method: 'GET', path: '/users' }, turn);
            await clientOf(`http://127.0.0.1:${server.port}`).send({ method: 'GET', path: '/users' }, turn);
            server.seen.map(({ path }) => path).should.eql(['/v1/users', '/v1/users', '/v1/users', '/users']);
        });

        it('the query: lists by commas, numbers and booleans as text, nothing for undefined', async () => {
            const server = await serve(answer(200));
            const query = {
                limit: 5,
                inbox: true,
                ids: ['x', 'ü y'],
                none: undefined,
                no: false,
                empty: '',
                'a&b': '=&',
            };
            await clientOf(server.address).send({ method: 'GET', path: '/tasks', query }, turn);
            const { searchParams } = new URL(server.seen[0]?.path ?? '', 'http://x');
            Object.fromEntries(searchParams).should.eql({
                limit: '5',
                inbox: 'true',
                ids: 'x,ü y',
                no: 'false',
                empty: '',
                'a&b': '=&',
            });
        });

        it('the query behind one that is in the path already', async () => {
            const server = await serve(answer(200));
            await clientOf(server.address).send({ method: 'GET', path: '/tasks?a=1', query: { b: 2 } }, turn);
            should(server.seen[0]?.path).equal('/v1/tasks?a=1&b=2');
        });

        it('at most five at a time, over sockets that stay open', async () => {
            const server = await serve(answer(200));
            const client = clientOf(server.address);
            await Promise.all(Array.from({ length: 40 }, () => client.send(callOf('POST'), turn)));
            server.seen.length.should.equal(40);
            server.connections.should.be.belowOrEqual(5);
        });

        it('requests of ten megabytes', async () => {
            const server = await serve(answer(200));
            const frame = JSON.stringify({ x: '' }).length;
            const body = { x: 'x'.repeat(10 * 1024 * 1024 - frame) };
            await clientOf(server.address).send({ method: 'POST', path: '/drafts', body }, turn);
            should(server.seen[0]?.body.length).equal(10 * 1024 * 1024);
        });
    });

    describe('refuses before anything is queued', () => {
        const cyclic: Record<string, unknown> = {};
        cyclic.self = cyclic;
        const bad: [string, Call][] = [
            ['a body that refers to itself', { method: 'POST', path: '/x', body: cyclic }],
            ['a BigInt', { method: 'POST', path: '/x', body: { x: 1n } }],
            ['a function', { method: 'POST', path: '/x', body: () => {} }],
            ['more than ten megabytes', { method: 'POST', path: '/x', body: 'ü'.repeat(5 * 1024 * 1024) }],
            ['a path that is no path', { method: 'GET', path: 'users' }],
            ['a path with a space', { method: 'GET', path: '/a b' }],
            ['a path with a line break', { method: 'GET', path: '/a\r\nX: y' }],
        ];
        for (const [what, call] of bad) {
            it(what, async () => {
                const server = await serve(answer(200));
                const limiter = new Limiter();
                const error = await errorOf(clientOf(server.address, { limiter }).send(call, turn));
                error.code.should.equal('ERR_MISSIVE_INPUT');
                if (what.includes('megabytes')) error.message.should.match(/10\.00 MB/);
                server.connections.should.equal(0);
                spentOf(limiter).should.eql([0, 0]);
            });
        }

        it('a token that no header can carry', async () => {
            const server = await serve(answer(200));
            for (const bad of ['', '  ', 'a\nb', 'tökén', 'a\u0000b', '🔑']) {
                const error = await errorOf(clientOf(server.address, { token: bad }).send(callOf('GET'), turn));
                error.code.should.equal('ERR_MISSIVE_CONFIG');
                if (bad.trim()) error.message.should.not.containEql(bad);
            }
            server.connections.should.equal(0);
        });

        it('an address that is none, at no cost', async () => {
            const limiter = new Limiter();
            for (const address of ['', 'missive', 'ftp://x/v1', 'http://']) {
                const error = await errorOf(clientOf(address, { limiter }).send(callOf('GET'), turn));
                error.code.should.equal('ERR_MISSIVE_CONFIG');
            }
            spentOf(limiter).should.eql([0, 0]);
        });

        it('a queue that is full', async () => {
            const server = await serve(faults.silence);
            const client = clientOf(server.address, { maxQueue: 1 });
            const sent = Array.from({ length: 7 }, () => endOf(client, callOf('POST')));
            const first = await Promise.race(sent);
            should(first.error?.code).equal('ERR_MISSIVE_QUEUE');
            await server.stop();
            await Promise.all(sent);
        });
    });
});
