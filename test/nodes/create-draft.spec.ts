import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import { scriptedFlow } from '../support/scripted-flow';

const org = '7c1e0f52-886f-4e3d-af67-614f41edf1df';
const draft = { conversation: 'c1', body: '<div>Hello</div>' };
const to_fields = [{ address: 'tom@trailclub.example' }];

describe('missive-create-draft', () => {
    const { missive, flow, account } = scriptedFlow(() => [201, { drafts: { id: 'd1', conversation: 'c1' } }]);

    const load = (fields: Record<string, unknown> = {}) =>
        flow.load([createDraft], { type: 'missive-create-draft', ...fields }, account);
    const sent = () => (missive.seen[0]?.body as { drafts: Record<string, unknown> } | undefined)?.drafts;

    it('sends every field that Missive knows, by its own name', async () => {
        await load();
        const payload = {
            subject: 'Re: Spare part',
            body: '<div>Hello</div>',
            from_field: { name: 'Harbor Bikes', address: 'shop@harborbikes.example' },
            to_fields,
            cc_fields: [{ address: 'a@x.example' }],
            bcc_fields: [{ address: 'b@x.example' }],
            account: 'acc-1',
            attachments: [{ filename: 'a.txt', base64_data: 'YQ==' }],
            quote_previous_message: false,
            add_default_signature: true,
            send: false,
            send_at: Math.floor(Date.now() / 1000) + 3600,
            auto_followup: true,
            external_response_id: 'tpl-1',
            external_response_variables: { 1: 'Tom' },
            conversation: 'c1',
            references: ['<m@x.example>'],
            conversation_subject: 'Fork',
            conversation_color: '#2266ed',
            organization: org,
            team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
            force_team: true,
            add_users: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
            add_assignees: ['88aa224f-97b3-4a85-ae96-971759dd6ff9'],
            remove_assignees: ['58aa224f-97b3-4a85-ae96-971759dd6ff9'],
            add_shared_labels: ['b1d21975-ac67-4dea-af96-685e5544656f'],
            remove_shared_labels: ['aa01a2d0-a628-4b52-ac53-ee404a9bab4c'],
            add_to_inbox: true,
            add_to_team_inbox: true,
            close: true,
        };
        const { msg, error } = await flow.send({ payload });
        should(error).be.undefined();
        should(sent()).eql(payload);
        should(msg?.payload).eql({ id: 'd1', conversation: 'c1' });
    });

    it('stores the channel account under a name of its own, beside the Missive account', async () => {
        await load({ draft_account: 'acc-1', draft_accountType: 'pick' });
        await flow.send({ payload: { ...draft, account: 'acc-2' } });
        should(sent()).match({ account: 'acc-1' });
    });

    it('reads recipients as people write them', async () => {
        await load();
        await flow.send({
            payload: {
                ...draft,
                to_fields: 'Tom <tom@trailclub.example>, bob@x.example',
                from_field: 'Shop <shop@x.example>',
            },
        });
        should(sent()).match({
            from_field: { name: 'Shop', address: 'shop@x.example' },
            to_fields: [{ name: 'Tom', address: 'tom@trailclub.example' }, { address: 'bob@x.example' }],
        });
    });

    it('answers an SMS: the sender of the webhook is the recipient', async () => {
        await load();
        const payload = {
            ...draft,
            to_fields: { id: '+351910000001', name: '+351910000001', username: null },
            from_field: '+351 210 000 009',
        };
        await flow.send({ payload });
        should(sent()).match({
            to_fields: [{ phone_number: '+351910000001' }],
            from_field: { phone_number: '+351210000009' },
        });
        JSON.stringify(sent()).should.not.containEql('"id"');
    });

    it('takes no stray property of the payload for a canned response', async () => {
        await load();
        const { error } = await flow.send({ payload: { ...draft, response: 'the text of an AI service' } });
        should(error).be.undefined();
        should(sent()).eql(draft);
        missive.seen.should.have.length(1);
    });

    it('leaves the id of a channel’s user alone', async () => {
        await load();
        await flow.send({ payload: { ...draft, account: 'channel-1', to_fields: { id: '+351910000001' } } });
        should(sent()?.to_fields).eql([{ id: '+351910000001' }]);
    });

    it('sends files from Buffers', async () => {
        await load({ attachments: 'file', attachmentsType: 'msg' });
        await flow.send({ payload: draft, file: { filename: 'offer.pdf', content: Buffer.from('%PDF') } });
        should(sent()?.attachments).eql([{ filename: 'offer.pdf', base64_data: 'JVBERg==' }]);
    });

    it('is sent later as soon as may be where the time has just passed', async () => {
        await load();
        const now = Math.floor(Date.now() / 1000);
        await flow.send({ payload: { ...draft, send_at: now - 60 } });
        should(sent()?.send_at).equal(now - 60);
    });

    it('reads national phone numbers as those of the account’s country', async () => {
        await flow.load([createDraft], { type: 'missive-create-draft' }, { ...account, country: 'de' });
        await flow.send({ payload: { ...draft, to_fields: '0171 1234567' } });
        should(sent()?.to_fields).eql([{ phone_number: '+491711234567' }]);
    });

    const rules: [string, unknown, RegExp][] = [
        ['with nothing in it', {}, /nothing to write/],
        ['from a payload that is text', 'hello', /nothing to write/],
        [
            'with null everywhere',
            { subject: null, body: null, to_fields: null, send: null, conversation: null },
            /nothing to write/,
        ],
        [
            'sent now and later',
            { ...draft, send: true, send_at: 1_796_115_600 },
            /Send now \(send\) and Send later \(send_at\) exclude/,
        ],
        ['with a follow-up that is not sent later', { ...draft, auto_followup: true }, /needs Send later/],
        ['sent to nobody', { body: 'x', send: true }, /To \(to_fields\) is missing/],
        [
            'with users but no organization',
            { ...draft, add_users: ['u'] },
            /Add users \(add_users\) needs an Organization/,
        ],
        [
            'with assignees but no organization',
            { ...draft, add_assignees: ['u'] },
            /add_assignees\) needs an Organization/,
        ],
        [
            'that removes assignees without organization',
            { ...draft, remove_assignees: 'u' },
            /remove_assignees\) needs an Organization/,
        ],
        [
            'with labels but no organization',
            { ...draft, add_shared_labels: 'l' },
            /add_shared_labels\) needs an Organization/,
        ],
        [
            'that removes labels without organization',
            { ...draft, remove_shared_labels: 'l' },
            /remove_shared_labels\) needs an Organization/,
        ],
        ['for the inbox of no team', { ...draft, add_to_team_inbox: true }, /needs a Team/],
        ['to two phone numbers', { ...draft, to_fields: '+351910000001, +351910000002' }, /exactly one phone number/],
        [
            'with 26 files',
            { ...draft, attachments: Array.from({ length: 26 }, () => Buffer.from('x')) },
            /26 files.*25 at most/,
        ],
        [
            'to an address that is none',
            { ...draft, to_fields: 'Tom' },
            /To \(msg\.payload\.to_fields\) has a part that is no e-mail address/,
        ],
        ['from two senders', { ...draft, from_field: 'a@x.example, b@x.example' }, /From .* should be one address/],
        ['in a colour that is none', { ...draft, conversation_color: 'blue' }, /Colour .* hex colour/],
        [
            'with template values that are no object',
            { ...draft, external_response_variables: '[1]' },
            /Template values .* should be an object/,
        ],
        [
            'sent later, ten minutes ago',
            { ...draft, send_at: Date.now() - 600_000 },
            /Send later \(send_at\) is in the past/,
        ],
        ['sent later, at zero', { ...draft, send_at: 0 }, /Send later \(send_at\) is in the past/],
        [
            'to a person of WhatsApp without a number',
            { ...draft, to_fields: { id: 'PT.1587002345', name: 'Tom' } },
            /leave To out, set From/,
        ],
        [
            'to an address and one more that is not understood',
            { ...draft, to_fields: 'ann@x.example\r\nBcc: eve@y.example' },
            /“Bcc: eve@y.example”/,
        ],
        ['sent at a time that is none', { ...draft, send_at: 'Monday' }, /Send later .* should be a date/],
        ['with a flag that is none', { ...draft, send: 'maybe' }, /Send now .* should be true or false/],
    ];
    for (const [name, payload, reason] of rules)
        it(`refuses a draft ${name}`, async () => {
            await load();
            const { error, msg } = await flow.send({ payload });
            should(msg).be.undefined();
            should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
            should(error?.message).match(reason);
            missive.seen.should.be.empty();
        });

    const deep = () => {
        let list: unknown[] = [];
        for (let level = 0; level < 20_000; level++) list = [list];
        return list;
    };
    const throwing = () =>
        Object.defineProperty({}, 'x', {
            enumerable: true,
            get() {
                throw new Error('nobody reads this');
            },
        });
    for (const [name, payload, reason] of [
        ['with recipients nested thousands deep', () => ({ ...draft, to_fields: deep() }), /is nested too deeply/],
        ['with a body nested thousands deep', () => ({ ...draft, body: deep() }), /should be text/],
        ['with a property that throws', () => ({ ...draft, body: throwing() }), /should be text/],
    ] as const)
        it(`tells Catch nodes of a message that nobody can copy, ${name}`, async () => {
            await load();
            const { error, msg, caught } = await flow.send({ payload: payload(), _msgid: 'm1' });
            should(msg).be.undefined();
            should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
            should(error?.message).match(reason);
            should(caught).have.property('_msgid', 'm1').and.not.have.property('payload');
            missive.seen.should.be.empty();
        });

    it('refuses more than 10 MB', async () => {
        await load();
        const { error } = await flow.send({ payload: { ...draft, attachments: [Buffer.alloc(8 * 1024 * 1024)] } });
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        should(error?.message).match(/10 MB/);
        missive.seen.should.be.empty();
    });

    it('refuses a body that refers to itself, as text and as JSON', async () => {
        await load();
        const cyclic: Record<string, unknown> = { ...draft };
        cyclic.body = cyclic;
        should((await flow.send({ payload: cyclic })).error?.message).match(/Body .* should be text, but is an object/);
        const values: Record<string, unknown> = {};
        values.self = values;
        const { error } = await flow.send({ payload: { ...draft, external_response_variables: values } });
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        missive.seen.should.be.empty();
    });

    it('never says in an error what the message says', async () => {
        missive.answers.push([400, { error: { message: "'from_field' does not match an available sender" } }]);
        await load();
        const body = 'Top secret: the fork is blue';
        const { error, caught } = await flow.send({ payload: { ...draft, body, from_field: 'a@x.example' } });
        should(error?.message).match(/^MissiveError: 'from_field' does not match an available sender/);
        should(error?.cause).match({ code: 'ERR_MISSIVE_REFUSED', status: 400 });
        JSON.stringify(error).should.not.containEql('Top secret').and.not.containEql('"tok"');
        should(caught?.payload).match({ body });
    });
});
