import should from 'should';
import mergeConversations from '../../nodes/missive-merge-conversations';
import { NodeTest } from '../support/node-test';

describe('missive-merge-conversations', () => {
    const test = new NodeTest(mergeConversations, () => [200, { conversations: [{ id: 'c1', subject: 'x' }] }]);

    it('sends a flat body and gives the merged conversation, whichever id it has', async () => {
        await test.load();
        const { msg } = await test.send({ id: 'c1', target: 'c2', subject: 'Order' });
        test.sent().should.eql([['POST /conversations/c1/merge', { target: 'c2', subject: 'Order' }]]);
        should(msg?.payload).eql({ id: 'c1', subject: 'x' });
    });

    it('leaves a blank subject out', async () => {
        await test.load({ conversation_id: 'c1', conversation_idType: 'pick' });
        await test.send({ id: 'no', target: { id: 'c2' } });
        test.sent().should.eql([['POST /conversations/c1/merge', { target: 'c2' }]]);
    });

    it('never sends a merge again whose answer was lost', async () => {
        test.missive.answers.push([500, {}]);
        await test.load();
        const { error } = await test.send({ id: 'c1', target: 'c2' });
        should(error?.cause).match({ code: 'ERR_MISSIVE_SERVER', delivered: 'unknown' });
        test.missive.seen.should.have.length(1);
    });

    const rules: [string, unknown, RegExp][] = [
        ['without the first', { target: 'c2' }, /Conversation \(msg\.payload\.id\) is missing/],
        ['without the second', { id: 'c1' }, /Into \(msg\.payload\.target\) is missing/],
        ['into itself', { id: 'c1', target: 'c1' }, /the same conversation/],
        ['into itself in capitals', { id: 'c1', target: { id: 'C1' } }, /the same conversation/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses to merge a conversation ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
