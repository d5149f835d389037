import should from 'should';
import list from '../../../nodes/missive-list';
import type { Answer, Call } from '../../../src/missive/call';
import { Limiter } from '../../../src/missive/limits/limiter';
import { pagesOf } from '../../../src/missive/lists/listing';
import { ahead, atMost } from '../../../src/missive/lists/page-flow';
import { offsetPages, type Pages } from '../../../src/missive/lists/pages';
import { byActivity, byCreation, byDelivery, untilPages } from '../../../src/missive/lists/until-pages';
import { operationOf } from '../../../src/missive/operations/family';
import { Client } from '../../../src/missive/wire/client';
import { byTime } from '../../../src/sandbox/manners/paging';
import { type Ask, closeAll, practice, seeded } from '../../sandbox/asking';

interface Row {
    readonly id: string;
    readonly at?: number | null;
}

const bounds = { usual: 5, min: 1, max: 5 };
const look = { limit: 5, times: ['at'] };

/** A server that gives its rows as Missive does, or as `page` says; `calls` are the queries that it saw. */
function server(page: (query: URLSearchParams, number: number) => readonly Row[]) {
    const calls: string[] = [];
    const send = async ({ query = {} }: Call): Promise<Answer> => {
        const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
        calls.push(String(asked));
        if (calls.length > 200) throw new Error('an endless loop');
        return { status: 200, body: { rows: page(asked, calls.length) }, attempts: 1, waited: 0 };
    };
    return { calls, send };
}

const inTime = (rows: readonly Row[]) => server((query) => byTime(rows, ({ at }) => at ?? 0, query, bounds));
const rowsAt = (...times: number[]): Row[] => times.map((at, number) => ({ id: `r${number}`, at }));

async function collected<T>(pages: Pages<T>): Promise<T[]> {
    const all: T[] = [];
    for await (const { rows } of pages) all.push(...rows);
    return all;
}
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
const all = (send: (call: Call) => Promise<Answer>) => collected(untilPages<Row>(send, '/rows', 'rows', {}, look));

describe('pages by until', () => {
    const cases: [string, number[]][] = [
        ['none', []],
        ['fewer than a page', [9, 8]],
        ['exactly a page', [9, 8, 7, 6, 5]],
        ['several pages', [19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7]],
        ['an over-full page', [9, 8, 7, 6, 5, 5, 5, 5, 4, 3]],
        ['a block of one timestamp that is larger than a page', [9, ...Array(13).fill(8), 7, 6]],
        ['a list of one timestamp', Array(23).fill(4)],
        ['blocks one after another', [...Array(7).fill(9), ...Array(12).fill(8), ...Array(5).fill(7), 6]],
        ['a block that ends the list on a full page', [9, 8, ...Array(8).fill(7)]],
    ];
    for (const [name, times] of cases)
        it(`give each row once, in order, of ${name}`, async () => {
            const rows = rowsAt(...times);
            const { send } = inTime(rows);
            const found = await all(send);
            should(ids(found).sort()).eql(ids(rows).sort());
            should(found.map(({ at }) => at)).eql([...times].sort((a, b) => b - a));
        });

    it('give each row once for a thousand random lists', async () => {
        let state = 7;
        const random = (below: number) => {
            state = (state * 48_271) % 2_147_483_647;
            return state % below;
        };
        for (let number = 0; number < 1000; number++) {
            const spread = 1 + random(12);
            const rows = rowsAt(...Array.from({ length: random(40) }, () => 100 + random(spread)));
            should(ids(await all(inTime(rows).send)).sort()).eql(ids(rows).sort());
        }
    });

    it('ask again with the time of the oldest row, and before a page of one moment', async () => {
        const { send, calls } = inTime(rowsAt(9, 8, 7, 6, 5, 5, 5, 5, 5, 4));
        await all(send);
        calls.should.eql(['limit=5', 'limit=5&until=5', 'limit=5&until=4']);
    });

    it('begin where the query says', async () => {
        const { send, calls } = inTime(rowsAt(9, 8, 7));
        should(await collected(untilPages<Row>(send, '/rows', 'rows', { until: 8 }, look))).have.length(2);
        calls.should.eql(['until=8&limit=5']);
    });

    it('end where a server gives one and the same page for ever', async () => {
        const { send, calls } = server(() => rowsAt(9, 8, 7, 6, 5));
        should(await all(send)).have.length(5);
        calls.length.should.be.belowOrEqual(3);
    });

    it('end where a server gives a page of one moment for ever', async () => {
        const { send } = server(() => rowsAt(9, 9, 9, 9, 9));
        should(await all(send)).have.length(5);
    });

    it('cut off in the middle of a block go on with the rest of it', async () => {
        const rows = rowsAt(9, 8, 7, 6, 6, 6, 6, 5, 4);
        const { send } = server((query) =>
            rows.filter(({ at }) => Number(at) <= Number(query.get('until') ?? Infinity)).slice(0, 5),
        );
        should(ids(await all(send))).eql(ids(rows));
    });

    it('in no order at all still give each row once', async () => {
        const rows = rowsAt(5, 9, 7, 8, 6, 2, 4, 3);
        const { send } = server((query) => byTime(rows, ({ at }) => at ?? 0, query, bounds).toReversed());
        should(ids(await all(send)).sort()).eql(ids(rows).sort());
    });

    it('take the next property where the first holds no time', async () => {
        const rows = rowsAt(9, 8, 7, 6, 5, 4).map(({ id, at }) => ({ id, at: null, made: at }));
        const { send } = server((query) => byTime(rows, ({ made }) => Number(made), query, bounds));
        const look = { limit: 5, times: ['at', 'made'] };
        should(await collected(untilPages<Row>(send, '/rows', 'rows', {}, look))).have.length(6);
    });

    it('without any time to go on from fail, as the rest would be lost in silence', async () => {
        const { send } = server(() => [1, 2, 3, 4, 5].map((number) => ({ id: `r${number}` })));
        await should(all(send)).be.rejectedWith({ code: 'ERR_MISSIVE_SERVER', message: /without at/ });
    });
});

