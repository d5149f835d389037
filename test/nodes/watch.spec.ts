import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import helper from 'node-red-node-test-helper';
import should from 'should';
import watch from '../../nodes/missive-watch';
import { type Ask, closeAll, type Json, practice, seeded } from '../sandbox/asking';
import { Flow } from '../support/flow';

describe('missive-watch', function () {
    this.timeout(20_000);
    const flow = new Flow();
    let userDir: string;
    let ask: Ask;
    let account: { url: string; token: string };

    before(() => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-watch-node-'));
    });
    after(() => rmSync(userDir, { recursive: true }));
    beforeEach(async () => {
        const { sandbox, ask: asking } = await practice();
        ask = asking;
        account = { url: await sandbox.address(), token: sandbox.token };
    });
    afterEach(async () => {
        await flow.unload();
        await closeAll();
        for (const file of readdirSync(path.join(userDir, 'missive'))) rmSync(path.join(userDir, 'missive', file));
    });

    /** Deploys the node anew, which looks at once, and waits until that look is over. */
    const lookAgain = async (node: object) => {
        await flow.unload();
        helper.settings({ userDir });
        await flow.load([watch], { type: 'missive-watch', ...node } as never, account);
        const over = () => flow.statuses.some(({ id, text }) => id === 'n1' && !['looking', undefined].includes(text));
        while (!over()) await new Promise((resolve) => setTimeout(resolve, 10));
        // What is sent reaches the next node a turn later.
        await new Promise((resolve) => setTimeout(resolve, 20));
        return flow.results.map(({ msg, error }) => msg ?? error) as unknown as Json[];
    };
    const book = { resource: 'contacts', contact_book: 'Customers', contact_bookType: 'str' };

    it('tells contacts that are new and changed, with the ids that other nodes look for', async () => {
        should(await lookAgain(book)).eql([]);
        const made = await ask('POST /contacts', { contacts: [{ contact_book: seeded.book, first_name: 'Nora' }] });
        const id = made.json.contacts[0].id;
        await ask(`PATCH /contacts/${seeded.marta}`, { contacts: [{ id: seeded.marta, nickname: 'Mo' }] });
        const news = await lookAgain(book);
        news.map(({ topic }) => topic)
            .sort()
            .should.eql(['contact_changed', 'contact_created']);
        const created = news.find(({ topic }) => topic === 'contact_created');
        should(created).match({
            payload: { id, first_name: 'Nora' },
            missive: { event: 'contact_created', contact: id },
        });
        should(await lookAgain(book)).eql([]);
    });

    it('tells all news of a look in one message where that is wanted', async () => {
        await lookAgain({ resource: 'tasks', send: 'array' });
        const task = { organization: seeded.organization, team: seeded.workshop };
        await ask('POST /tasks', { tasks: { title: 'One', ...task } });
        await ask('POST /tasks', { tasks: { title: 'Two', ...task } });
        const [only, ...more] = await lookAgain({ resource: 'tasks', send: 'array' });
        more.should.be.empty();
        should(only).match({ topic: 'tasks' });
        const { payload, missive } = only as { payload: Json[]; missive: { events: Json[] } };
        should(payload.map(({ title }) => title).sort()).eql(['One', 'Two']);
        should(missive.events.map(({ task }) => task)).eql(payload.map(({ id }) => id));
        missive.events.every(({ event }) => event === 'task_created').should.be.true();
    });

    it('tells that conversations of a mailbox are active', async () => {
        const inbox = { resource: 'conversations', team_inbox: 'Workshop', team_inboxType: 'str' };
        should(await lookAgain(inbox)).eql([]);
        await ask('POST /posts', {
            posts: { conversation: seeded.fork, text: 'x', notification: { title: 't', body: 'b' } },
        });
        const [active] = await lookAgain(inbox);
        should(active).match({
            topic: 'conversation_active',
            missive: { conversation: seeded.fork, organization: seeded.organization },
        });
    });

    it('tells at the first look what is there where it is asked to, the oldest first', async () => {
        const news = await lookAgain({ ...book, first: 'emit' });
        news.length.should.be.above(3);
        news.every(({ topic }) => topic === 'contact_created').should.be.true();
        const times = news.map(({ payload }) => payload.modified_at);
        times.should.eql([...times].sort((a, b) => a - b));
    });

    it('says what is missing, once, to a Catch node', async () => {
        const [error] = await lookAgain({ resource: 'contacts' });
        should(error).match({ cause: { code: 'ERR_MISSIVE_INPUT' }, message: /Contact book/ });
        flow.statuses.some(({ text }) => text?.startsWith('Contact book')).should.be.true();
    });
});
