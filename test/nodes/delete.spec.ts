import should from 'should';
import remove from '../../nodes/missive-delete';
import { NodeTest } from '../support/node-test';

describe('missive-delete', () => {
    const test = new NodeTest(remove, () => [200]);

    for (const [resource, path] of [
        ['draft', '/drafts/a'],
        ['post', '/posts/a'],
        ['response', '/responses/a'],
        ['hook', '/hooks/a'],
    ] as const)
        for (const status of [200, 204])
            it(`deletes a ${resource} and gives {} for a ${status} without a body`, async () => {
                test.missive.answers.push([status]);
                await test.load({ resource });
                const { msg } = await test.send({ id: 'a', other: 'not sent' });
                test.sent().should.eql([[`DELETE ${path}`, undefined]]);
                should(msg?.payload).eql({});
                should(msg?.missive).match({ method: 'DELETE', path, status });
            });

    it('deletes several responses in one call', async () => {
        await test.load({ resource: 'response' });
        should((await test.send({ id: ['a', 'b'] })).msg?.payload).eql({});
        test.sent().should.eql([['DELETE /responses/a,b', undefined]]);
    });

    it('takes a hook that is gone for deleted, and nothing else', async () => {
        test.missive.otherwise = () => [404, { error: { message: 'Not found' } }];
        await test.load({ resource: 'hook' });
        const { msg } = await test.send({ id: 'a' });
        should(msg?.payload).eql({});
        should(msg?.missive).match({ method: 'DELETE', path: '/hooks/a', status: 404, attempts: 1 });
        await test.flow.unload();
        await test.load({ resource: 'draft' });
        should((await test.send({ id: 'a' })).error?.cause).match({ code: 'ERR_MISSIVE_NOT_FOUND', status: 404 });
    });

    it('does not take a refused token for a hook that is gone', async () => {
        test.missive.answers.push([401, {}]);
        await test.load({ resource: 'hook' });
        should((await test.send({ id: 'a' })).error?.cause.code).equal('ERR_MISSIVE_AUTH');
    });

    for (const [resource, payload, reason] of [
        ['draft', {}, /Draft \(msg\.payload\.id\) is missing/],
        ['draft', { id: ['a', 'b'] }, /Draft .* should be an id/],
        ['response', { id: [] }, /Responses .* is missing/],
        ['post', { id: '.' }, /should be an id/],
    ] as const)
        it(`refuses to delete a ${resource} named by ${JSON.stringify(payload)}`, async () => {
            await test.load({ resource });
            (await test.refused(payload)).should.match(reason);
        });
});
