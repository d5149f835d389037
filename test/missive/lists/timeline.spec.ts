import should from 'should';
import type { Call } from '../../../src/missive/call';
import { firstRows, timelinePages } from '../../../src/missive/lists/timeline';
import { byTime } from '../../../src/sandbox/manners/paging';

type Row = Readonly<Record<string, unknown>>;
type Lists = Record<'messages' | 'posts' | 'comments', Row[]>;

const bounds = { usual: 10, min: 1, max: 10 };
const timeOf = (row: Row) => Number(row.delivered_at ?? row.created_at ?? 0);

/** A conversation with these lists, given as Missive pages them; `before` each page. */
function conversation(lists: Lists, before: (list: string, page: number) => void = () => {}) {
    let pages = 0;
    return async ({ path, query = {} }: Call) => {
        const name = path.split('/').pop() as keyof Lists;
        before(name, pages++);
        if (pages > 200) throw new Error('an endless loop');
        const asked = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
        return { status: 200, attempts: 1, waited: 0, body: { [name]: byTime(lists[name], timeOf, asked, bounds) } };
    };
}

async function read(send: ReturnType<typeof conversation>, first?: number): Promise<Row[]> {
    const all = timelinePages(send, '/conversations/c', {});
    const rows: Row[] = [];
    for await (const page of first === undefined ? all : firstRows(all, first)) rows.push(...page.rows);
    return rows;
}

describe('the timeline of a conversation', () => {
    const at = (id: string, time: number, name = 'created_at') => ({ id, [name]: time });

    it('has each row of one and the same second once, however many there are in each list', async () => {
        const block = (kind: string, count: number) =>
            Array.from({ length: count }, (_, number) => at(`${kind}${number}`, 5000));
        const lists = { messages: block('m', 3), posts: block('p', 27), comments: block('c', 35) };
        const rows = await read(conversation(lists));
        rows.should.have.length(65);
        new Set(rows.map(({ id }) => id)).size.should.equal(65);
        should(await read(conversation(lists), 40)).eql(rows.slice(0, 40));
    });

    it('puts what has the time 0, or none, at the end, and takes an empty list for no list', async () => {
        const lists = {
            messages: [at('m', 0, 'delivered_at'), at('n', 9, 'delivered_at')],
            posts: [],
            comments: [{ id: 'c' }, at('d', 4)],
        };
        const rows = await read(conversation(lists));
        should(rows.map(({ id }) => id)).eql(['n', 'd', 'm', 'c']);
        should(rows.map(({ kind }) => kind)).eql(['message', 'comment', 'message', 'comment']);
        should(await read(conversation({ messages: [], posts: [], comments: [] }))).eql([]);
    });

    it('loses none of the others where a message is deleted while it is read', async () => {
        const many = (kind: string, step: number) =>
            Array.from({ length: 40 }, (_, number) => at(`${kind}${number}`, 10_000 - number * step));
        const lists = { messages: many('m', 7), posts: many('p', 3), comments: many('c', 5) };
        const rows = await read(
            conversation(lists, (_, page) => {
                if (page === 5) lists.messages = lists.messages.filter(({ id }) => !['m0', 'm15'].includes(String(id)));
            }),
        );
        const ids = new Set(rows.map(({ id }) => id));
        ids.size.should.equal(rows.length);
        for (const kind of ['m', 'p', 'c'])
            for (let number = 0; number < 40; number++)
                if (!['m0', 'm15'].includes(`${kind}${number}`)) ids.has(`${kind}${number}`).should.be.true();
        const times = rows.map(timeOf);
        times.should.eql(times.toSorted((a, b) => b - a));
    });

    it('fails as a whole where one of the lists does', async () => {
        const lists = { messages: [at('m', 1)], posts: [at('p', 2)], comments: [at('c', 3)] };
        const broken = conversation(lists, (list) => {
            if (list === 'posts') throw new Error('503');
        });
        await read(broken).should.be.rejectedWith('503');
    });
});