describe('pages of a server that keeps less to the rules', () => {
    /** Rows up to `until`, the newest first. */
    const upTo = (rows: readonly Row[], query: URLSearchParams, without = false) =>
        rows
            .filter(({ at }) => Number(at) <= Number(query.get('until') ?? Infinity) - (without ? 1 : 0))
            .sort((a, b) => Number(b.at) - Number(a.at));
    const limitOf = (query: URLSearchParams) => Number(query.get('limit'));
    const whole = (found: readonly Row[], limit: number) =>
        found.filter(({ at }, number) => number < limit || at === found[limit - 1]?.at);
    const kinds: Record<string, (rows: readonly Row[], query: URLSearchParams) => readonly Row[]> = {
        'gives three at most': (rows, query) => upTo(rows, query).slice(0, Math.min(3, limitOf(query))),
        'gives four, whatever is asked for': (rows, query) => upTo(rows, query).slice(0, 4),
        'gives three at most, and what is of the same moment': (rows, query) =>
            whole(upTo(rows, query), Math.min(3, limitOf(query))),
        'cuts off the rows of one moment': (rows, query) => upTo(rows, query).slice(0, limitOf(query)),
        'leaves out what is of the moment itself': (rows, query) => whole(upTo(rows, query, true), limitOf(query)),
        'leaves it out, and cuts off': (rows, query) => upTo(rows, query, true).slice(0, limitOf(query)),
        'leaves rows out of a page that it has counted': (rows, query) =>
            whole(upTo(rows, query), limitOf(query)).filter(({ id }) => id !== 'r1' && id !== 'r4'),
    };
    const cutOrAll = async (rows: readonly Row[], page: (typeof kinds)[string]) => {
        const { send, calls } = server((query) => page(rows, query));
        const found: Row[] = [];
        let cut = false;
        for await (const each of untilPages<Row>(send, '/rows', 'rows', {}, look)) {
            found.push(...each.rows);
            cut ||= each.cut === true;
        }
        should(new Set(ids(found)).size).equal(found.length);
        return { found, cut, calls };
    };
    for (const [name, page] of Object.entries(kinds)) {
        it(`are read to the end where it ${name}`, async () => {
            const rows = rowsAt(...Array.from({ length: 19 }, (_, number) => 90 - number));
            const { found, cut } = await cutOrAll(rows, page);
            const hidden = name.startsWith('leaves rows out') ? 2 : 0;
            should(found.length).equal(19 - hidden);
            should(cut).be.false();
        });

        it(`lose nothing without saying so where it ${name}`, async () => {
            let state = 11;
            const random = (below: number) => {
                state = (state * 48_271) % 2_147_483_647;
                return state % below;
            };
            for (let number = 0; number < 500; number++) {
                const spread = 1 + random(12);
                const rows = rowsAt(...Array.from({ length: random(30) }, () => 100 + random(spread)));
                const { found, cut } = await cutOrAll(rows, page);
                const given = rows.filter(
                    ({ id }) => !name.startsWith('leaves rows out') || (id !== 'r1' && id !== 'r4'),
                );
                // A list of one moment looks the same as one that is whole.
                const alike = name.startsWith('gives four') && new Set(rows.map(({ at }) => at)).size === 1;
                if (found.length !== given.length && !alike)
                    should(cut).be.true(`${found.length} of ${rows.map(({ at }) => at).sort()}`);
            }
        });
    }

    it('are not called cut where all rows of a block are there', async () => {
        for (const times of [Array(5).fill(8), Array(4).fill(8), [...Array(5).fill(8), 7, 6], [9, 8, 7, 7, 7, 7, 6]])
            should(
                (await cutOrAll(rowsAt(...times), (rows, query) => whole(upTo(rows, query), limitOf(query)))).cut,
            ).be.false();
    });

    it('by offset are read to the end where it gives a hundred at most, and rows go meanwhile', async () => {
        const rows: Row[] = Array.from({ length: 390 }, (_, number) => ({ id: `r${number}` }));
        const { send } = server((query, number) => {
            if (number === 3) rows.splice(10, 7);
            const offset = Number(query.get('offset'));
            return rows.slice(offset, offset + 100);
        });
        const found = ids(await collected(offsetPages<Row>(send, '/rows', 'rows', {})));
        ids(rows)
            .filter((id) => !found.includes(id))
            .should.eql([]);
        should(new Set(found).size).equal(found.length);
    });

    it('are asked for once where they are less than half full, as a short page is the last by Missive’s word', async () => {
        const few: Row[] = Array.from({ length: 24 }, (_, at) => ({ id: `r${at}`, at: 100 - at }));
        const [until, counted] = [server(() => few.slice(0, 2)), server(() => few)];
        await collected(untilPages<Row>(until.send, '/rows', 'rows', {}, look));
        await collected(offsetPages<Row>(counted.send, '/rows', 'rows', {}));
        [until.calls.length, counted.calls.length].should.eql([1, 1]);
    });

    it('are asked for once where they hold one row, or rows without ids', async () => {
        for (const rows of [[{ id: 'a', at: 1 }], [{ at: 1 }, { at: 2 }]] as Row[][]) {
            const [until, counted] = [server(() => rows), server(() => rows)];
            await all(until.send);
            await collected(offsetPages<Row>(counted.send, '/rows', 'rows', {}));
            should([until.calls.length, counted.calls.length]).eql([1, 1]);
        }
    });
});

