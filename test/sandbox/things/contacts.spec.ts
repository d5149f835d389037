import should from 'should';
import { closeAll, type Json, practice, seeded } from '../asking';

const email = (value: string, label = 'work') => ({ kind: 'email', label, value });
const book = seeded.book;

describe('sandbox: contacts', () => {
    afterEach(closeAll);

    it('creates several at once and loses unknown fields in silence', async () => {
        const { ask } = await practice();
        const contacts = [
            { contact_book: book, first_name: 'Ada', email: 'lost@x.example', infos: [email('ada@x.example')] },
            {
                contact_book: book,
                memberships: [{ title: 'Boss', group: { kind: 'organization', name: 'Trail Club' } }],
            },
        ];
        const { status, json } = await ask('POST /contacts', { contacts });
        should(status).equal(201);
        should(json.contacts[0]).have.property('infos', [email('ada@x.example')]);
        should(json.contacts[0]).not.have.any.keys('email', 'memberships');
        should(json.contacts[1].memberships[0].group).have.properties({ kind: 'organization', name: 'Trail Club' });
        const groups: Json[] = (await ask(`GET /contact_groups?contact_book=${book}&kind=organization`)).json
            .contact_groups;
        should(groups.filter(({ name }) => name === 'Trail Club')).have.length(1);
    });

    it('refuses a contact without a book, a wrong kind, a wrong label and a stray custom label', async () => {
        const { ask } = await practice();
        const attempt = async (contact: object) => (await ask('POST /contacts', { contacts: [contact] })).status;
        should(await attempt({ first_name: 'Ada' })).equal(400);
        should(await attempt({ contact_book: book, infos: [{ kind: 'mail', label: 'work', value: 'x' }] })).equal(400);
        should(await attempt({ contact_book: book, infos: [email('a@x.example', 'mobile')] })).equal(400);
        should(await attempt({ contact_book: book, infos: [{ ...email('a@x.example'), custom_label: 'x' }] })).equal(
            400,
        );
        should((await ask('POST /contacts', { contacts: {} })).status).equal(400);
    });

    it('replaces infos whole, and keeps what is not mentioned', async () => {
        const { ask } = await practice();
        const change = { contacts: [{ id: seeded.marta, nickname: 'Mo', infos: [email('new@x.example')] }] };
        const { json } = await ask(`PATCH /contacts/${seeded.marta}`, change);
        should(json.contacts[0]).have.properties({ nickname: 'Mo', last_name: 'Okafor' });
        should(json.contacts[0].infos).eql([email('new@x.example')]);
        should(json.contacts[0].memberships).have.length(1);
    });

    it('wants a list whose ids are those of the path', async () => {
        const { ask } = await practice();
        for (const contacts of [{ id: seeded.marta }, [{ nickname: 'Mo' }], [{ id: seeded.book }], []]) {
            const { status, json } = await ask(`PATCH /contacts/${seeded.marta}`, { contacts });
            should([status, json.error.message]).eql([400, 'Invalid resource ID(s)']);
        }
    });

    it('lists one book, and searches loosely over everything', async () => {
        const { ask } = await practice();
        const names = async (query: string) =>
            (await ask(`GET /contacts?contact_book=${book}&${query}`)).json.contacts.map((one: Json) => one.last_name);
        should((await ask('GET /contacts')).status).equal(400);
        should(await names('')).eql(['Brandt', 'Okafor', 'Reyes', 'Vaz', 'Vaz-Prata']);
        should(await names('search=TOM@trailclub')).eql(['Brandt', 'Reyes']);
        should(await names('search=leonor+vaz')).eql(['Vaz', 'Vaz-Prata']);
        should(await names('search=910%20000%20044')).eql(['Vaz']);
        should(await names('limit=2&offset=3')).eql(['Vaz', 'Vaz-Prata']);
        should((await names('order=last_modified'))[0]).equal('Okafor');
        should((await ask(`GET /contacts?contact_book=${book}&order=first_name`)).status).equal(400);
    });

    it('shows deleted contacts only on demand, and as good as empty', async () => {
        const { ask } = await practice();
        const list = async (query: string): Promise<Json[]> =>
            (await ask(`GET /contacts?contact_book=${book}&modified_since=1${query}`)).json.contacts;
        const [deleted] = (await list('&include_deleted=true')).filter((one) => one.deleted);
        should(Object.keys(deleted)).eql(['id', 'deleted', 'modified_at']);
        should((await list('')).some((one) => one.deleted)).be.false();
        should((await ask(`GET /contacts/${deleted.id}`)).status).equal(404);
    });

    it('shows an info with a label of its own without `label`', async () => {
        const { ask } = await practice();
        const { infos } = (await ask(`GET /contacts/${seeded.marta}`)).json.contacts[0];
        should(infos.at(-1)).eql({ kind: 'custom', custom_label: 'CRM id', value: 'C-2291' });
    });
});
