import { constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { Journal } from '../../../src/runtime/inbox/journal';
import { recordOf, recordsIn } from '../../../src/runtime/inbox/record';

describe('records', () => {
    const three = [recordOf({ n: 1 }), recordOf({ n: 2 }, Buffer.from('{"a":"é\\n"}')), recordOf({ n: 3 })];
    const whole = Buffer.concat(three);
    const numbers = (file: Buffer) => recordsIn(file).records.map(({ head }) => head.n);

    it('come out as they went in', () => {
        const { records, damaged } = recordsIn(whole);
        damaged.should.equal(0);
        records
            .map(({ head, body }) => [head.n, String(body)])
            .should.eql([
                [1, ''],
                [2, '{"a":"é\\n"}'],
                [3, ''],
            ]);
    });

    it('cut off at any byte: the whole ones before it are found, and how much is not', () => {
        for (let length = 0; length <= whole.length; length += 1) {
            const ends = [0, 1, 2, 3].map((count) => Buffer.concat(three.slice(0, count)).length);
            const complete = ends.filter((end) => end <= length).length - 1;
            const { records, damaged } = recordsIn(whole.subarray(0, length));
            records.length.should.equal(complete);
            damaged.should.equal(length - (ends[complete] ?? 0));
        }
    });

    it('with any one byte changed: that record is lost, no other one', () => {
        const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = three;
        for (let at = 0; at < second.length; at += 1) {
            const file = Buffer.from(whole);
            const place = first.length + at;
            file[place] = (file[place] ?? 0) ^ 0x55;
            numbers(file).should.eql([1, 3]);
        }
    });

    it('of random bytes are none', () => {
        for (let i = 0; i < 200; i += 1) {
            const noise = Buffer.from(Array.from({ length: 300 }, () => Math.floor(Math.random() * 256)));
            recordsIn(noise).should.eql({ records: [], damaged: 300 });
        }
    });
});

describe('a journal', () => {
    let folder: string;
    let file: string;
    let kept: number[];
    let journal: Journal;
    const make = () => {
        const whole = () => Buffer.concat(kept.map((n) => recordOf({ n })));
        return new Journal(file, { whole, useful: () => kept.length * 40 });
    };
    const inFile = async () => recordsIn(await readFile(file)).records.map(({ head }) => head.n);

    beforeEach(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'missive-journal-'));
        file = path.join(folder, 'deep', 'it.log');
        kept = [];
        journal = make();
        await journal.read();
    });
    afterEach(async () => {
        await journal.close();
        await rm(folder, { recursive: true });
    });

    it('has on the disk what append resolved for, and can be closed in between', async () => {
        await journal.append(recordOf({ n: 1 }));
        await journal.close();
        journal.note(recordOf({ n: 2 }));
        await journal.append(recordOf({ n: 3 }));
        (await inFile()).should.eql([1, 2, 3]);
        ((await stat(file)).mode & 0o777).should.equal(0o600);
    });

    it('writes hundreds of records together', async () => {
        const all = Array.from({ length: 500 }, (_, n) => journal.append(recordOf({ n })));
        await Promise.all(all);
        (await inFile()).length.should.equal(500);
    });

    it('writes what can wait with the next record, in its place, alone a moment later, or when it is closed', async () => {
        const soon = journal.appendSoon(recordOf({ n: 1 }));
        await journal.append(recordOf({ n: 2 }));
        (await inFile()).should.eql([1, 2]);
        await soon;
        await journal.appendSoon(recordOf({ n: 3 }));
        (await inFile()).should.eql([1, 2, 3]);
        void journal.appendSoon(recordOf({ n: 4 }));
        await journal.close();
        (await inFile()).should.eql([1, 2, 3, 4]);
    });

    it('syncs what can wait together with what comes next', async () => {
        await journal.append(recordOf({ n: 0 }));
        const probe = await open(file, 'r');
        const handles = Object.getPrototypeOf(probe);
        // On Linux a write to a file that is opened so is synced when it is done.
        const syncing = process.platform === 'linux' ? 'write' : 'datasync';
        if (process.platform === 'linux')
            (await flagsOf(file)).some((flags) => flags & constants.O_DSYNC).should.be.true();
        const sync = handles[syncing];
        let syncs = 0;
        handles[syncing] = function (this: unknown, ...given: unknown[]) {
            syncs += 1;
            return sync.apply(this, given);
        };
        try {
            await Promise.all(
                [1, 2, 3].map((n) => journal.appendSoon(recordOf({ n }))).concat(journal.append(recordOf({ n: 4 }))),
            );
            syncs.should.equal(1);
        } finally {
            handles[syncing] = sync;
            await probe.close();
        }
    });

    it('is written anew after a torn tail, with what is worth keeping', async () => {
        await journal.append(recordOf({ n: 1 }));
        await journal.close();
        await writeFile(file, Buffer.concat([await readFile(file), recordOf({ n: 2 }).subarray(0, 9)]));
        journal = make();
        (await journal.read()).damaged.should.equal(9);
        kept = [1];
        await journal.append(recordOf({ n: 3 }));
        recordsIn(await readFile(file)).damaged.should.equal(0);
        (await inFile()).should.eql([1, 3]);
        (await readdir(path.dirname(file))).should.eql(['it.log']);
    });

    it('is written anew when most of it is of no use', async () => {
        kept = [1];
        const large = Buffer.alloc(1024 * 1024, 'x');
        for (let n = 0; n < 6; n += 1) await journal.append(recordOf({ n }, large));
        (await stat(file)).size.should.be.below(3 * 1024 * 1024);
        (await inFile())[0]?.should.equal(1);
    });

    it('rejects while the disk fails, and goes on with everything when it works again', async () => {
        await writeFile(path.join(folder, 'deep'), 'no folder');
        await journal.append(recordOf({ n: 1 })).should.be.rejected();
        await rm(path.join(folder, 'deep'));
        kept = [7];
        await journal.append(recordOf({ n: 2 }));
        (await inFile()).should.eql([7, 2]);
    });

    it('that cannot be read says so, and is not taken for an empty one', async () => {
        await writeFile(path.join(folder, 'deep'), 'no folder');
        await should(make().read()).be.rejected();
    });
});

describe('a disk that fails', () => {
    it('is named with the path and the reason', async () => {
        const file = path.join(mkdtempSync(path.join(tmpdir(), 'missive-journal-')), 'inbox.log');
        mkdirSync(file);
        const journal = new Journal(file, { whole: () => Buffer.alloc(0), useful: () => 0 });
        for (const failing of [journal.read(), journal.append(Buffer.from('x'))]) {
            const error: Error = await failing.then(
                () => new Error('none'),
                (cause) => cause,
            );
            error.message.should.containEql(file);
            error.message.should.containEql('EISDIR');
        }
        rmSync(path.dirname(file), { recursive: true });
    });
});

/** With which flags this process has a file open, each time that it has (Linux). */
async function flagsOf(file: string): Promise<number[]> {
    const open = await readdir('/proc/self/fd');
    const flags = open.map(async (fd) => {
        if ((await readlink(`/proc/self/fd/${fd}`).catch(() => '')) !== file) return [];
        const info = await readFile(`/proc/self/fdinfo/${fd}`, 'utf8');
        return [Number.parseInt(/flags:\s*(\d+)/.exec(info)?.[1] ?? '0', 8)];
    });
    return (await Promise.all(flags)).flat();
}