describe('pages', () => {
    const counted = (count: number) => {
        const rows = Array.from({ length: count }, (_, number) => ({ id: `r${number}` }));
        return server((query) => rows.slice(Number(query.get('offset')), Number(query.get('offset')) + 200));
    };
    const offset = (send: (call: Call) => Promise<Answer>) => offsetPages<Row>(send, '/rows', 'rows', {});

    it('by offset end with a page that is not full', async () => {
        const { send, calls } = counted(400);
        should(await collected(offset(send))).have.length(400);
        calls.should.eql(['limit=200&offset=0', 'limit=200&offset=198', 'limit=200&offset=396']);
    });

    it('are free of rows that came before, where the list shifts', async () => {
        const { send } = server((query) =>
            query.get('offset') === '0'
                ? Array.from({ length: 200 }, (_, number) => ({ id: `r${number}` }))
                : [{ id: 'r199' }, { id: 'r200' }],
        );
        should(await collected(offset(send))).have.length(201);
    });

    it('end where a server gives one and the same page for ever', async () => {
        const { send, calls } = server(() => Array.from({ length: 200 }, (_, number) => ({ id: `r${number}` })));
        should(await collected(offset(send))).have.length(200);
        calls.length.should.be.belowOrEqual(3);
    });

    it('end where a server gives rows in no order at all', async () => {
        let number = 0;
        const { send } = server(() => Array.from({ length: number < 4000 ? 200 : 7 }, () => ({ id: `r${number++}` })));
        should((await collected(offset(send))).length).be.above(200);
    });

    it('without ids are not read twice', async () => {
        const rows = Array.from({ length: 450 }, (_, number) => ({ name: `n${number}` }) as unknown as Row);
        const { send } = server((query) => rows.slice(Number(query.get('offset')), Number(query.get('offset')) + 200));
        should(await collected(offset(send))).have.length(450);
    });

    const changes: [string, (rows: Row[], page: number) => void][] = [
        ['one goes at the front', (rows) => rows.shift()],
        ['the one at the border goes', (rows, page) => rows.splice(page * 198 - 1, 1)],
        ['both at the border go', (rows, page) => rows.splice(page * 198 - 2, 3)],
        ['fifty go at the front', (rows) => rows.splice(0, 50)],
        ['all that were read go', (rows, page) => rows.splice(0, page * 100)],
        ['the second hundred goes', (rows) => rows.splice(100, 100)],
        ['some come at the front', (rows, page) => rows.unshift({ id: `new${page}a` }, { id: `new${page}b` })],
        ['some come and more go', (rows, page) => rows.splice(3, 9, { id: `new${page}` })],
        ['those at the end go', (rows) => rows.splice(-20)],
    ];
    for (const [name, change] of changes)
        it(`lose no row that stays and give none twice where, between pages, ${name}`, async () => {
            const rows: Row[] = Array.from({ length: 1500 }, (_, number) => ({ id: `r${number}` }));
            const { send } = server((query, number) => {
                if (number > 1 && number < 6) change(rows, number - 1);
                return rows.slice(Number(query.get('offset')), Number(query.get('offset')) + 200);
            });
            const found = ids(await collected(offset(send)));
            should(new Set(found).size).equal(found.length);
            const stayed = ids(rows).filter((id) => !id.startsWith('new'));
            stayed.filter((id) => !found.includes(id)).should.eql([]);
        });

    it('end at a number of rows, and ask for no more', async () => {
        const { send, calls } = counted(1000);
        should(await collected(ahead(atMost(offset(send), 250)))).have.length(250);
        calls.should.have.length(2);
    });

    it('are asked for while the one before is in use', async () => {
        const { send, calls } = counted(500);
        const pages = ahead(offset(send));
        await pages.next();
        await new Promise((resolve) => setImmediate(resolve));
        calls.should.have.length(2);
        await pages.return();
    });

    it('fail when the failed page is reached, not before', async () => {
        const { send } = server((_, number) => {
            if (number === 2) throw new Error('broken');
            return Array.from({ length: 200 }, (_, row) => ({ id: `r${row}` }));
        });
        const pages = ahead(offset(send));
        should((await pages.next()).done).be.false();
        await should(pages.next()).be.rejectedWith('broken');
    });
});

