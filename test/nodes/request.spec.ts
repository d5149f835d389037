import should from 'should';
import request from '../../nodes/missive-request';
import { NodeTest } from '../support/node-test';

describe('missive-request', () => {
    const test = new NodeTest(request, () => [200, {}]);

    it('sends any method, path, query and body, with the account’s token', async () => {
        await test.load();
        await test.send({ path: '/users', query: { limit: 50, organization: 'o 1', until: null } });
        await test.send({ method: 'post', path: '/tasks', body: { tasks: { title: 'x' } } });
        await test.send({ method: 'PATCH', path: '/tasks/a%2Cb?x=%25', body: '{"tasks":{}}', query: '{"y":[1,2]}' });
        await test.send({ method: 'DELETE', path: '/drafts/d1' });
        test.sent().should.eql([
            ['GET /users?limit=50&organization=o%201&until=', undefined],
            ['POST /tasks', { tasks: { title: 'x' } }],
            ['PATCH /tasks/a%2Cb?x=%25&y=1%2C2', { tasks: {} }],
            ['DELETE /drafts/d1', undefined],
        ]);
        for (const { headers } of test.missive.seen) should(headers.authorization).equal('Bearer tok');
    });

    const bodies: [string, unknown, unknown][] = [
        ['/contact_books', { contact_books: [{ id: 1 }] }, [{ id: 1 }]],
        ['/conversations/c1', { conversations: [{ id: 1 }] }, [{ id: 1 }]],
        ['/conversations/c1/messages?limit=10', { messages: [] }, []],
        ['/analytics/reports/r1', { reports: { start: 1 } }, { start: 1 }],
        ['/tasks/t1', { tasks: { id: 1 }, more: 1 }, { tasks: { id: 1 }, more: 1 }],
        ['/tasks/t1', { other: { id: 1 } }, { other: { id: 1 } }],
        ['/tasks/t1', undefined, {}],
        ['/tasks', [1], [1]],
        ['/tasks', { tasks: null }, {}],
    ];
    for (const [path, body, payload] of bodies)
        it(`gives ${JSON.stringify(payload)} for ${JSON.stringify(body)} of ${path}`, async () => {
            test.missive.answers.push([200, body]);
            await test.load();
            should((await test.send({ path })).msg?.payload).eql(payload);
        });

    const paths = [
        ...['//evil.example/x', 'http://evil.example/x', 'https://evil.example', 'evil.example/x', '', '@evil.example'],
        ...['/../x', '/tasks/../../x', '/..', '/.', '/tasks/./x', '/%2e%2e/x', '/%252E%252e/x', '/.%2e/x', '/..;/x'],
        ...['/\\evil.example', '\\\\evil.example', '/%5cevil.example', '/%2f/evil.example', '/tasks//x', '/..%2fx'],
        ...['/tasks#x', '/ta sks', '/tasks\r\nHost: evil', '/tasks%', '/tasks/%00/../x', '/é'],
    ];
    for (const path of paths)
        it(`refuses the path ${JSON.stringify(path)}`, async () => {
            await test.load();
            (await test.refused({ path })).should.match(/[Pp]ath/);
        });

    it('sends the token nowhere else when Missive redirects', async () => {
        test.missive.answers.push([302, undefined, { location: 'http://127.0.0.1:9/elsewhere' }]);
        await test.load();
        const { error } = await test.send({ path: '/tasks' });
        should(error?.cause).match({ code: 'ERR_MISSIVE_REFUSED', status: 302 });
        test.missive.seen.should.have.length(1);
    });

    const rules: [string, unknown, RegExp][] = [
        ['without a path', {}, /Path \(msg\.payload\.path\) is missing/],
        ['with a path that is no text', { path: 7 }, /Path .* should be a path/],
        ['with another method', { path: '/x', method: 'PUT' }, /Method .* one of GET, POST, PATCH, DELETE/],
        ['with a query of text', { path: '/x', query: 'a=b' }, /Query .* should be an object/],
        ['with a body of text', { path: '/x', method: 'POST', body: 'x' }, /Body .* should be an object/],
        ['with a body to GET', { path: '/x', body: {} }, /Body \(body\) goes with POST and PATCH, not with GET/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a request ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
