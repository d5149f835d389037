import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryLedger } from '../../../src/missive/limits/windows/memory-ledger';
import { Spender } from '../../support/spender';

/** What may have gone out unseen where a process did not say that it had ended. */
const unseen = 10;

describe('What two processes spend on one user directory', function () {
    this.timeout(60_000);
    let folder: string;
    let all: Spender[];
    const start = () => {
        const made = new Spender(folder);
        all.push(made);
        return made;
    };
    /** Asks until it fits: what another process sends is known a moment later. */
    const until = async (spender: Spender, fits: (used: number) => boolean) => {
        for (let at = 0; at < 100; at += 1) {
            const { used } = await spender.ask(0);
            if (fits(used[0] ?? 0)) return;
            await sleep(100);
        }
        throw new Error('never');
    };

    beforeEach(() => {
        folder = path.join(mkdtempSync(path.join(tmpdir(), 'missive-beside-')), 'missive');
        all = [];
    });
    afterEach(async () => {
        for (const each of all) await each.kill();
        rmSync(path.dirname(folder), { recursive: true, force: true });
    });

    it('counts for both while they run, and as a whole for the next one', async () => {
        const [old, fresh] = [start(), start()];
        await old.ask(20);
        await until(fresh, (used) => used >= 20);
        await fresh.ask(30);
        await until(old, (used) => used >= 50);
        await sleep(1500);
        for (const each of [old, fresh]) await each.kill();
        const { used } = await start().ask(0);
        used.should.eql([50 + 2 * unseen, 50 + 2 * unseen]);
    });

    it('is less at once as long as the other one sends', async () => {
        const [old, fresh] = [start(), start()];
        (await old.ask(10, { ms: 300 })).most.should.equal(5);
        await until(fresh, (used) => used >= 10);
        (await fresh.ask(10, { ms: 300 })).most.should.equal(2);
    });

    it('is held for both after a 429 of one', async () => {
        const [old, fresh] = [start(), start()];
        await old.ask(1);
        await old.ask(0, { hold: 60_000 });
        await until(fresh, (used) => used >= 1);
        for (let at = 0; at < 50 && (await fresh.ask(0)).held === 0; at += 1) await sleep(100);
        (await fresh.ask(0)).held.should.be.within(30_000, 60_000);
    });

    it('holds nobody where no answer was 429, and lets five go at once', () => {
        const ledger = new MemoryLedger();
        ledger.beside = () => ({ finished: [100], active: 0, held: 0 });
        const granted = Array.from({ length: 6 }, () => 'permit' in ledger.acquire());
        granted.should.eql([true, true, true, true, true, false]);
        ledger.state().held.should.equal(0);
    });

    it('is never more than Missive takes in a minute', async () => {
        const [old, fresh] = [start(), start()];
        await old.ask(200);
        await until(fresh, (used) => used >= 200);
        const busy = fresh.ask(300);
        const raced = await Promise.race([busy, sleep(3000, 'waits')]);
        raced.should.equal('waits');
        await until(old, (used) => used >= 290);
        const { used } = await old.ask(0);
        used[0]?.should.be.belowOrEqual(300 + unseen);
        busy.catch(() => undefined);
    });
});