describe('pages of the practice inbox', () => {
    afterEach(closeAll);

    /** A way to ask a practice Missive as the package does. */
    async function asking() {
        const { sandbox, ask } = await practice();
        const { token } = sandbox;
        const client = new Client({ address: () => sandbox.address(), token, limiter: new Limiter() });
        const send = (call: Call) => client.send(call, { node: 'n1' });
        return { ask, send, close: () => client.close() };
    }

    /** Rows of the practice inbox as missive-list gives them, with something done before the second page is asked for. */
    async function listed(
        kind: string,
        input: object,
        meanwhile: (ask: Ask) => Promise<unknown>,
        prepare: (ask: Ask) => Promise<unknown>,
        /** Seconds by which Missive's clock is behind this one. */
        behind = 0,
    ) {
        const { ask, send, close } = await asking();
        const moved = async (call: Call) => {
            const since = Number(call.query?.modified_since ?? Number.NaN) + behind;
            const query = { ...call.query, ...(since > 0 && { modified_since: since }) };
            const answer = await send({ ...call, query });
            const { contacts = [] } = answer.body as { contacts?: { modified_at: number }[] };
            for (const row of contacts) row.modified_at -= behind;
            return answer;
        };
        await prepare(ask);
        let calls = 0;
        const pages = pagesOf(operationOf(list.operation, kind), { return_all: true, ...input }, async (call) => {
            calls += 1;
            if (calls === 2) await meanwhile(ask);
            return moved(call);
        });
        const found = (await collected(pages)) as unknown as Row[];
        await close();
        should(new Set(ids(found)).size).equal(found.length);
        return found as (Row & Record<string, unknown>)[];
    }
    const book = { contact_book: seeded.book };
    const people = (count: number) => async (ask: Ask) => {
        const contacts = Array.from({ length: count }, (_, number) => ({
            ...book,
            last_name: `n${String(number).padStart(4, '0')}`,
        }));
        await ask('POST /contacts', { contacts });
    };
    const named = async (ask: Ask, last_name: string) =>
        (await ask(`GET /contacts?contact_book=${seeded.book}&search=${last_name}`)).json.contacts[0] as { id: string };
    const rename = async (ask: Ask, from: string, to: string) => {
        const { id } = await named(ask, from);
        await ask(`PATCH /contacts/${id}`, { contacts: [{ id, last_name: to }] });
        return id;
    };

    for (const [order, behind] of [
        ['last_name', 0],
        ['last_modified', 0],
        ['last_name', 86_400],
        ['last_name', -86_400],
    ] as const)
        it(`give a contact that moves while they are read, once, by ${order}, Missive's clock ${behind} s behind`, async () => {
            const moved: string[] = [];
            const meanwhile = async (ask: Ask) => {
                // From behind what was read to before it, and the other way round.
                moved.push(await rename(ask, 'n0450', 'aaa'), await rename(ask, 'n0003', 'zzz'));
                await ask('POST /contacts', { contacts: [{ ...book, last_name: 'aab' }] });
            };
            const found = await listed('contacts', { ...book, order }, meanwhile, people(500), behind);
            for (const id of moved) ids(found).should.containEql(id);
            found.filter(({ last_name }) => /^n\d{4}$/.test(String(last_name))).length.should.be.aboveOrEqual(499);
        });

    it('give a conversation that gets a message while they are read, once', async () => {
        let moved = '';
        const make = async (ask: Ask) => {
            for (let number = 0; number < 70; number++)
                await ask('POST /posts', {
                    posts: {
                        conversation_subject: `s${number}`,
                        text: 'x',
                        organization: seeded.organization,
                        notification: { title: 'a', body: 'b' },
                    },
                });
        };
        const meanwhile = async (ask: Ask) => {
            const { conversations } = (await ask('GET /conversations?all=true&limit=50&until=1')).json;
            should(conversations).eql([]);
            moved = seeded.order;
            await ask('POST /posts', {
                posts: { conversation: moved, text: 'x', notification: { title: 'a', body: 'b' } },
            });
        };
        const found = await listed('conversations', { all: true }, meanwhile, make);
        ids(found).should.containEql(moved);
        found.length.should.be.aboveOrEqual(70);
    });

    it('give every conversation, task, message, comment, draft and post once', async () => {
        const { ask, send, close } = await asking();
        for (let number = 0; number < 23; number++) {
            const content = { conversation: seeded.fork, text: 'x', notification: { title: 'a', body: 'b' } };
            await ask('POST /posts', { posts: content });
            await ask('POST /drafts', {
                drafts: { conversation: seeded.fork, body: 'x', from_field: { address: 'shop@harborbikes.example' } },
            });
        }
        for (let number = 0; number < 60; number++)
            await ask('POST /tasks', {
                tasks: { title: `t${number}`, team: seeded.workshop, organization: seeded.organization },
            });
        const count = async (path: string, envelope: string, look: typeof byActivity, query = {}) =>
            new Set(ids(await collected(untilPages<Row>(send, path, envelope, query, look)))).size;
        const inside = `/conversations/${seeded.fork}`;
        should(await count(`${inside}/posts`, 'posts', byCreation)).be.aboveOrEqual(23);
        should(await count(`${inside}/drafts`, 'drafts', byDelivery)).be.aboveOrEqual(23);
        should(await count(`${inside}/messages`, 'messages', byDelivery)).be.aboveOrEqual(2);
        should(await count(`${inside}/comments`, 'comments', byCreation)).be.aboveOrEqual(1);
        should(await count('/tasks', 'tasks', byActivity, { type: 'task' })).be.aboveOrEqual(60);
        const rows = (await ask('GET /conversations?all=true&limit=50')).json.conversations;
        should(await count('/conversations', 'conversations', { ...byActivity, limit: 2 }, { all: true })).equal(
            rows.length,
        );
        await close();
    });
});
