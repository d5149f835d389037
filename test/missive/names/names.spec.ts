import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { Directory, type Entry } from '../../../src/missive/names/directory';
import { matching, withIds } from '../../../src/missive/names/names';
import { picks } from '../../../src/missive/operations/fields';

const labels: Entry[] = [
    { id: '1', name: 'Parts', organization: 'a' },
    { id: '2', name: 'Shop', organization: 'a' },
    { id: '3', name: 'Shop/Parts', short: 'Parts', organization: 'a' },
    { id: '4', name: 'Shop/Service', short: 'Service', organization: 'a' },
    { id: '5', name: 'Shop', organization: 'b' },
];
const found = (name: string, organization?: string) => matching(labels, name, organization).map(({ id }) => id);

describe('names', () => {
    it('are a label’s with its parents’ first, then its own', () => {
        found('Shop/Parts').should.eql(['3']);
        found('shop / parts').should.eql(['3']);
        found('Parts').should.eql(['1']);
        found('service').should.eql(['4']);
        found('Service/Shop').should.eql([]);
    });

    it('that two organizations have are told apart by the organization of the message', () => {
        found('Shop').should.eql(['2', '5']);
        found('Shop', 'b').should.eql(['5']);
        found('Service', 'b').should.eql(['4']);
    });

    it('that several have are refused with who they are', async () => {
        const users = [
            { id: '1', name: 'Ana', email: 'ana@x.example' },
            { id: '2', name: 'Ana', email: 'ana@y.example' },
        ];
        const fields = { people: picks('user', { label: 'People', help: '' }) };
        await should(withIds(fields, { people: ['ana'] }, async () => users)).be.rejectedWith({
            code: 'ERR_MISSIVE_INPUT',
            message:
                'People (people): “ana” is the name of 2 users: Ana (ana@x.example), Ana (ana@y.example). Give the id, or a name that only one has.',
        });
        should(await withIds(fields, { people: ['ANA@y.example'] }, async () => users)).eql({ people: ['2'] });
    });
});

describe('the directory of an account', () => {
    /** Rows by path; counts the calls. */
    function account(rows: Record<string, object[]>) {
        const calls: string[] = [];
        const send = async ({ path, query = {} }: Call): Promise<Answer> => {
            calls.push(`${path} ${query.offset}`);
            const offset = Number(query.offset);
            const page = (rows[path] ?? []).slice(offset, offset + Number(query.limit));
            return { status: 200, body: { [path.slice(1)]: page }, attempts: 1, waited: 0 };
        };
        return { calls, send };
    }
    const teams = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `t${id}`, name: `Team ${id}` }));

    it('loads all pages once, whoever asks while it does, and keeps them', async () => {
        const { calls, send } = account({ '/teams': teams(450) });
        const directory = new Directory();
        const lists = await Promise.all([directory.list('team', send), directory.list('team', send, 0)]);
        should(lists[0]).have.length(450);
        should(lists[0]?.[2]?.name).equal('Team 2');
        should(lists[1]).equal(lists[0]);
        await directory.list('team', send);
        calls.should.eql(['/teams 0', '/teams 198', '/teams 396', '/organizations 0']);
    });

    it('loads anew what is older than allowed, and what failed', async () => {
        const { calls, send } = account({ '/organizations': [{ id: 'o', name: 'O' }] });
        const directory = new Directory();
        await directory.list('organization', send);
        await new Promise((resolve) => setTimeout(resolve, 5));
        await directory.list('organization', send, 1);
        calls.should.have.length(2);
        const fails = async () => {
            throw new Error('no');
        };
        await should(directory.list('user', fails)).be.rejectedWith('no');
        should(await directory.list('user', send)).eql([]);
    });

    it('knows the groups of all books, and of several organizations whose a thing is', async () => {
        const { send } = account({
            '/organizations': [
                { id: 'a', name: 'Alpha' },
                { id: 'b', name: 'Beta' },
            ],
            '/contact_books': [{ id: 'book', name: 'Customers', organization: 'a' }],
            '/contact_groups': [{ id: 'g', name: 'Wholesale' }],
            '/shared_labels': [
                { id: 'l', name: 'Parts', name_with_parent_names: 'Shop/Parts', organization: 'b' },
                { name: 'has no id' },
            ],
        });
        const directory = new Directory();
        should(await directory.list('shared_label', send)).eql([
            { id: 'l', name: 'Shop/Parts', short: 'Parts', organization: 'b', within: 'Beta' },
        ]);
        should(await directory.list('contact_group', send)).match([{ id: 'g', within: 'Customers' }, { id: 'g' }]);
    });
});
