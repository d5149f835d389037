import 'should';
import { listOf, passes } from '../../../src/missive/events/event-filter';

const none = { organizations: [], teams: [], labels: [], senders: [] };
const mail = {
    conversation: { organization: { id: 'o1' }, team: { id: 't1' }, shared_labels: [{ id: 'l1' }, { id: 'l2' }] },
    message: { from_field: { name: 'Tom', address: 'Tom@TrailClub.example' } },
};
const sms = { conversation: {}, message: { from_field: { id: '+351910000001' } } };
const comment = {
    latest_message: mail.message,
    comment: { author: { id: 'u1', email: 'rui@harborbikes.example' } },
};

describe('an event filter', () => {
    it('wants all where it has nothing, whatever the body', () => {
        for (const body of [mail, sms, {}, { conversation: null, message: 7 }]) passes(none, body).should.be.true();
    });

    for (const [list, right, wrong] of [
        ['organizations', 'o1', 'o2'],
        ['teams', 't1', 't2'],
        ['labels', 'l2', 'l3'],
        ['senders', 'tom@trailclub.example', 'tim@trailclub.example'],
        ['senders', '@trailclub.example', '@club.example'],
    ] as const)
        it(`${list}: ${right} passes, ${wrong} does not, and a body without one does not`, () => {
            passes({ ...none, [list]: [right] }, mail).should.be.true();
            passes({ ...none, [list]: ['x', right] }, mail).should.be.true();
            passes({ ...none, [list]: [wrong] }, mail).should.be.false();
            passes({ ...none, [list]: [right] }, {}).should.be.false();
        });

    it('senders: a number, and the author of a comment', () => {
        passes({ ...none, senders: ['+351910000001'] }, sms).should.be.true();
        passes({ ...none, senders: ['u1'] }, comment).should.be.true();
        passes({ ...none, senders: ['@harborbikes.example'] }, comment).should.be.true();
        passes({ ...none, senders: ['@trailclub.example'] }, comment).should.be.false();
    });

    it('each list must agree', () => {
        passes({ ...none, organizations: ['o1'], teams: ['t2'] }, mail).should.be.false();
    });

    it('a list is an array or text with commas', () => {
        listOf('a, b ;c').should.eql(['a', 'b', 'c']);
        listOf(['a ', '', 7]).should.eql(['a']);
        listOf(undefined).should.eql([]);
    });
});
