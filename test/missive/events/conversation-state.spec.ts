import 'should';
import { difference, type State, stateAfter } from '../../../src/missive/events/conversation-state';

const body = (type: string, labels: string[], assignees: string[] = [], team?: string) => ({
    rule: { id: 'r', type },
    conversation: {
        ...{ id: 'c', shared_labels: labels.map((id) => ({ id })), assignees: assignees.map((id) => ({ id })) },
        ...(team && { team: { id: team } }),
    },
});

describe('what has changed in a conversation', () => {
    let state: State;
    const changed = (...given: Parameters<typeof body>) => {
        const before = state;
        state = stateAfter(body(...given), before);
        return difference(before, state);
    };
    beforeEach(() => {
        state = stateAfter(body('incoming_email', ['a', 'b']));
    });

    it('labels', () => {
        changed('label_change', ['b', 'c']).should.eql({ labels: { added: ['c'], removed: ['a'] } });
        changed('label_change', ['c', 'b']).should.eql({});
    });

    it('assignees and team', () => {
        changed('conversation_assignee_change', ['a', 'b'], ['u']).should.eql({
            assignees: { added: ['u'], removed: [] },
        });
        changed('team_change', ['a', 'b'], ['u'], 't').should.eql({ team: { from: null, to: 't' } });
        changed('team_change', ['a', 'b'], ['u']).should.eql({ team: { from: 't', to: null } });
    });

    it('closed and reopened', () => {
        changed('conversation_closed', ['a', 'b']).should.eql({ closed: { from: null, to: true } });
        changed('label_change', ['a']).should.eql({ labels: { added: [], removed: ['b'] } });
        changed('conversation_reopened', ['a']).should.eql({ closed: { from: true, to: false } });
    });

    it('a body that says nothing of labels changes none', () => {
        difference(state, stateAfter({ rule: { type: 'x' }, conversation: { id: 'c' } }, state)).should.eql({});
    });
});
