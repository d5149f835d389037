import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { RowsInFile } from '../../../src/runtime/watch/known-rows';
import { look } from '../../../src/runtime/watch/look';
import { type Row, type Watched, watched } from '../../../src/runtime/watch/watched';
import { List, row } from '../../support/watched-list';

describe('looking for what is new in a list that moves, fails and has a clock of its own', () => {
    let folder: string;
    let known: RowsInFile;
    const file = () => path.join(folder, 'watch.log');

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-look-'));
        known = new RowsInFile(file());
    });
    afterEach(async () => {
        await known.close();
        rmSync(folder, { recursive: true });
    });

    /** What a look tells, as `topic id`; also where it fails in the middle. */
    async function lookAt(list: List, { question = 'q', stop = new AbortController() } = {}) {
        const told: string[] = [];
        list.asked = [];
        await known.open(question);
        await look({
            ...{ watched: watched[list.name] as Watched, send: list.send, query: {}, known, signal: stop.signal },
            ...{ first: 'skip' as const, together: false },
            cut: () => {},
            tell: async (news) => {
                told.push(...news.map(({ topic, row: { id } }) => `${topic} ${id}`));
            },
        }).catch((error: Error) => told.push(error.message));
        return told;
    }
    const contacts = (count: number, at: (number: number) => number) =>
        Array.from({ length: count }, (_, number) => row(`c${number}`, at(number)));

    it('goes on with the others after a row from the future, and tells that once', async () => {
        for (const name of ['contacts', 'tasks', 'conversations'] as const) {
            const list = new List(name);
            const own = `another ${name}`;
            list.put(row('a', 1000));
            list.date = 1000;
            await lookAt(list, { question: own });
            list.put(row('ahead', 4_000_000), row('b', 1010));
            list.date = 1010;
            const first = await lookAt(list, { question: own });
            first.map((each) => each.split(' ')[1]).should.eql(['b', 'ahead']);
            list.put(row('c', 1500), row('d', 2000));
            list.date = 2000;
            const second = await lookAt(list, { question: own });
            second.map((each) => each.split(' ')[1]).should.eql(['c', 'd']);
            should(await lookAt(list, { question: own })).eql([]);
        }
    });

    it('knows what is there where Missive’s rows are ten minutes ahead of its clock, or behind it', async () => {
        for (const skew of [600, -600]) {
            const list = new List('conversations');
            const question = `skew ${skew}`;
            for (let at = 0; at < 200; at++) list.put(row(`c${at}`, 10_000 + at * 10 + skew));
            list.date = 12_000;
            should(await lookAt(list, { question })).eql([]);
            should(await lookAt(list, { question })).eql([]);
            list.put(row('c7', 12_010 + skew), row('new', 12_020 + skew));
            list.date = 12_020;
            should(await lookAt(list, { question })).eql(['conversation_active c7', 'conversation_active new']);
            list.date = 13_000;
            should(await lookAt(list, { question })).eql([]);
        }
    });

    it('takes nothing for new of 120 conversations that were active in the minute before the first look', async () => {
        const list = new List('conversations');
        for (let at = 0; at < 120; at++) list.put(row(`c${at}`, 10_000 + Math.floor(at / 3)));
        should(await lookAt(list)).eql([]);
        should(await lookAt(list)).eql([]);
        list.put(row('c3', 10_041));
        should(await lookAt(list)).eql(['conversation_active c3']);
    });

    it('tells 10,000 rows of one second, each once, over a page that fails and a list from which some are deleted', async () => {
        const list = new List('contacts');
        list.put(row('before', 100));
        await lookAt(list);
        list.rows.push(...contacts(10_000, () => 5000));
        list.before = (page) => {
            if (page === 20) throw new Error('502');
        };
        should(await lookAt(list)).eql(['502']);
        list.before = (page) => {
            if (page % 10 === 5) list.rows = list.rows.filter(({ id }) => id !== `c${page * 3}`);
        };
        const told = await lookAt(list);
        const gone = [15, 45, 75, 105, 135].map((number) => `contact_created c${number}`);
        new Set(told).size.should.equal(told.length);
        const all = new Set([...told, ...gone]);
        all.size.should.equal(10_000);
        list.before = () => {};
        should(await lookAt(list)).eql([]);
    });

    it('tells a row that vanishes and comes back once, and what comes back changed as changed', async () => {
        const list = new List('tasks');
        list.put(row('a', 1000), row('b', 1000));
        await lookAt(list);
        const [a] = list.rows.splice(0, 1) as [Row];
        should(await lookAt(list)).eql([]);
        list.put(a);
        should(await lookAt(list)).eql([]);
        list.rows = list.rows.filter(({ id }) => id !== 'b');
        await lookAt(list);
        list.put(row('b', 1030, { title: 'again' }));
        should(await lookAt(list)).eql(['task_changed b']);
    });

    it('tells the last of two changes between looks, one that goes back within the minute, and an id that is used again', async () => {
        const list = new List('contacts');
        list.put(row('a', 1000), row('b', 1000), row('z', 1000));
        await lookAt(list);
        list.put(row('a', 1010, { first_name: 'one' }));
        list.put(row('a', 1020, { first_name: 'two' }), row('z', 1050));
        should(await lookAt(list)).eql(['contact_changed a', 'contact_changed z']);
        list.put(row('a', 1005, { first_name: 'three' }));
        should(await lookAt(list)).eql(['contact_changed a']);
        list.put(row('b', 1060, { deleted: true }));
        should(await lookAt(list)).eql(['contact_deleted b']);
        list.put(row('b', 1070, { first_name: 'another' }));
        should(await lookAt(list)).eql(['contact_changed b']);
        should(await lookAt(list)).eql([]);
    });

    it('tells the rest after a stop in the middle of reading, and nothing old of another mailbox', async () => {
        const list = new List('contacts');
        await lookAt(list);
        list.rows = contacts(450, (number) => 2000 + number);
        const stop = new AbortController();
        list.before = (page) => {
            if (page === 1) stop.abort();
        };
        should(await lookAt(list, { stop })).eql([]);
        list.before = () => {};
        await known.close();
        known = new RowsInFile(file());
        should(await lookAt(list)).have.length(450);
        should(await lookAt(list, { question: 'another book' })).eql([]);
        should(await lookAt(list, { question: 'another book' })).eql([]);
    });
});
