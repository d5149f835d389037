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
});
