import should from 'should';
import type { Knowledge } from '../../../src/runtime/watch/known-rows';
import { look } from '../../../src/runtime/watch/look';
import { sharedKnowledge } from '../../../src/runtime/watch/shared-knowledge';
import { type Row, type Watched, watched } from '../../../src/runtime/watch/watched';
import { Cut } from '../../support/cut';
import { oneRedis } from '../../support/one-redis';
import { List, row } from '../../support/watched-list';

describe('what several Node-REDs know of rows', function () {
    this.timeout(60_000);
    const given = oneRedis();

    it('is looked for by one of them, and known to the next one that has the turn', async () => {
        const [one, other] = [sharedKnowledge(given.redis.address, ' n'), sharedKnowledge(given.redis.address, ' n')];
        const known = await one.turn();
        should(await other.turn()).be.undefined();
        await known?.open('q');
        known?.meet(['a', 'b']);
        known?.tell('c', { id: 'c', modified_at: 100 }, 100);
        await known?.reach(100, 40);
        should(await one.turn()).equal(known);
        await one.end(false);
        one.isOurs.should.be.false();
        await should(known?.reach(200, 140)).be.rejectedWith(/Another Node-RED/);
        const next = await other.turn();
        await next?.open('q');
        should(next?.cursor).equal(100);
        for (const id of ['a', 'b', 'c']) should(next?.has(id)).be.true();
        should(next?.told('c', { id: 'c', modified_at: 100 })).be.true();
        await next?.open('another question');
        should(next?.cursor).be.undefined();
        await other.end(true);
    });

    /** What one instance tells in a look; `fails` before that row. */
    const lookOf = async (one: Knowledge, list: List, fails?: string): Promise<string[]> => {
        const told: string[] = [];
        const known = await one.turn();
        if (!known) return ['not its turn'];
        await known.open('q');
        await look({
            ...{ watched: watched.contacts as Watched, send: list.send, query: {}, known, together: false },
            ...{ first: 'skip' as const, signal: new AbortController().signal },
            cut: () => {},
            tell: async ([news]) => {
                if (String(news?.row.id) === fails || !one.isOurs) throw new Error('broken off');
                told.push(String(news?.row.id));
            },
        }).catch((error: Error) => told.push(error.message));
        return told;
    };
    const until = async (holds: () => boolean | Promise<boolean>) => {
        while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
    };

    it('is told on by another one where the one that looks dies in the middle, each row once', async () => {
        const list = new List('contacts');
        const [one, other] = [
            sharedKnowledge(given.redis.address, ' dies'),
            sharedKnowledge(given.redis.address, ' dies'),
        ];
        await lookOf(one, list);
        list.put(...Array.from({ length: 500 }, (_, at) => row(`c${at}`, 1000 + at)));
        const first = await lookOf(one, list, 'c250');
        should(first.pop()).equal('broken off');
        should(await lookOf(other, list)).eql(['not its turn']);
        await one.end(false);
        const second = await lookOf(other, list);
        first.should.have.length(250);
        [...first, ...second].should.eql(Array.from({ length: 500 }, (_, at) => `c${at}`));
        should(await lookOf(other, list)).eql([]);
        await other.end(true);
    });

    it('is told to a Redis that comes back empty, in the middle of a look too, and said so', async () => {
        const list = new List('contacts');
        const said: string[] = [];
        const one = sharedKnowledge(given.redis.address, ' empty', (text) => said.push(text));
        list.put(row('old', 900), row('b', 1000));
        await lookOf(one, list);
        list.put(...Array.from({ length: 20 }, (_, at) => row(`c${at}`, 1001 + at)));
        const first = await lookOf(one, list, 'c10');
        await given.redis.kill();
        await given.redis.begin();
        await until(async () => (await one.turn()) !== undefined);
        const second = await lookOf(one, list);
        [...first.slice(0, -1), ...second].should.eql(Array.from({ length: 20 }, (_, at) => `c${at}`));
        said.should.have.length(1);
        String(said[0]).should.match(/Redis has forgotten what was told/);
        await one.end(false);
        // All of it is there for the next one: what it was told of, and the ids of before.
        const other = sharedKnowledge(given.redis.address, ' empty');
        list.put(row('old', 2000), row('new', 2001));
        const known = await other.turn();
        await known?.open('q');
        should(known?.has('old')).be.true();
        should(await lookOf(other, list)).eql(['old', 'new']);
        await other.end(true);
    });

    it('is not told twice where Redis was gone as it was told', async () => {
        const list = new List('contacts');
        const wire = await Cut.to(given.redis.port);
        const [one, other] = [
            sharedKnowledge(`redis://127.0.0.1:${wire.port}/0`, ' gone'),
            sharedKnowledge(given.redis.address, ' gone'),
        ];
        try {
            await lookOf(one, list);
            list.put(...Array.from({ length: 20 }, (_, at) => row(`c${at}`, 1000 + at)));
            const known = await one.turn();
            const first = await lookOf(one, list, 'c10');
            wire.isMute = true;
            // Told, and nobody could be told that it is.
            known?.tell('c10', list.rows[10] as Row, 1010);
            first[10] = 'c10';
            wire.cut(true);
            await until(() => !one.isOurs);
            should(await lookOf(one, list)).eql(['not its turn']);
            wire.isMute = false;
            wire.cut(false);
            await until(async () => (await one.turn()) !== undefined);
            const second = await lookOf(one, list);
            [...first, ...second].should.eql(Array.from({ length: 20 }, (_, at) => `c${at}`));
            await one.end(false);
            should(await lookOf(other, list)).eql([]);
        } finally {
            await other.end(true);
            wire.close();
        }
    });

    it('is looked for by nobody who does not reach Redis', async () => {
        const one = sharedKnowledge('redis://127.0.0.1:1/0', ' n');
        should(await one.turn()).be.undefined();
        await one.end(false);
    });
});
