import helper from 'node-red-node-test-helper';
import should from 'should';
import list from '../../nodes/missive-list';
import { closeAll, practice, seeded } from '../sandbox/asking';
import type { Result } from '../support/flow';
import { scriptedFlow } from '../support/scripted-flow';

const join = require('@node-red/nodes/core/sequence/17-split.js');

describe('missive-list', () => {
    const { missive, flow, account } = scriptedFlow();
    afterEach(closeAll);

    const node = { type: 'missive-list' };
    const load = (properties: object, more: Record<string, unknown>[] = [], modules: never[] = []) =>
        flow.load([list, ...modules], { ...node, ...properties }, account, more);

    /** Missive with so many contacts. */
    const contacts = (count: number) => {
        missive.otherwise = ({ url }) => {
            const query = new URL(url, 'http://x').searchParams;
            const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 50)];
            const rows = Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, row) => ({
                id: `c${offset + row}`,
            }));
            return [200, { contacts: rows }];
        };
    };
    const every = { resource: 'contacts', contact_book: seeded.book, return_all: true };
    const queries = () => missive.seen.map(({ url }) => url.split('?')[1]);

    it('gives one page of so many rows in one message, with the list’s own parameters', async () => {
        contacts(9);
        await load({ resource: 'contacts' });
        const payload = { contact_book: seeded.book, search: 'tom', order: 'last_modified', limit: 5, offset: 2 };
        const { msg } = await flow.send({ payload, topic: 'kept' });
        should(msg).match({ topic: 'kept', missive: { method: 'GET', path: '/contacts', status: 200, pages: 1 } });
        should(msg?.payload).have.length(5);
        queries().should.eql([`contact_book=${seeded.book}&search=tom&order=last_modified&offset=2&limit=5`]);
    });

    it('gives every row in one message, with how far it is in its status', async () => {
        contacts(450);
        await load(every);
        const { msg } = await flow.send({ payload: {} });
        should(msg?.payload).have.length(450);
        should(msg?.missive).match({ pages: 3 });
        const texts = () => flow.statuses.filter(({ id }) => id === 'n1').map(({ text }) => text);
        // Four a second: the fifth comes when the first is a second old.
        while (texts().length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
        texts().should.eql(['sending', 'page 1 · 200', 'page 2 · 398', 'page 3 · 450', '450 rows']);
    });

    it('gives a message for each row, which tells its place, and no more rows than allowed', async () => {
        contacts(1000);
        await load({ ...every, max_rows: 250, send: 'each' });
        flow.put({ payload: 'x', topic: 'kept', mine: { a: 1 }, parts: { id: 'outer' } });
        await flow.until(250);
        const messages = flow.results.map(({ msg }) => msg as Record<string, unknown>);
        should(messages.map(({ payload }) => (payload as { id: string }).id)).eql(
            Array.from({ length: 250 }, (_, row) => `c${row}`),
        );
        should(messages[7]).match({ topic: 'kept', mine: { a: 1 }, missive: { path: '/contacts' } });
        should(messages[7]?.parts).match({ type: 'array', index: 7, len: 1, parts: { id: 'outer' } });
        should(messages[7]?.parts).not.have.property('count');
        should(messages[249]?.parts).match({ index: 249, count: 250 });
        missive.seen.should.have.length(2);
    });

    for (const send of ['each', 'page'])
        it(`gives messages that a join node puts together (${send})`, async () => {
            contacts(450);
            await load(
                { ...every, send, wires: [['join']] },
                [{ id: 'join', z: 'f1', type: 'join', mode: 'auto', wires: [['out']] }],
                [join as never],
            );
            const { msg } = await flow.send({ payload: {} });
            should(msg?.payload).have.length(450);
            should((msg?.payload as { id: string }[] | undefined)?.[449]?.id).equal('c449');
        });

    it('gives a message for each page, an empty one where there is nothing, and none for no row', async () => {
        contacts(0);
        await load({ ...every, send: 'page' });
        should((await flow.send({ payload: {} })).msg).match({ payload: [], parts: { index: 0, count: 1 } });
        await flow.unload();
        await load({ ...every, send: 'each', wires: [['out']] }, [
            { id: 'complete', z: 'f1', type: 'complete', scope: ['n1'], wires: [['out']] },
        ]);
        const { msg } = await flow.send({ payload: 'as it came' });
        should(msg?.payload).equal('as it came');
    });

    it('asks for the next page while the last one is passed on, and for no further one', async function () {
        this.timeout(60_000);
        contacts(10_000);
        await load({ ...every, send: 'each' });
        let asked = 0;
        let rows = 0;
        const out = helper.getNode('out') as unknown as { on(event: string, act: () => void): void };
        out.on('input', () => {
            rows += 1;
            asked = Math.max(asked, missive.seen.length - rows / 200);
        });
        flow.put({ payload: {} });
        await flow.until(10_000);
        should(new Set(flow.results.map(({ msg }) => (msg?.payload as { id: string } | undefined)?.id)).size).equal(
            10_000,
        );
        asked.should.be.belowOrEqual(3);
    });

    it('goes no further when the node is stopped', async () => {
        missive.otherwise = async ({ url }) => {
            await new Promise((resolve) => setTimeout(resolve, 30));
            const offset = Number(new URL(url, 'http://x').searchParams.get('offset'));
            return [200, { contacts: Array.from({ length: 200 }, (_, row) => ({ id: `c${offset + row}` })) }];
        };
        await load({ ...every, send: 'page' });
        flow.put({ payload: {} });
        await flow.until(2);
        await flow.unload();
        const before = missive.seen.length;
        await new Promise((resolve) => setTimeout(resolve, 150));
        (missive.seen.length - before).should.be.belowOrEqual(1);
    });

    it('fails once where Missive does, and says so', async () => {
        missive.answers.push([200, { contacts: Array.from({ length: 200 }, (_, row) => ({ id: `c${row}` })) }], [403]);
        await load(every);
        const { error, msg } = await flow.send({ payload: {} });
        should(msg).be.undefined();
        should(error?.cause).match({ code: 'ERR_MISSIVE_AUTH', status: 403 });
        flow.results.should.have.length(1);
    });

    it('reads the messages of a page of conversations in batches', async () => {
        const ids = (count: number, name: string) =>
            Array.from({ length: count }, (_, row) => ({ id: `${name}${row}` }));
        missive.otherwise = ({ url }) => {
            const [, conversation] = /conversations\/(\w+)\/messages/.exec(url) ?? [];
            if (conversation) return [200, { messages: ids(9, `${conversation}-m`) }];
            const [, asked] = /messages\/([^?]+)/.exec(url) ?? [];
            if (!asked)
                return [200, { conversations: ids(6, 'c').map((row, at) => ({ ...row, last_activity_at: 9 - at })) }];
            const rows = asked.split(',').map((id) => ({ id, body: `body of ${id}`, conversation: { id: 'c' } }));
            return [200, { messages: rows.length === 1 ? rows[0] : rows }];
        };
        await load({ inbox: true, with_messages: true });
        const { msg } = await flow.send({ payload: {} });
        const [first] = (msg?.payload ?? []) as { messages: unknown[] }[];
        should(first?.messages).have.length(9);
        should(first?.messages[8]).eql({ id: 'c0-m8', body: 'body of c0-m8' });
        // One page, six lists of ids, and 54 messages, 25 at a time.
        missive.seen.should.have.length(1 + 6 + 3);
    });

    it('leaves out a message that was deleted meanwhile', async () => {
        const gone = 'm7';
        missive.otherwise = ({ url }) => {
            if (url.includes('/conversations/c/messages'))
                return [200, { messages: Array.from({ length: 9 }, (_, row) => ({ id: `m${row}` })) }];
            const asked = /messages\/([^?]+)/.exec(url)?.[1]?.split(',');
            if (!asked) return [200, { conversations: [{ id: 'c', last_activity_at: 1 }] }];
            return asked.includes(gone) ? [404, {}] : [200, { messages: asked.map((id) => ({ id })) }];
        };
        await load({ inbox: true, with_messages: true });
        const { msg } = await flow.send({ payload: {} });
        const [row] = (msg?.payload ?? []) as { messages: { id: string }[] }[];
        should(row?.messages.map(({ id }) => id)).eql(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm8']);
    });

    it('sends no parameter that is null', async () => {
        contacts(1);
        await load({ resource: 'contacts' });
        await flow.send({ payload: { contact_book: seeded.book, search: null, order: null, limit: null } });
        queries().should.eql([`contact_book=${seeded.book}`]);
        missive.otherwise = () => [200, { conversations: [] }];
        await flow.unload();
        await load({ resource: 'conversations' });
        await flow.send({ payload: { inbox: true, shared_label: null, team_inbox: null, email: null } });
        should(queries().at(-1)).equal('inbox=true');
    });

    it('reads conversations no further than the moment since which something happened, and keeps that from Missive', async () => {
        const times = Array.from({ length: 120 }, (_, at) => 1_767_700_000 - at);
        missive.otherwise = ({ url }) => {
            const until = Number(new URL(url, 'http://x').searchParams.get('until') ?? Number.MAX_SAFE_INTEGER);
            const rows = times.map((at) => ({ id: `c${at}`, last_activity_at: at }));
            return [200, { conversations: rows.filter((row) => row.last_activity_at <= until).slice(0, 50) }];
        };
        await load({ all: true, return_all: true, resource: 'conversations' });
        const since = 1_767_700_000 - 60;
        const { msg } = await flow.send({ payload: { all: true, return_all: true, active_since: since } });
        const rows = msg?.payload as { last_activity_at: number }[] | undefined;
        should(rows?.map((row) => row.last_activity_at)).eql(times.filter((at) => at >= since));
        queries().should.eql(['all=true&limit=50', `all=true&limit=50&until=${1_767_700_000 - 49}`]);
    });

    it('gives deleted contacts since the beginning of time', async () => {
        contacts(1);
        await load({ resource: 'contacts' });
        const payload = { contact_book: seeded.book, include_deleted: true, modified_since: 0 };
        should((await flow.send({ payload })).error).be.undefined();
        queries().should.eql([`contact_book=${seeded.book}&modified_since=0&include_deleted=true`]);
    });

    const refusals: [string, object, object, RegExp][] = [
        ['conversations of no mailbox', { resource: 'conversations' }, {}, /No mailbox is chosen/],
        ['two mailboxes', {}, { inbox: true, all: true }, /Several mailboxes are chosen \(inbox, all\)/],
        ['one conversation', {}, { inbox: true, limit: 1 }, /from 2 to 50/],
        ['two narrowings', {}, { inbox: true, email: 'a@b.example', domain: 'b' }, /email and domain exclude/],
        ['contacts of no book', { resource: 'contacts' }, {}, /Contact book .* is missing/],
        ['conversations whose mailbox is null', { resource: 'conversations' }, { inbox: null }, /No mailbox is chosen/],
        ['deleted contacts of all time', every, { include_deleted: true }, /only with Changed since/],
        ['eleven messages', { resource: 'conversation_messages' }, { conversation: 'c', limit: 11 }, /from 1 to 10/],
        ['half a row', every, { max_rows: 0.5 }, /At most \(max_rows\)/],
        ['groups of no kind', { resource: 'contact_groups' }, { contact_book: seeded.book }, /Kind .* is missing/],
    ];
    for (const [name, properties, payload, reason] of refusals)
        it(`refuses ${name}`, async () => {
            await load(properties);
            const { error } = await flow.send({ payload });
            should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
            should(error?.message).match(reason);
            missive.seen.should.be.empty();
        });

    describe('before the practice inbox', () => {
        const real = async (properties: object) => {
            const { sandbox, ask } = await practice();
            const account = { url: await sandbox.address(), token: sandbox.token };
            await flow.load([list], { ...node, ...properties }, account);
            return ask;
        };
        const rowsOf = ({ msg, error }: Result) => {
            should(error).be.undefined();
            return msg?.payload as Record<string, unknown>[];
        };

        it('reads the mailbox by the API’s own parameters, a label by its name', async () => {
            await real({ shared_label: 'Shop/Parts', shared_labelType: 'pick' });
            should(rowsOf(await flow.send({ payload: {} }))).have.length(1);
            await flow.unload();
            await real({ conversation_all: 'true', conversation_allType: 'bool', return_all: true });
            const all = rowsOf(await flow.send({ payload: {} }));
            all.length.should.be.above(5);
            await flow.unload();
            await real({ return_all: true });
            should(rowsOf(await flow.send({ payload: { all: true } }))).have.length(all.length);
        });

        it('gives conversations with their messages and bodies, save where its owner is a guest', async () => {
            await real({ return_all: true, with_messages: true });
            const rows = rowsOf(await flow.send({ payload: { all: true } }));
            const fork = rows.find(({ id }) => id === seeded.fork) as { messages: Record<string, unknown>[] };
            fork.messages.length.should.be.aboveOrEqual(2);
            for (const message of fork.messages) {
                should(message.body).be.a.String();
                should(message).not.have.property('conversation');
            }
            const guest = rows.find(({ created_at }) => created_at === undefined);
            should(guest).be.an.Object();
        });

        it('gives every task, though many share a moment', async () => {
            const ask = await real({ resource: 'tasks', return_all: true, task_type: 'task', send: 'each' });
            for (let number = 0; number < 120; number++)
                await ask('POST /tasks', {
                    tasks: { title: `t${number}`, team: seeded.workshop, organization: seeded.organization },
                });
            flow.put({ payload: {} });
            await flow.until(120);
            await new Promise((resolve) => setTimeout(resolve, 300));
            const titles = flow.results.map(({ msg }) => (msg?.payload as { title: string } | undefined)?.title);
            should(new Set(titles).size).equal(titles.length);
            for (let number = 0; number < 120; number++) titles.includes(`t${number}`).should.be.true();
        });
    });
});
