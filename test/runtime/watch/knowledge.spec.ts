import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { PinnedEvents } from '../../../src/runtime/activity/pinned';
import { DeparturesFile } from '../../../src/runtime/guard/departures-file';
import { Ownership } from '../../../src/runtime/owner';
import { knowledgeInFile } from '../../../src/runtime/watch/knowledge';

describe('two Node-REDs on one user directory', () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-two-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('one watches, and the other goes on from where it was', async () => {
        const pace = { beat: 20, look: 5, stale: 200, settle: 20 };
        const [one, other] = [new Ownership(folder, pace), new Ownership(folder, pace)];
        const [first, second] = [one, other].map((owner) => knowledgeInFile(path.join(folder, 'watch-n.log'), owner));
        const known = await first?.turn();
        should(await second?.turn()).be.undefined();
        should(second?.isOurs).be.false();
        await known?.open('contacts');
        known?.tell('c1', { id: 'c1' }, 1);
        await known?.reach(5, 0);
        await first?.end(false);
        one.giveUp();
        while (!(await second?.turn())) await new Promise((resolve) => setTimeout(resolve, 5));
        const taken = await second?.turn();
        await taken?.open('contacts');
        should([taken?.cursor, taken?.has('c1')]).eql([5, true]);
        await second?.end(false);
        other.giveUp();
    });

    it('pin events into one file without taking those of the other away', () => {
        const [one, other] = [1, 2].map(() => new PinnedEvents(path.join(folder, 'pinned.json')));
        for (const [pinned, name] of [
            [one, 'a'],
            [other, 'b'],
            [one, 'c'],
        ] as const)
            pinned?.pin({ node: 'n', name, payload: {} });
        for (const pinned of [one, other]) should(pinned?.all().map(({ name }) => name)).eql(['a', 'b', 'c']);
    });

    it('count what both have sent when the next one starts', async () => {
        const file = path.join(folder, 'sent-acc.log');
        const [one, other] = [new DeparturesFile(file), new DeparturesFile(file)];
        for (const each of [one, other, one])
            should(await each.add(1, { hour: undefined, day: 10 })).have.property('undo');
        should(await new DeparturesFile(file).add(1, { hour: undefined, day: 3 })).eql({ full: 'day' });
        should(await new DeparturesFile(file).add(1, { hour: undefined, day: 4 })).have.property('undo');
    });
});
