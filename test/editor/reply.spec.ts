import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import { scriptedFlow } from '../support/scripted-flow';

/** What the button sets, from its own file. */
const file = path.resolve(__dirname, '../../src/editor/browser/own/draft-form.js');
const rows: Record<string, { type: string; value: string }> = vm.runInNewContext(
    `const specials = {};\n${readFileSync(file, 'utf8')}\nanswerRows`,
);
const set = Object.fromEntries(
    Object.entries(rows).flatMap(([property, { type, value }]) => [
        [property, value],
        [`${property}Type`, type],
    ]),
);
const tom = { name: 'Tom Reyes', address: 'tom@trailclub.example' };
const shop = { name: null, address: 'shop@harborbikes.example' };
const mail = {
    type: 'email',
    subject: 'Spare part',
    from_field: tom,
    to_fields: [shop],
    reply_to_fields: [],
    author: null,
};
const customer = { id: '+351910000001', name: '+351910000001', username: null };
const number = { id: '+351210000009', name: '+351210000009', username: null };
const sms = { type: 'sms', from_field: customer, to_fields: [number], author: null };

describe('editor: Reply to this message', () => {
    const { missive, flow, account } = scriptedFlow(() => [201, { drafts: { id: 'd1', conversation: 'c1' } }]);

    const answered = async (payload: object, more: object = {}) => {
        await flow.load(
            [createDraft],
            { type: 'missive-create-draft', fields: 'rows', ...set, body: 'Hi', bodyType: 'str', ...more },
            account,
        );
        const { error } = await flow.send({ payload, missive: { conversation: 'c1' } });
        should(error).be.undefined();
        return (missive.seen[0]?.body as { drafts: object } | undefined)?.drafts;
    };

    it('answers an e-mail: whoever wrote, under its subject, from the account’s default sender', async () => {
        should(await answered({ message: mail })).eql({
            ...{ conversation: 'c1', subject: 'Re: Spare part', body: 'Hi' },
            to_fields: [tom],
        });
    });

    it('answers where the e-mail asks to be answered, and doubles no “Re:”', async () => {
        const other = { name: 'Club', address: 'club@trailclub.example' };
        should(await answered({ message: { ...mail, subject: 'RE: fork', reply_to_fields: [other] } })).match({
            ...{ subject: 'RE: fork', to_fields: [other] },
        });
    });

    it('writes on to the customer where the last message is ours', async () => {
        const ours = { ...mail, from_field: shop, to_fields: [tom], author: { id: 'u1', name: 'Ines' } };
        should(await answered({ latest_message: ours })).match({ to_fields: [tom] });
    });

    it('answers an SMS by number, from the number that it came to', async () => {
        should(await answered({ message: sms })).eql({
            ...{ conversation: 'c1', body: 'Hi' },
            to_fields: [{ phone_number: customer.id }],
            from_field: { phone_number: number.id },
        });
    });

    it('leaves to Missive whom a WhatsApp conversation is with, where that is no number', async () => {
        const whatsapp = { ...sms, type: 'whatsapp', from_field: { id: 'PT.1587', name: 'Tom', username: null } };
        should(await answered({ message: whatsapp })).eql({
            ...{ conversation: 'c1', body: 'Hi' },
            from_field: { phone_number: number.id },
        });
    });

    it('keeps a channel’s own ids, with the account of the channel', async () => {
        const channel = {
            ...{
                type: 'custom_text',
                from_field: { id: 'u-77', name: 'Tom' },
                to_fields: [{ id: 'shop' }],
                author: null,
            },
        };
        const of = { draft_account: 'acc-1', draft_accountType: 'pick' };
        should(await answered({ message: channel }, of)).match({ to_fields: [{ id: 'u-77' }], account: 'acc-1' });
    });
});
