import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Send } from '../../../src/missive/lists/pages';
import { RowsInFile } from '../../../src/runtime/watch/known-rows';
import { look, type News } from '../../../src/runtime/watch/look';
import { type Row, type Watched, watched } from '../../../src/runtime/watch/watched';
import { List, row } from '../../support/watched-list';

describe('looking for what is new', () => {
    let folder: string;
    let known: RowsInFile;
    let told: string[];
    let batches: number;
    const stop = new AbortController();

    const file = () => path.join(folder, 'watch.log');
    const restart = async () => {
        await known.close();
        known = new RowsInFile(file());
    };
    const said = ({ topic, row: { id } }: News) => `${topic} ${id}`;

    async function lookAt(
        list: List,
        given: { first?: 'skip' | 'emit'; together?: boolean; tell?: (news: readonly News[]) => void } = {},
    ) {
        told = [];
        batches = 0;
        list.asked = [];
        await known.open('q');
        await look({
            ...{ watched: watched[list.name] as Watched, send: list.send, query: {}, known, signal: stop.signal },
            ...{ first: given.first ?? 'skip', together: given.together ?? false },
            cut: () => told.push('cut'),
            tell: async (news) => {
                given.tell?.(news);
                batches += 1;
                told.push(...news.map(said));
            },
        });
        return told;
    }

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-look-'));
        known = new RowsInFile(file());
    });
    afterEach(async () => {
        await known.close();
        rmSync(folder, { recursive: true });
    });

    it('tells nothing old at first, then what is created, changed and deleted, the oldest first', async () => {
        const list = new List('contacts');
        list.put(row('a', 100), row('b', 200));
        should(await lookAt(list)).eql([]);
        list.put(row('c', 300), row('a', 310), row('b', 305, { deleted: true }));
        should(await lookAt(list)).eql(['contact_created c', 'contact_deleted b', 'contact_changed a']);
        should(await lookAt(list)).eql([]);
        list.put(row('d', 320), row('d', 330, { deleted: true }));
        should(await lookAt(list)).eql([], 'what came and went was never there');
    });

    it('tells all that is there as created where it is asked to, once', async () => {
        const list = new List('tasks');
        list.put(row('a', 100), row('b', 200));
        should(await lookAt(list, { first: 'emit' })).eql(['task_created a', 'task_created b']);
        list.put(row('a', 250));
        should(await lookAt(list, { first: 'emit' })).eql(['task_changed a']);
    });

    it('tells two changes within one second, and one that Missive shows late', async () => {
        const list = new List('contacts');
        list.put(row('a', 1000, { first_name: 'A' }), row('b', 1000));
        await lookAt(list);
        list.put(row('a', 1000, { first_name: 'Ann' }));
        should(await lookAt(list)).eql(['contact_changed a']);
        list.put(row('late', 990));
        should(await lookAt(list)).eql(['contact_created late']);
        should(await lookAt(list)).eql([]);
    });

    it('takes properties in another order for the same state', async () => {
        const list = new List('tasks');
        list.put({ id: 'a', last_activity_at: 5, title: 'x', team: { id: 't', name: 'T' } });
        await lookAt(list, { first: 'emit' });
        list.put({ team: { name: 'T', id: 't' }, title: 'x', last_activity_at: 5, id: 'a' });
        should(await lookAt(list)).eql([]);
    });

    it('remembers over a restart, in the middle of a look too', async () => {
        const list = new List('tasks');
        list.put(row('a', 100), row('b', 200), row('c', 300));
        await lookAt(list, { first: 'skip' });
        list.put(row('a', 400), row('b', 410), row('new', 420));
        const broken = (news: readonly News[]) => {
            if (news.some(({ row: { id } }) => id === 'b')) throw new Error('stopped');
        };
        await lookAt(list, { tell: broken }).should.be.rejectedWith('stopped');
        should(told).eql(['task_changed a']);
        await restart();
        should(await lookAt(list)).eql(['task_changed b', 'task_created new']);
        await restart();
        should(await lookAt(list)).eql([]);
    });

    it('counts nothing as told together before all of it is', async () => {
        const list = new List('contacts');
        await lookAt(list);
        list.put(row('a', 100), row('b', 100));
        const broken = () => {
            throw new Error('stopped');
        };
        await lookAt(list, { together: true, tell: broken }).should.be.rejectedWith('stopped');
        await restart();
        should((await lookAt(list, { together: true })).sort()).eql(['contact_created a', 'contact_created b']);
        batches.should.equal(1);
    });

    it('begins anew for another question', async () => {
        const list = new List('contacts');
        list.put(row('a', 100));
        await lookAt(list);
        await known.open('another book');
        should(known.cursor).be.undefined();
        known.has('a').should.be.false();
    });

    it('reads of conversations no more than the newest page at first, and later down to what is told', async () => {
        const list = new List('conversations');
        for (let at = 0; at < 500; at++) list.put(row(`c${at}`, at * 100));
        await lookAt(list);
        list.asked.should.have.length(1);
        list.put(row('c0', 60_000), row('c1', 60_000));
        should((await lookAt(list)).sort()).eql(['conversation_active c0', 'conversation_active c1']);
        list.asked.should.have.length(1);
    });

    it('finds a row that moves to the front while the list is read', async () => {
        const list = new List('contacts');
        for (let number = 0; number < 450; number++) list.put(row(`c${number}`, 1000 + number));
        await lookAt(list);
        for (let number = 0; number < 450; number++) list.put(row(`c${number}`, 5000 + number));
        list.before = (page) => {
            if (page === 1) list.put(row('c3', 9000), row('c4', 9001));
        };
        const first = await lookAt(list);
        list.before = () => {};
        const second = await lookAt(list);
        new Set([...first, ...second]).size.should.equal(450);
        second.filter((each) => /c[34]$/.test(each)).should.have.length(2);
    });

    it('reads pages that are shorter than asked for, and says so where rows of one second are cut off', async () => {
        for (const name of ['contacts', 'tasks', 'conversations'] as const) {
            await known.close();
            rmSync(file(), { force: true });
            known = new RowsInFile(file());
            const list = new List(name);
            const given = list.send;
            const short: Send = async (call) => {
                const answer = await given(call);
                const rows = (answer.body as Record<string, Row[]>)[name] ?? [];
                return { ...answer, body: { [name]: rows.slice(0, name === 'contacts' ? 120 : 30) } };
            };
            list.put(row('old', 10));
            await lookAt(list);
            Object.assign(list, { send: short });
            const count = name === 'contacts' ? 270 : 70;
            for (let number = 0; number < count; number++) list.put(row(`c${number}`, 5000 + number));
            should((await lookAt(list)).length).equal(count, name);
            if (name === 'contacts') continue;
            for (let number = 0; number < 70; number++) list.put(row(`c${number}`, 9000));
            should(await lookAt(list)).containEql('cut');
        }
    });

    it('tells 10,000 rows of few seconds in order, each once, and leaves no file behind', async () => {
        const list = new List('contacts');
        await lookAt(list);
        const text = 'x'.repeat(800);
        list.rows = Array.from({ length: 10_000 }, (_, number) =>
            row(`c${number}`, Math.floor(number / 2500), { text }),
        );
        const times: number[] = [];
        const before = leftovers();
        await lookAt(list, {
            tell: (news) => times.push(...news.map(({ row: { modified_at } }) => Number(modified_at))),
        });
        new Set(told).size.should.equal(10_000);
        times.should.eql([...times].sort((a, b) => a - b));
        leftovers().should.equal(before);
        should(await lookAt(list)).eql([]);
        existsSync(file()).should.be.true();
    });

    const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('missive-watch-')).length;
});
