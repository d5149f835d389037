import 'should';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ownership } from '../../src/runtime/owner';

const pace = { beat: 20, look: 5, stale: 200, settle: 20 };

describe('the owner of a folder', () => {
    let folder: string;
    let all: Ownership[];
    const another = (own = pace) => {
        const made = new Ownership(folder, own);
        all.push(made);
        return made;
    };
    const until = async (fits: () => boolean) => {
        for (let i = 0; i < 400 && !fits(); i += 1) await sleep(5);
        fits().should.be.true();
    };

    beforeEach(() => {
        folder = path.join(mkdtempSync(path.join(tmpdir(), 'missive-owner-')), 'missive');
        all = [];
    });
    afterEach(() => {
        for (const each of all) each.giveUp();
        rmSync(path.dirname(folder), { recursive: true });
    });

    it('is the first; the second one takes over as soon as it gives the folder up, and says so', async () => {
        const [first, second] = [another(), another()];
        await first.decided();
        await second.decided();
        [first.mine, second.mine].should.eql([true, false]);
        let taken = 0;
        second.onChange({ taken: () => (taken += 1), lost: () => {} });
        await sleep(300);
        [first.mine, second.mine, taken].should.eql([true, false, 0]);
        first.giveUp();
        await until(() => second.mine);
        taken.should.equal(1);
        second.giveUp();
        readdirSync(folder).should.eql([]);
    });

    it('is one of many that start at once', async () => {
        const many = Array.from({ length: 8 }, another);
        await Promise.all(many.map((each) => each.decided()));
        many.filter(({ mine }) => mine).length.should.equal(1);
    });

    it('is nobody where the process of the mark is dead: taken over at once', async () => {
        const first = another();
        await first.decided();
        first.giveUp();
        const { placeOfProcess } = await import('../../src/missive/limits/process-place');
        const dead = { ...placeOfProcess, pid: 2 ** 22 - 7 };
        writeFileSync(path.join(folder, 'owner.json'), JSON.stringify({ id: 'x', beat: 1, process: dead }));
        // Whoever would wait until the mark is stale waits longer than a test may take.
        const second = another({ ...pace, stale: 3_600_000 });
        await second.decided();
        second.mine.should.be.true();
    });

    it('is nobody where the mark cannot be read, as one that another user of the machine has left', async () => {
        mkdirSync(path.join(folder, 'owner.json'), { recursive: true });
        const first = another();
        await first.decided();
        first.mine.should.be.false();
        await until(() => first.mine);
    });

    it('is the other one while its mark changes, though it cannot be read', async () => {
        const mark = path.join(folder, 'owner.json');
        mkdirSync(mark, { recursive: true });
        const first = another({ ...pace, stale: 800 });
        const beat = () => utimesSync(mark, new Date(), new Date());
        const beating = setInterval(beat, 20);
        await first.decided();
        try {
            for (let i = 0; i < 120; i += 1) {
                await sleep(10);
                first.mine.should.be.false();
            }
        } finally {
            clearInterval(beating);
        }
        await until(() => first.mine);
        beat();
        await until(() => !first.mine);
    });

    it('of another machine is gone when its mark does not change any more; one that is no mark, too', async () => {
        const first = another();
        await first.decided();
        first.giveUp();
        for (const text of [JSON.stringify({ id: 'x', beat: 1, process: { machine: 'another', pid: 1 } }), '{"id":']) {
            writeFileSync(path.join(folder, 'owner.json'), text);
            const next = another();
            await next.decided();
            next.mine.should.be.false();
            await until(() => next.mine);
            next.giveUp();
        }
    });

    it('notices when another one has taken over', async () => {
        const first = another();
        await first.decided();
        let lost = 0;
        first.onChange({ taken: () => {}, lost: () => (lost += 1) });
        writeFileSync(path.join(folder, 'owner.json'), JSON.stringify({ id: 'x', beat: 1, process: {} }));
        await until(() => !first.mine);
        lost.should.equal(1);
    });

    it('is whoever is there where the disk fails', async () => {
        writeFileSync(folder, 'no folder');
        const first = another();
        await first.decided();
        first.mine.should.be.true();
    });
});
