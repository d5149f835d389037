import should from 'should';
import updateTask from '../../nodes/missive-update-task';
import { idOf } from '../../src/sandbox/data/known';
import { NodeTest } from '../support/node-test';

describe('missive-update-task', () => {
    const test = new NodeTest(updateTask, ({ body }) => [200, body]);

    it('sends every field that Missive knows, without the id', async () => {
        await test.load();
        const changes = {
            title: 'Order forks',
            description: 'Two',
            state: 'in_progress',
            assignees: [idOf('u1')],
            team: idOf('t1'),
            due_at: 1_768_000_000,
        };
        const { msg } = await test.send({ id: 't7', ...changes });
        test.sent().should.eql([['PATCH /tasks/t7', { tasks: changes }]]);
        should(msg?.payload).eql(changes);
    });

    it('sends null and an empty list, which take away what was there', async () => {
        await test.load({ task_id: 'todo.id', task_idType: 'msg' }, { organization: idOf('o1') });
        await test.flow.send({ payload: { due_at: null, assignees: [] }, todo: { id: 't7' } });
        test.sent().should.eql([['PATCH /tasks/t7', { tasks: { due_at: null, assignees: [] } }]]);
    });

    const rules: [string, unknown, RegExp][] = [
        ['without an id', { state: 'closed' }, /Task \(msg\.payload\.id\) is missing/],
        ['of two tasks at once', { id: [idOf('t1'), idOf('t2')], state: 'closed' }, /Task .* should be an id/],
        ['without a change', { id: idOf('t1') }, /nothing to change/],
        ['to a state that is none', { id: idOf('t1'), state: 'done' }, /State .* one of todo, in_progress, closed/],
        ['to a title of 1,001 characters', { id: idOf('t1'), title: 'x'.repeat(1001) }, /1000 at most/],
        ['to a description of 10,001 characters', { id: idOf('t1'), description: 'x'.repeat(10_001) }, /10000 at most/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a change ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
