import 'should';
import { canBeOwn, OwnCalls } from '../../../src/missive/events/own-calls';

describe('own calls', () => {
    let time: number;
    let calls: OwnCalls;
    beforeEach(() => {
        time = 0;
        calls = new OwnCalls(() => time);
    });

    it('know the conversations in the path, in the body and in the answer, for ten seconds', () => {
        calls.note({ method: 'PATCH', path: '/conversations/a,b', body: { conversations: [{ id: 'a' }] } });
        calls.note({ method: 'POST', path: '/posts', body: { posts: { conversation: 'c' } } });
        calls.note(
            { method: 'POST', path: '/drafts', body: { drafts: {} } },
            { drafts: { id: 'x', conversation: 'd' } },
        );
        calls.note({ method: 'POST', path: '/conversations/e/merge', body: { target: 'f' } });
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) calls.has(id).should.be.true(id);
        calls.has('x').should.be.false();
        time += 10_000;
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) calls.has(id).should.be.false(id);
    });

    it('are none that only read', () => {
        calls.note({ method: 'GET', path: '/conversations/a' }, { conversations: [{ id: 'a', conversation: 'a' }] });
        calls.has('a').should.be.false();
    });

    it('bring about no incoming message and no comment', () => {
        ['label_change', 'team_change', 'outgoing_email', 'conversation_closed']
            .filter(canBeOwn)
            .length.should.equal(4);
        ['incoming_email', 'new_comment', 'custom_channel_message', undefined].filter(canBeOwn).should.eql([]);
    });
});
