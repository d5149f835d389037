import should from 'should';
import updateConversation from '../../nodes/missive-update-conversation';
import { idOf } from '../../src/sandbox/data/known';
import { everyAction } from '../support/every-action';
import { NodeTest } from '../support/node-test';

describe('missive-update-conversation', () => {
    const test = new NodeTest(updateConversation, ({ body }) => [200, body]);

    it('sends every field that Missive knows to one conversation, and gives it as an object', async () => {
        await test.load();
        const payload = {
            id: 'c1',
            ...everyAction,
            subject: 'Order 2291',
            color: '#2266ed',
            reopen: true,
        };
        const { msg } = await test.send(payload);
        test.sent().should.eql([['PATCH /conversations/c1', { conversations: [payload] }]]);
        should(msg?.payload).eql(payload);
    });

    for (const [name, id] of [
        ['a list', ['c1', 'c2', 'c1']],
        ['text with commas', 'c1, c2'],
        ['things with ids', [{ id: 'c1', subject: 'x' }, { id: 'c2' }]],
    ] as const)
        it(`changes several conversations in one call: ${name}`, async () => {
            await test.load();
            const { msg } = await test.send({ id, close: true });
            const conversations = [
                { id: 'c1', close: true },
                { id: 'c2', close: true },
            ];
            test.sent().should.eql([['PATCH /conversations/c1,c2', { conversations }]]);
            should(msg?.payload).eql(conversations);
        });

    it('gives an object for a list of one, and for an answer without a body an empty one', async () => {
        await test.load();
        should((await test.send({ id: ['c1'], close: true })).msg?.payload).eql({ id: 'c1', close: true });
        test.missive.answers.push([200]);
        should((await test.send({ id: ['c1', 'c2'], close: true })).msg?.payload).eql({});
    });

    it('is told the conversation by the property conversation_id', async () => {
        await test.load({ conversation_id: 'mail.conversation', conversation_idType: 'msg' });
        await test.flow.send({ payload: { id: 'no', close: true }, mail: { conversation: { id: 'c7' } } });
        test.sent().should.match([['PATCH /conversations/c7', { conversations: [{ id: 'c7', close: true }] }]]);
    });

    it('fills in the default organization, but not where nothing else changes', async () => {
        await test.load({}, { organization: idOf('o1') });
        (await test.refused({ id: 'c1' })).should.match(/nothing to change/);
        await test.send({ id: 'c1', add_shared_labels: idOf('l1') });
        should(test.sent()[0]?.[1]).match({
            conversations: [{ organization: idOf('o1'), add_shared_labels: [idOf('l1')] }],
        });
    });

    const rules: [string, unknown, RegExp][] = [
        ['without an id', { close: true }, /Conversations \(msg\.payload\.id\) is missing/],
        ['with an id of null', { id: null, close: true }, /Conversations .* is missing/],
        ['with no ids', { id: [], close: true }, /Conversations .* is missing/],
        ['with commas alone', { id: ' , ', close: true }, /Conversations .* is missing/],
        ['with an id that leads elsewhere', { id: '..', close: true }, /should be an id/],
        ['without a change', { id: 'c1' }, /nothing to change/],
        ['with labels but no organization', { id: 'c1', add_shared_labels: 'l' }, /needs an Organization/],
        ['with assignees but no organization', { id: 'c1', add_assignees: 'u' }, /needs an Organization/],
        ['for the inbox of no team', { id: 'c1', add_to_team_inbox: true }, /needs a Team/],
        ['in a colour that is none', { id: 'c1', color: 'blue' }, /Colour .* hex colour/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a change ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
