import should from 'should';
import { exclusive } from '../../../src/missive/contacts/exclusive';

describe('tasks of one key', () => {
    const pause = () => new Promise((resolve) => setImmediate(resolve));

    it('run one after another, in their order, even after one fails', async () => {
        const owner = {};
        const log: string[] = [];
        const task = (name: string) => async () => {
            log.push(`${name} starts`);
            await pause();
            log.push(`${name} ends`);
            if (name === 'b') throw new Error('b failed');
            return name;
        };
        const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => exclusive(owner, 'k', task(name))));
        log.should.eql(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
        results.map(({ status }) => status).should.eql(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('do not wait for those of another key or owner', async () => {
        const owner = {};
        let free: () => void = () => undefined;
        const blocked = exclusive(owner, 'k', () => new Promise<void>((resolve) => (free = resolve)));
        should(await exclusive(owner, 'other', async () => 1)).equal(1);
        should(await exclusive({}, 'k', async () => 2)).equal(2);
        free();
        await blocked;
    });

    describe('that wait', () => {
        const held = (owner: object) => {
            let free: () => void = () => undefined;
            const running = exclusive(owner, 'k', () => new Promise<void>((resolve) => (free = resolve)));
            return { running, free: () => free() };
        };
        const never = async () => {
            throw new Error('it ran');
        };

        it('longer than allowed are not run, and those behind them are', async () => {
            const owner = {};
            const { running, free } = held(owner);
            const late = exclusive(owner, 'k', never, { maxWait: 0.02 });
            const next = exclusive(owner, 'k', async () => 'next');
            await should(late).be.rejectedWith({ code: 'ERR_MISSIVE_QUEUE', message: /longer than the 0.02 s/ });
            free();
            await running;
            should(await next).equal('next');
        });

        it('count from when their message came', async () => {
            const owner = {};
            const { running, free } = held(owner);
            const late = exclusive(owner, 'k', never, { maxWait: 60, since: performance.now() - 60_000 });
            await should(late).be.rejectedWith({ code: 'ERR_MISSIVE_QUEUE' });
            free();
            await running;
        });

        it('are no more than allowed', async () => {
            const owner = {};
            const { running, free } = held(owner);
            const first = exclusive(owner, 'k', async () => 1, { maxQueue: 1 });
            await should(exclusive(owner, 'k', never, { maxQueue: 1 })).be.rejectedWith({ code: 'ERR_MISSIVE_QUEUE' });
            free();
            await running;
            should(await first).equal(1);
        });

        it('end with their node', async () => {
            const owner = {};
            const { running, free } = held(owner);
            const stop = new AbortController();
            const stopped = exclusive(owner, 'k', never, { signal: stop.signal });
            stop.abort();
            await should(stopped).be.rejectedWith({ code: 'ERR_MISSIVE_CLOSED' });
            await should(exclusive(owner, 'k', never, { signal: stop.signal })).be.rejectedWith({
                code: 'ERR_MISSIVE_CLOSED',
            });
            free();
            await running;
        });
    });
});
