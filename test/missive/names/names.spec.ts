import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import { Directory, type Entry } from '../../../src/missive/names/directory';
import { idOfName, matching, withIds } from '../../../src/missive/names/names';
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

describe('what a text names', () => {
    const people: Entry[] = [
        { id: 'u1', name: 'Ana', email: 'ana@x.example', me: true },
        { id: 'u2', name: 'Bob', email: 'bob@x.example' },
        { id: 'team-of-nine-people', name: 'Zoe' },
    ];
    const some: Entry[] = ['p1', '2026', 'vip-2', 'hr', 'HR', 'Hot', 'HOT', 'customer-service-team', 'Très urgent'].map(
        (name, place) => ({ id: `l${place}`, name }),
    );
    const naming = { resource: 'shared_label', label: 'Label (label)' } as const;
    const idOf = (name: string, entries: readonly Entry[] = some) => idOfName(name, naming, async () => entries);

    for (const [name, id] of [
        ['p1', 'l0'],
        ['2026', 'l1'],
        ['vip-2', 'l2'],
        ['VIP-2', 'l2'],
        ['hr', 'l3'],
        ['HR', 'l4'],
        ['Hot', 'l5'],
        [' HOT ', undefined],
        ['hot', undefined],
        ['customer-service-team', 'l7'],
        [' très URGENT', 'l8'],
        ['l5', 'l5'],
        ['9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55', '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55'],
        ['1234567890-abcdef', '1234567890-abcdef'],
        ['t-17', undefined],
        ['xy', undefined],
        ['customer service teams', undefined],
    ] as const)
        it(`${name}: ${id ?? 'an error with the names that there are'}`, async () => {
            if (id) should(await idOf(name)).equal(id);
            else
                await should(idOf(name)).be.rejectedWith({
                    code: 'ERR_MISSIVE_INPUT',
                    message: /Label \(label\): .*(Hot|HOT)/,
                });
        });

    it('me is the token’s owner, an e-mail its user', async () => {
        should(await idOf('me', people)).equal('u1');
        should(await idOf('BOB@x.example', people)).equal('u2');
        should(await idOf('team-of-nine-people', people)).equal('team-of-nine-people');
    });

    it('goes out as it stands where the list cannot be read, and is an error where it is empty', async () => {
        for (const [code, status] of [
            ['ERR_MISSIVE_NOT_FOUND', 404],
            ['ERR_MISSIVE_AUTH', 403],
        ] as const)
            should(
                await idOfName('hr', naming, async () => {
                    throw new MissiveError(code, 'no', { status });
                }),
            ).equal('hr');
        await should(idOf('hr', [])).be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message: /There is none/ });
        await should(
            idOfName('hr', naming, async () => {
                throw new MissiveError('ERR_MISSIVE_CLOSED', 'stopped');
            }),
        ).be.rejectedWith({ code: 'ERR_MISSIVE_CLOSED' });
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

    it('loads anew for who waited with somebody that was stopped', async () => {
        const { send } = account({ '/teams': teams(2) });
        const directory = new Directory();
        let stop: (error: Error) => void = () => undefined;
        const first = directory.list('team', () => new Promise((_, reject) => (stop = reject)));
        const second = directory.list('team', send);
        stop(new MissiveError('ERR_MISSIVE_CLOSED', 'The node was stopped.'));
        await should(first).be.rejectedWith({ code: 'ERR_MISSIVE_CLOSED' });
        should(await second).have.length(2);
    });

    it('asks once for a list that the token may not read', async () => {
        const directory = new Directory();
        let calls = 0;
        const refused = async (): Promise<Answer> => {
            calls += 1;
            throw new MissiveError('ERR_MISSIVE_AUTH', 'no', { status: 403 });
        };
        const lookUp = (resource: 'team', age: number) => directory.list(resource, refused, age);
        for (let number = 0; number < 5; number++)
            should(await idOfName('hr', { resource: 'team', label: 'Team (team)' }, lookUp as never)).equal('hr');
        calls.should.equal(1);
    });

    it('takes an answer without the list for none', async () => {
        const nothing = async (): Promise<Answer> => ({ status: 200, body: {}, attempts: 1, waited: 0 });
        await should(new Directory().list('team', nothing)).be.rejectedWith({ code: 'ERR_MISSIVE_NOT_FOUND' });
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
