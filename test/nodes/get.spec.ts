import should from 'should';
import get from '../../nodes/missive-get';
import { NodeTest } from '../support/node-test';

describe('missive-get', () => {
    const test = new NodeTest(get, () => [200, {}]);

    const kinds: [string, string, string][] = [
        ['conversation', '/conversations/a', 'conversations'],
        ['message', '/messages/a', 'messages'],
        ['contact', '/contacts/a', 'contacts'],
        ['task', '/tasks/a', 'tasks'],
        ['response', '/responses/a', 'responses'],
        ['report', '/analytics/reports/a', 'reports'],
    ];
    for (const [resource, path, envelope] of kinds)
        it(`gives one ${resource} as an object, in whichever shape Missive has it`, async () => {
            test.missive.answers.push([200, { [envelope]: { id: 'b' } }], [200, { [envelope]: [{ id: 'b' }] }]);
            await test.load({ resource });
            for (const _ of [1, 2]) should((await test.send({ id: 'a' })).msg?.payload).eql({ id: 'b' });
            test.sent().should.eql([
                [`GET ${path}`, undefined],
                [`GET ${path}`, undefined],
            ]);
        });

    it('gets a conversation where the flow names no resource, or one that is none', async () => {
        await test.load();
        await test.send({ id: 'a' });
        await test.flow.unload();
        await test.load({ resource: 'nothing' });
        await test.send({ id: 'a' });
        for (const [call] of test.sent()) call.should.equal('GET /conversations/a');
    });

    it('gets several messages in one call, as a list', async () => {
        test.missive.answers.push([200, { messages: [{ id: 'a' }, { id: 'b' }] }], [200, { messages: [{ id: 'a' }] }]);
        await test.load({ resource: 'message' });
        should((await test.send({ id: 'a, b, a' })).msg?.payload).eql([{ id: 'a' }, { id: 'b' }]);
        should((await test.send({ id: ['a', 'b'] })).msg?.payload).eql([{ id: 'a' }]);
        for (const [call] of test.sent()) call.should.equal('GET /messages/a,b');
    });

    it('reads the id from the property of its own kind', async () => {
        await test.load({
            ...{ resource: 'task', task_id: 'todo', task_idType: 'msg' },
            ...{ message_id: '', message_idType: 'none' },
        });
        await test.flow.send({ payload: { id: 'no' }, todo: { id: 'a/b' } });
        should(test.sent()[0]?.[0]).equal('GET /tasks/a%2Fb');
    });

    it('says that a report may not be ready', async () => {
        test.missive.answers.push([404], [404, { error: { message: 'Task not found' } }]);
        await test.load({ resource: 'report' });
        const { error } = await test.send({ id: 'a' });
        should(error?.cause).match({ code: 'ERR_MISSIVE_NOT_FOUND', status: 404, attempts: 1 });
        should(error?.message).match(/may not be ready yet, or has expired/);
        await test.flow.unload();
        await test.load({ resource: 'task' });
        should((await test.send({ id: 'a' })).error?.message).match(/Task not found. Check the id/);
    });

    const rules: [string, string, unknown, RegExp][] = [
        ['a message', 'without an id', {}, /Messages \(msg\.payload\.id\) is missing/],
        ['a message', 'with no ids', { id: [] }, /Messages .* is missing/],
        ['a message', 'with a step up', { id: ['a', '..'] }, /should be an id/],
        ['a conversation', 'with several ids', { id: ['a', 'b'] }, /should be an id/],
        ['a task', 'from a payload that is text', 'a', /Task .* is missing/],
    ];
    for (const [what, name, payload, reason] of rules)
        it(`refuses to get ${what} ${name}`, async () => {
            await test.load({ resource: what.split(' ')[1] });
            (await test.refused(payload)).should.match(reason);
        });
});
