import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { DeparturesFile } from '../../../src/runtime/guard/departures-file';

describe('what has left an account', () => {
    let folder: string;
    let now: number;
    const file = () => path.join(folder, 'missive', 'sent-acc.log');
    const fresh = () => new DeparturesFile(file(), () => now);
    const [hour, day] = [3_600_000, 86_400_000];

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-sent-'));
        now = 1_800_000_000_000;
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('counts for an hour and for a day, over restarts', async () => {
        const bounds = { hour: 2, day: 3 };
        should(await fresh().add(1, bounds)).have.property('undo');
        should(await fresh().add(1, bounds)).have.property('undo');
        should(await fresh().add(1, bounds)).eql({ full: 'hour' });
        now += hour;
        should(await fresh().add(1, bounds)).have.property('undo');
        should(await fresh().add(1, bounds)).eql({ full: 'day' });
        now += day;
        should(await fresh().add(2, bounds)).have.property('undo');
        should(await fresh().add(1, bounds)).eql({ full: 'hour' });
    });

    it('says how many have left, and counts nothing by that', async () => {
        await fresh().add(1, { hour: undefined, day: undefined });
        now += hour;
        await fresh().add(2, { hour: undefined, day: undefined });
        for (const each of [fresh(), fresh()]) should(await each.left()).eql({ hour: 2, day: 3 });
    });

    it('takes back what was refused, also over a restart, and all of a call or none of it', async () => {
        const bounds = { hour: 3, day: undefined };
        const here = fresh();
        const added = await here.add(2, bounds);
        should(await here.add(2, bounds)).eql({ full: 'hour' });
        if ('undo' in added) added.undo();
        should(await here.add(3, bounds)).have.property('undo');
        should(await fresh().add(1, bounds)).eql({ full: 'hour' });
    });

    it('lets twenty at once pass no more than the bound', async () => {
        const here = fresh();
        const all = await Promise.all(Array.from({ length: 20 }, () => here.add(1, { hour: 5, day: undefined })));
        all.filter((each) => 'undo' in each).should.have.length(5);
    });

    it('counts together where two Node-REDs have one user directory, also of two at the same moment', async () => {
        const bounds = { hour: 5, day: undefined };
        const [old, next] = [fresh(), fresh()];
        for (const each of [old, next, old]) should(await each.add(1, bounds)).have.property('undo');
        const both = await Promise.all([old, next, old, next].map((each) => each.add(1, bounds)));
        both.filter((each) => 'undo' in each).should.have.length(2);
        should(await old.add(1, bounds)).eql({ full: 'hour' });
        should(await next.add(1, bounds)).eql({ full: 'hour' });
        now += hour;
        should(await next.add(5, bounds)).have.property('undo');
        should(await old.add(1, bounds)).eql({ full: 'hour' });
    });

    it('holds all up for no longer than a day where the clock is put back, and none for ever', async () => {
        await fresh().add(1, { hour: 1, day: 1 });
        now -= 2 * day;
        should(await fresh().add(1, { hour: 1, day: 1 })).have.property('undo');
    });

    it('says so where the disk does not take it', async () => {
        writeFileSync(path.join(folder, 'missive'), 'a file where a folder should be');
        await fresh().add(1, { hour: 1, day: 1 }).should.be.rejected();
    });
});
