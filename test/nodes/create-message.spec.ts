import should from 'should';
import createMessage from '../../nodes/missive-create-message';
import { everyAction } from '../support/every-action';
import { NodeTest } from '../support/node-test';

describe('missive-create-message', () => {
    const test = new NodeTest(createMessage, () => [201, { messages: { id: 'm1', conversation: 'c1' } }]);
    const from_field = { id: 'u-77', username: '@tom', name: 'Tom' };
    const message = { account: 'acc-1', from_field, body: 'Is my bike ready?' };

    it('sends every field that Missive knows, by its own name', async () => {
        await test.load();
        const payload = {
            ...message,
            to_fields: [{ id: 'shop', username: '@shop', name: 'Harbor Bikes' }],
            cc_fields: [{ address: 'a@x.example' }],
            bcc_fields: [{ address: 'b@x.example' }],
            subject: 'Bike',
            delivered_at: 1_767_703_322,
            external_id: 'ticket-881-1',
            attachments: [{ filename: 'a.txt', base64_data: 'YQ==' }],
            conversation: 'c1',
            references: ['ticket-881'],
            conversation_subject: 'Bike',
            conversation_color: 'danger',
            ...everyAction,
        };
        const { msg } = await test.send(payload);
        test.sent().should.eql([['POST /messages', { messages: payload }]]);
        should(msg?.payload).eql({ id: 'm1', conversation: 'c1' });
    });

    it('stores the channel under a name of its own, and gives {} for an empty 201', async () => {
        test.missive.answers.push([201]);
        await test.load({ message_account: 'acc-2', message_accountType: 'pick' });
        const { msg } = await test.send({ ...message, from_field: 'Tom <tom@trailclub.example>' });
        should(test.sent()[0]?.[1]).match({
            messages: { account: 'acc-2', from_field: { name: 'Tom', address: 'tom@trailclub.example' } },
        });
        should(msg?.payload).eql({});
    });

    const rules: [string, unknown, RegExp][] = [
        ['without its channel', { from_field, body: 'x' }, /Channel account \(msg\.payload\.account\) is missing/],
        ['with labels but no organization', { ...message, add_shared_labels: 'l' }, /needs an Organization/],
        ['received at a time that is none', { ...message, delivered_at: 'Monday' }, /Received .* should be a date/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a message ${name}`, async () => {
            await test.load();
            (await test.refused(payload)).should.match(reason);
        });
});
