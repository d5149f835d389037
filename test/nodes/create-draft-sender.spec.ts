import should from 'should';
import createDraft from '../../nodes/missive-create-draft';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';
import { ScriptedMissive } from '../support/scripted-missive';

const from = 'Harbor Bikes <shop@harborbikes.example>';
const sender = { name: 'Harbor Bikes', address: 'shop@harborbikes.example' };
const to_fields = 'tom@trailclub.example';

describe('missive-create-draft: who it is from', () => {
    const missive = new ScriptedMissive();
    const flow = new Flow();
    let url: string;

    before(async () => {
        url = await missive.start();
    });
    after(() => missive.stop());
    beforeEach(() => {
        missive.reset();
        missive.otherwise = () => [201, { drafts: { id: 'd1', conversation: 'c1' } }];
    });
    afterEach(() => flow.unload());

    const load = (account: Record<string, unknown> = { from }, fields: Record<string, unknown> = {}) =>
        flow.load([createDraft], { type: 'missive-create-draft', ...fields }, { url, ...account });
    const sentFor = async (payload: unknown) => {
        const { error } = await flow.send({ payload });
        should(error).be.undefined();
        return (missive.seen.at(-1)?.body as { drafts: Record<string, unknown> } | undefined)?.drafts.from_field;
    };

    it("takes the account's default sender where an e-mail names none", async () => {
        await load();
        for (const payload of [
            { to_fields, body: 'a' },
            { conversation: 'c1', body: 'a' },
            { to_fields, from_field: '', send: true },
            { subject: 'a', to_fields: [{ address: 'ann@x.example' }, { address: 'bob@y.example' }] },
        ])
            should(await sentFor(payload)).eql(sender);
    });

    it('takes its own before that, and none where the account has none', async () => {
        await load();
        should(await sentFor({ to_fields, from_field: 'ines@x.example' })).eql({ address: 'ines@x.example' });
        should(await sentFor({ conversation: 'c1', body: 'a', from_field: null })).be.null();
        await flow.unload();
        await load({});
        should(await sentFor({ to_fields, body: 'a' })).be.undefined();
    });

    it('leaves it to a channel, a phone number and a WhatsApp template', async () => {
        await load();
        for (const payload of [
            { account: 'acc-1', to_fields: [{ id: 'u-77' }], body: 'a' },
            { to_fields: '+351910000001', body: 'a' },
            { to_fields: [{ id: '+351910000001', name: 'Ann', username: null }], body: 'a' },
            { conversation: 'c1', external_response_id: 'tpl-1', body: 'a' },
            { cc_fields: '+351910000001', body: 'a' },
            { bcc_fields: [{ phone_number: '+351910000001' }], body: 'a' },
        ])
            should(await sentFor(payload)).be.undefined();
        should(await sentFor({ from_field: '+351210000009', to_fields: '+351910000001' })).eql({
            phone_number: '+351210000009',
        });
    });

    it('says that the account has no address there, and sends nothing', async () => {
        await load({ from: 'the shop' });
        const { error } = await flow.send({ payload: { to_fields, body: 'a' } });
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        should(error?.message).containEql("The account's default sender (from) ");
        should(missive.seen).be.empty();
    });

    it('sends nothing from a number to an address, nor from an address to a number', async () => {
        await load();
        for (const payload of [
            { to_fields, from_field: '+351210000009', body: 'a' },
            { to_fields, from_field: { id: '+351210000009' }, body: 'a' },
            { conversation: 'c1', cc_fields: to_fields, from_field: '+351210000009', body: 'a' },
            { to_fields: '+351910000001', from_field: 'ines@x.example', body: 'a' },
            { to_fields: [{ id: '+351910000001' }], from_field: 'ines@x.example', body: 'a' },
        ]) {
            const { error } = await flow.send({ payload });
            should(error?.cause.code).equal('ERR_MISSIVE_INPUT', JSON.stringify(payload));
            should(error?.message).match(/or the other way round/);
        }
        should(missive.seen).be.empty();
    });

    it('takes no phone number for the sender of an e-mail', async () => {
        await load({ from: '+351210000009' });
        const { error } = await flow.send({ payload: { to_fields, body: 'a' } });
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        should(error?.message).containEql("The account's default sender (from) should be an e-mail address");
        should(missive.seen).be.empty();
    });

    it('says what to do about somebody in WhatsApp who has no number', async () => {
        await load();
        const to = [{ id: 'PT.1587432091', name: 'Beatriz', username: null }];
        const { error } = await flow.send({ payload: { conversation: 'c1', to_fields: to, body: 'a', send: true } });
        should(error?.message).match(/leave To out.*From \(from_field\) to your number/);
        should(missive.seen).be.empty();
    });
});

describe('missive-create-draft: in the practice inbox', () => {
    let missive: Sandbox;
    const flow = new Flow();

    before(() => {
        missive = new Sandbox({ limits: false });
    });
    afterEach(() => flow.unload());
    after(() => missive.close());

    const load = async (account: Record<string, unknown>) => {
        const place = { url: await missive.address(), token: missive.token, ...account };
        return flow.load([createDraft], { type: 'missive-create-draft' }, place);
    };

    it('an e-mail draft without a sender is refused, in a sentence that says what to do and who may send', async () => {
        await load({});
        const { error } = await flow.send({ payload: { to_fields, body: 'Hello' } });
        should(error?.cause).match({ code: 'ERR_MISSIVE_REFUSED', status: 400 });
        should(error?.message)
            .containEql("'from_field' does not match an available sender")
            .and.containEql('Settings → Accounts → Aliases → Allow others to send')
            .and.containEql('shop@harborbikes.example');
    });

    it('is written with the default sender of the account', async () => {
        await load({ from });
        const { msg } = await flow.send({ payload: { to_fields, body: 'Hello' } });
        should(msg?.payload).have.property('id');
    });
});
