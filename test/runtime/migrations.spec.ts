import { currentVersion, type Migration, migrated } from '../../src/runtime/migrations';

describe('a node saved by an earlier release', () => {
    const steps: Migration[] = [
        { type: 'a', from: 1, change: ({ old, ...rest }) => ({ ...rest, middle: old }) },
        { type: 'b', from: 1, change: () => ({ wrong: true }) },
        { type: 'a', from: 2, change: ({ middle, ...rest }) => ({ ...rest, fresh: middle }) },
    ];

    it('goes through every step of its type from its version on', () => {
        migrated('a', { version: 1, old: 7, kept: 1 }, steps).should.eql({ version: 3, fresh: 7, kept: 1 });
        migrated('a', { version: 2, middle: 7 }, steps).should.eql({ version: 3, fresh: 7 });
        migrated('a', { version: 3, old: 7 }, steps).should.eql({ version: 3, old: 7 });
    });

    it('is taken as it is where it was written by hand, without a version', () => {
        migrated('c', { title: 'x' }, steps).should.eql({ title: 'x', version: currentVersion });
    });
});
