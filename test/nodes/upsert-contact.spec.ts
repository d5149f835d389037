import should from 'should';
import upsertContact from '../../nodes/missive-upsert-contact';
import { Sandbox } from '../../src/sandbox/sandbox';
import { Flow } from '../support/flow';
import { ScriptedMissive } from '../support/scripted-missive';

const contact_book = '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77';
const node = { type: 'missive-upsert-contact' };

type Contact = {
    id: string;
    first_name?: string;
    infos?: { kind: string; value: string; label: string }[];
    memberships?: unknown[];
};

describe('missive-upsert-contact', () => {
    let missive: Sandbox;
    const flow = new Flow();

    beforeEach(() => {
        missive = new Sandbox({ limits: false });
    });
    afterEach(async () => {
        await flow.unload();
        await missive.close();
    });

    const account = async () => ({ url: await missive.address(), token: missive.token });
    const load = async (fields: Record<string, unknown> = {}, more: Record<string, unknown>[] = []) =>
        flow.load([upsertContact], { ...node, ...fields }, await account(), more);
    const api = async (method: string, path: string, body?: unknown) => {
        const response = await fetch(`${await missive.address()}${path}`, {
            method,
            headers: { authorization: `Bearer ${missive.token}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return (await response.json()) as { contacts: Contact[] };
    };
    const stored = async (search: string) =>
        (await api('GET', `/contacts?contact_book=${contact_book}&limit=200&search=${encodeURIComponent(search)}`))
            .contacts;
    const email = (value: string) => ({ contact_book, infos: [{ kind: 'email', label: 'work', value }] });

    it('creates the contact where there is none', async () => {
        await load();
        const { msg } = await flow.send({ payload: { ...email('new@x.example'), first_name: 'New' } });
        should(msg?.missive).match({ action: 'created', method: 'POST', path: '/contacts', status: 201 });
        should(msg?.payload).match({ first_name: 'New', infos: [{ value: 'new@x.example' }] });
        (await stored('new@x.example')).should.have.length(1);
    });

    it('changes the one that has the address, and keeps what it has', async () => {
        await load();
        const infos = [
            { kind: 'email', label: 'home', value: 'Ann@X.example' },
            { kind: 'phone_number', label: 'mobile', value: '+351910000777' },
        ];
        const memberships = [{ title: 'Buyer', group: { kind: 'organization', name: 'X' } }];
        const [ann] = (
            await api('POST', '/contacts', { contacts: [{ contact_book, first_name: 'Ann', infos, memberships }] })
        ).contacts;
        const { msg } = await flow.send({
            payload: {
                contact_book,
                last_name: 'Other',
                infos: ' ann@x.example, +351910000778',
                memberships: [{ group: { kind: 'group', name: 'VIP' } }],
            },
        });
        should(msg?.missive).match({ action: 'updated', method: 'PATCH', path: `/contacts/${ann?.id}` });
        const all = await stored('ann@x.example');
        all.should.have.length(1);
        should(all[0]).match({ id: ann?.id, first_name: 'Ann', last_name: 'Other' });
        should(all[0]?.infos?.map(({ label, value }) => [label, value])).eql([
            ['home', 'Ann@X.example'],
            ['mobile', '+351910000777'],
            ['other', '+351910000778'],
        ]);
        should(all[0]?.memberships).have.length(2);
    });

    it('writes nothing where the contact has everything', async () => {
        await load();
        await flow.send({ payload: { ...email('same@x.example'), first_name: 'Same' } });
        const before = missive.revision;
        const { msg } = await flow.send({ payload: { ...email('SAME@x.example '), first_name: 'Same' } });
        should(msg?.missive).match({ action: 'unchanged', method: 'GET' });
        should(msg?.payload).match({ first_name: 'Same' });
        missive.revision.should.equal(before);
    });

    it('finds a phone number by its digits, and a custom field by its name and value', async () => {
        await load({ match: 'phone_number' });
        await api('POST', '/contacts', {
            contacts: [{ contact_book, infos: [{ kind: 'phone_number', label: 'main', value: '+351 (910) 000-555' }] }],
        });
        const byPhone = await flow.send({ payload: { contact_book, first_name: 'P', infos: '+351910000555' } });
        should(byPhone.msg?.missive.action).equal('updated');
        await flow.unload();
        await load({ match: 'custom' });
        const custom = [{ kind: 'custom', label: 'other', custom_label: 'CRM id', value: 'C-77' }];
        await api('POST', '/contacts', { contacts: [{ contact_book, first_name: 'C', infos: custom }] });
        const other = await flow.send({
            payload: { contact_book, infos: [{ ...custom[0], custom_label: 'Shop id' }] },
        });
        should(other.msg?.missive.action).equal('created');
        const same = await flow.send({ payload: { contact_book, infos: custom } });
        should(same.msg?.payload).match({ first_name: 'C' });
    });

    it('looks through all pages of the loose search for the exact address', async () => {
        await load();
        const crowd = Array.from({ length: 450 }, (_, index) => ({
            contact_book,
            last_name: `A${String(index).padStart(4, '0')}`,
            notes: 'knows zoe@crowd.example',
        }));
        await api('POST', '/contacts', { contacts: crowd });
        await api('POST', '/contacts', { contacts: [{ ...email('zoe@crowd.example'), last_name: 'Zoe' }] });
        const { msg } = await flow.send({ payload: { ...email('zoe@crowd.example'), nickname: 'Z' } });
        should(msg?.missive.action).equal('updated');
        should(msg?.payload).match({ last_name: 'Zoe', nickname: 'Z' });
    });

    it('changes the newest of several, or says that there are several', async () => {
        const twins = [
            { ...email('twin@x.example'), first_name: 'Old' },
            { ...email('twin@x.example'), first_name: 'Young' },
        ];
        const [old] = (await api('POST', '/contacts', { contacts: twins })).contacts;
        await new Promise((resolve) => setTimeout(resolve, 1100));
        await api('PATCH', `/contacts/${old?.id}`, { contacts: [{ id: old?.id, notes: 'changed last' }] });
        await load();
        should((await flow.send({ payload: { ...email('twin@x.example'), nickname: 'T' } })).msg?.payload).match({
            first_name: 'Old',
        });
        await flow.unload();
        await load({ ambiguous: 'error' });
        const { error } = await flow.send({ payload: { ...email('twin@x.example'), nickname: 'U' } });
        should(error?.cause.code).equal('ERR_MISSIVE_AMBIGUOUS');
        should(error?.message).match(/2 contacts match/);
    });

    it('makes one contact of twenty messages at once, from two nodes', async () => {
        await load({}, [
            { id: 'acc2', type: 'missive-config', url: `${await missive.address()}/` },
            { id: 'n2', z: 'f1', ...node, account: 'acc2', wires: [['out']] },
        ]);
        for (let i = 0; i < 20; i++)
            flow.put({ payload: { ...email('crowd@x.example'), nickname: `N${i}` } }, i % 2 ? 'n1' : 'n2');
        await flow.until(20);
        const actions = flow.results.map(({ msg }) => msg?.missive.action);
        actions.filter((action) => action === 'created').should.have.length(1);
        actions.filter((action) => action === 'updated').should.have.length(19);
        (await stored('crowd@x.example')).should.have.length(1);
    });

    const refusals: [string, unknown, RegExp][] = [
        ['without a contact book', { infos: 'a@x.example' }, /Contact book .* is missing/],
        ['with a contact book of null', { contact_book: null, infos: 'a@x.example' }, /Contact book .* is missing/],
        ['without infos', { contact_book, first_name: 'A' }, /Infos \(infos\) has no entry of kind email/],
        ['with infos of null', { contact_book, infos: null }, /no entry of kind email/],
        ['without the kind that is matched', { contact_book, infos: '+351910000001' }, /no entry of kind email/],
        [
            'with a label that Missive does not take',
            { contact_book, infos: [{ kind: 'email', label: 'mobile', value: 'a@x.example' }] },
            /takes home, work, personal, other/,
        ],
        [
            'with memberships that are none',
            { ...email('a@x.example'), memberships: ['X'] },
            /Memberships .* should be a list of memberships/,
        ],
    ];
    for (const [name, payload, reason] of refusals)
        it(`refuses a contact ${name}`, async () => {
            await load();
            const before = missive.revision;
            const { error } = await flow.send({ payload });
            should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
            should(error?.message).match(reason);
            missive.revision.should.equal(before);
        });

    describe('where the search lags behind', () => {
        const lagging = new ScriptedMissive();
        let url: string;
        before(async () => {
            url = await lagging.start();
        });
        after(() => lagging.stop());

        it('remembers for a while what it has just made', async () => {
            let gone = false;
            lagging.otherwise = ({ method, url, body }) => {
                if (method === 'POST')
                    return [201, { contacts: [{ id: 'c1', ...(body as { contacts: object[] }).contacts[0] }] }];
                if (method === 'PATCH') return [200, { contacts: [{ id: 'c1' }] }];
                if (url.startsWith('/v1/contacts/'))
                    return gone ? [404, { error: { message: 'Not found' } }] : [200, { contacts: [{ id: 'c1' }] }];
                return [200, { contacts: [] }];
            };
            await flow.load([upsertContact], node, { url });
            const actions = [];
            for (const nickname of ['a', 'b']) {
                const { msg } = await flow.send({ payload: { ...email('lag@x.example'), nickname } });
                actions.push(msg?.missive.action);
            }
            gone = true;
            actions.push(
                (await flow.send({ payload: { ...email('lag@x.example'), nickname: 'c' } })).msg?.missive.action,
            );
            actions.should.eql(['created', 'updated', 'created']);
        });
    });
});
