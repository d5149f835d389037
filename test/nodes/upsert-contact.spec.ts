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

    it('loses nothing where one contact is changed by e-mail and by phone at once', async () => {
        await load({}, [{ id: 'n2', z: 'f1', ...node, account: 'acc', match: 'phone_number', wires: [['out']] }]);
        for (let pair = 0; pair < 10; pair++) {
            const [mail, phone] = [`pair${pair}@x.example`, `+35191000010${pair}`];
            const infos = [
                { kind: 'email', label: 'work', value: mail },
                { kind: 'phone_number', label: 'main', value: phone },
            ];
            await api('POST', '/contacts', { contacts: [{ contact_book, infos }] });
            flow.put({ payload: { contact_book, infos: `${mail}, more${pair}@x.example` } }, 'n1');
            flow.put({ payload: { contact_book, infos: `${phone}, +35191000020${pair}` } }, 'n2');
        }
        await flow.until(20);
        for (let pair = 0; pair < 10; pair++) {
            const [contact, ...others] = await stored(`pair${pair}@x.example`);
            others.should.be.empty();
            should(contact?.infos?.map(({ value }) => value).sort()).eql([
                `+35191000010${pair}`,
                `+35191000020${pair}`,
                `more${pair}@x.example`,
                `pair${pair}@x.example`,
            ]);
        }
    });

    it('makes one contact of somebody new who comes by e-mail and by phone at once', async () => {
        await load({}, [{ id: 'n2', z: 'f1', ...node, account: 'acc', match: 'phone_number', wires: [['out']] }]);
        for (let pair = 0; pair < 10; pair++) {
            const both = [`new${pair}@x.example`, `+35191000030${pair}`];
            flow.put({ payload: { contact_book, first_name: 'N', infos: both.join(', ') } }, 'n1');
            flow.put({ payload: { contact_book, last_name: 'P', infos: both.reverse().join(', ') } }, 'n2');
        }
        await flow.until(20);
        flow.results.filter(({ msg }) => msg?.missive.action === 'created').should.have.length(10);
        for (let pair = 0; pair < 10; pair++)
            should(await stored(`new${pair}@x.example`)).match([{ first_name: 'N', last_name: 'P' }]);
    });

    for (const [stored_, sought, country] of [
        ['+44 20 7946 0018', '0044 (0)20 7946 0018', undefined],
        ['+44 (0)20 7946 0018', '\u202d+442079460018\u202c', undefined],
        ['0171 / 123 45 67', '+491711234567', 'DE'],
        ['+49 171 1234567', '0171 1234567', 'de'],
        ['0171 1234567', '0171/1234567', undefined],
    ] as const)
        it(`finds ${stored_} by ${sought.replace(/[\u202c\u202d]/g, '·')}${country ? ` in ${country}` : ''}`, async () => {
            await flow.load(
                [upsertContact],
                { ...node, match: 'phone_number' },
                { ...(await account()), ...(country && { country }) },
            );
            const infos = [{ kind: 'phone_number', label: 'main', value: stored_ }];
            await api('POST', '/contacts', { contacts: [{ contact_book, first_name: 'P', infos }] });
            const { msg } = await flow.send({
                payload: { contact_book, nickname: 'x', infos: [{ kind: 'phone_number', value: sought }] },
            });
            should(msg?.missive.action).equal('updated');
            should(msg?.payload).match({ first_name: 'P', nickname: 'x', infos: [{ value: stored_ }] });
        });

    it('takes two numbers of letters for two contacts', async () => {
        await load({ match: 'phone_number' });
        for (const value of ['1-800-CONTACTS', '1-800-FLOWERS']) {
            const { msg } = await flow.send({
                payload: { contact_book, infos: [{ kind: 'phone_number', label: 'main', value }] },
            });
            should(msg?.missive.action).equal('created');
        }
    });

    it('takes infos and memberships off', async () => {
        await load();
        const infos = [
            { kind: 'email', label: 'work', value: 'ann@x.example' },
            { kind: 'email', label: 'home', value: 'old@x.example' },
        ];
        const memberships = ['X', 'Y'].map((name) => ({ group: { kind: 'organization', name } }));
        await api('POST', '/contacts', { contacts: [{ contact_book, infos, memberships }] });
        const { msg } = await flow.send({
            payload: {
                contact_book,
                infos: 'ann@x.example',
                remove_infos: 'OLD@x.example',
                remove_memberships: 'x, Z',
            },
        });
        should(msg?.missive.action).equal('updated');
        const [contact] = await stored('ann@x.example');
        should(contact?.infos?.map(({ value }) => value)).eql(['ann@x.example']);
        should(contact?.memberships).match([{ group: { name: 'Y' } }]);
        const again = await flow.send({
            payload: {
                contact_book,
                infos: 'ann@x.example',
                remove_infos: 'OLD@x.example',
                remove_memberships: 'x, Z',
            },
        });
        should(again.msg?.missive.action).equal('unchanged');
    });

    it('leaves an address alone that was corrected in Missive a moment ago', async () => {
        await load();
        const { msg } = await flow.send({ payload: { ...email('typo@x.example'), first_name: 'Ann' } });
        const id = (msg?.payload as Contact | undefined)?.id;
        const infos = [{ kind: 'email', label: 'work', value: 'right@x.example' }];
        await api('PATCH', `/contacts/${id}`, { contacts: [{ id, infos }] });
        await flow.send({ payload: { ...email('typo@x.example'), nickname: 'A' } });
        should((await stored('right@x.example'))[0]?.infos?.map(({ value }) => value)).eql(['right@x.example']);
    });

    const refusals: [string, unknown, RegExp][] = [
        [
            'with a phone number without a digit',
            { contact_book, infos: [{ kind: 'phone_number', label: 'main', value: 'n/a' }] },
            /without a digit: “n\/a”/,
        ],
        ['without a contact book', { infos: 'a@x.example' }, /Contact book .* is missing/],
        ['with a contact book of null', { contact_book: null, infos: 'a@x.example' }, /Contact book .* is missing/],
        [
            'without infos',
            { contact_book, first_name: 'A' },
            /E-mail, phone and more \(infos\) has no entry of kind email/,
        ],
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
            /Companies and groups .* should be a list of memberships/,
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

        it('lets no message wait longer than the account allows behind another of the same key', async () => {
            lagging.reset();
            let free: () => void = () => undefined;
            const held = new Promise<void>((resolve) => (free = resolve));
            lagging.otherwise = async ({ method }) => {
                await held;
                return method === 'POST' ? [201, { contacts: [{ id: 'c1' }] }] : [200, { contacts: [] }];
            };
            await flow.load([upsertContact], node, { url, maxWait: 0.1 });
            flow.put({ payload: email('slow@x.example') });
            const { error } = await flow.send({ payload: email('SLOW@x.example') });
            should(error?.cause.code).equal('ERR_MISSIVE_QUEUE');
            free();
            await flow.until(2);
            should(flow.results[1]?.msg?.missive.action).equal('created');
            lagging.seen.filter(({ method }) => method === 'POST').should.have.length(1);
        });

        it('ends where the server does not count pages', async () => {
            const crowd = Array.from({ length: 200 }, (_, place) => ({ id: `c${place}` }));
            lagging.otherwise = ({ method }) =>
                method === 'POST' ? [201, { contacts: [{ id: 'new' }] }] : [200, { contacts: crowd }];
            await flow.load([upsertContact], node, { url });
            const { msg } = await flow.send({ payload: email('ann@x.example') });
            should(msg?.missive.action).equal('created');
        });

        it('keeps what it has just written where the list is older than that', async () => {
            lagging.reset();
            const infos = [{ kind: 'email', label: 'work', value: 'ann@x.example' }];
            let contact: object = { id: 'c1', infos };
            lagging.otherwise = ({ method, url, body }) => {
                if (method === 'PATCH') contact = { ...contact, ...(body as { contacts: object[] }).contacts[0] };
                return [200, { contacts: [url.includes('search') ? { id: 'c1', infos } : contact] }];
            };
            await flow.load([upsertContact], node, { url });
            for (const more of ['b@x.example', 'c@x.example'])
                await flow.send({ payload: { contact_book, infos: `ann@x.example, ${more}` } });
            should((contact as Contact).infos?.map(({ value }) => value)).eql([
                'ann@x.example',
                'b@x.example',
                'c@x.example',
            ]);
        });

        it('takes what a contact was merged into, be it that the list still has it or the change comes too late', async () => {
            for (const when of ['deleted', 'PATCH']) {
                lagging.reset();
                const old = { id: 'old', modified_at: 2, infos: email('ann@x.example').infos };
                const whole = { id: 'whole', modified_at: 1, infos: [...old.infos, { kind: 'twitter', name: 'ann' }] };
                let merged = false;
                lagging.otherwise = ({ method, url, body }) => {
                    if (method === 'POST') return [201, { contacts: [{ id: 'a second one' }] }];
                    if (url.includes('search')) return [200, { contacts: merged ? [old, whole] : [old] }];
                    const found = url.includes('whole') ? whole : old;
                    if (found === old && (merged || method === 'PATCH')) {
                        merged = true;
                        return [404, { error: { message: 'Not found' } }];
                    }
                    return [
                        200,
                        { contacts: [method === 'PATCH' ? (body as { contacts: object[] }).contacts[0] : found] },
                    ];
                };
                await flow.load([upsertContact], node, { url });
                const { msg } = await flow.send({ payload: { ...email('ann@x.example'), nickname: when } });
                should(msg?.missive).match({ action: 'updated', path: '/contacts/whole' });
                await flow.unload();
            }
        });

        it('makes a new one where the contact was deleted meanwhile, and none where it is there and cannot be changed', async () => {
            for (const [status, outcome] of [
                [404, 'created'],
                [200, 'ERR_MISSIVE_NOT_FOUND'],
            ] as const) {
                const ann = { id: `there ${status}`, infos: email('ann@x.example').infos };
                lagging.otherwise = ({ method, url }) => {
                    if (method === 'POST') return [201, { contacts: [{ id: 'c2' }] }];
                    if (method === 'PATCH') return [404, { error: { message: 'Not found' } }];
                    return [url.includes('search') ? 200 : status, { contacts: [ann] }];
                };
                await flow.load([upsertContact], node, { url });
                const { msg, error } = await flow.send({ payload: { ...email('ann@x.example'), nickname: 'A' } });
                should(msg?.missive.action ?? error?.cause.code).equal(outcome);
                await flow.unload();
            }
        });

        it('finds a contact behind a page that is shorter than asked for', async () => {
            const all = Array.from({ length: 260 }, (_, at) => ({
                id: `c${at}`,
                infos: email(`ann${at}@x.example`).infos,
            }));
            lagging.otherwise = ({ method, url }) => {
                const from = Number(new URL(url, 'http://x').searchParams.get('offset'));
                return method === 'GET' ? [200, { contacts: all.slice(from, from + 150) }] : [200, { contacts: [{}] }];
            };
            await flow.load([upsertContact], node, { url });
            const { msg } = await flow.send({ payload: { ...email('ann256@x.example'), nickname: 'A' } });
            should(msg?.missive).match({ action: 'updated', path: '/contacts/c256' });
        });

        it('finds a contact by the number that it has just got', async () => {
            let contact: object = { id: 'numbered', infos: email('ann@x.example').infos };
            lagging.otherwise = ({ method, url, body }) => {
                if (method === 'POST') return [201, { contacts: [{ id: 'a second one' }] }];
                if (method === 'PATCH') contact = { ...contact, ...(body as { contacts: object[] }).contacts[0] };
                return [200, { contacts: /search=.*910/.test(url) ? [] : [contact] }];
            };
            const phone = { kind: 'phone_number', label: 'mobile', value: '+351 910 000 777' };
            await flow.load([upsertContact], node, { url });
            await flow.send({ payload: { contact_book, infos: [...email('ann@x.example').infos, phone] } });
            await flow.unload();
            await flow.load([upsertContact], { ...node, match: 'phone_number' }, { url });
            const { msg } = await flow.send({ payload: { contact_book, infos: [phone], nickname: 'A' } });
            should(msg?.missive).match({ action: 'updated', path: '/contacts/numbered' });
        });

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
