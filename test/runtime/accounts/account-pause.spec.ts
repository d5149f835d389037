import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { Limiter } from '../../../src/missive/limits/limiter';
import { AccountPause } from '../../../src/runtime/accounts/account-pause';

describe('The pause of an account', () => {
    let folder: string;
    let all: Set<AccountPause>;
    const pauseAt = (name: string): AccountPause => {
        const pause = new AccountPause(path.join(folder, 'missive', `paused-${name}.log`), all);
        all.add(pause);
        return pause;
    };

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-pause-'));
        all = new Set();
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('holds its limiter, tells who follows, and lasts over a restart', () => {
        const pause = pauseAt('a');
        const limiter = pause.holds(new Limiter());
        const told: boolean[] = [];
        const off = pause.follow((on) => told.push(on));
        pause.begin();
        pause.begin();
        limiter.paused.should.be.true();
        all.clear();
        const after = pauseAt('a');
        after.on.should.be.true();
        after.holds(new Limiter()).paused.should.be.true();
        off();
        after.end();
        told.should.eql([false, true]);
        pauseAt('a').on.should.be.false();
    });

    it('is one of all accounts with the same address and token, whoever says so', () => {
        const [one, other, stranger] = [pauseAt('one'), pauseAt('other'), pauseAt('stranger')];
        const limiter = one.holds(new Limiter());
        stranger.holds(new Limiter());
        one.begin();
        other.holds(limiter);
        should([one.on, other.on, stranger.on]).eql([true, true, false]);
        other.end();
        should([one.on, other.on, limiter.paused]).eql([false, false, false]);
        other.begin();
        one.on.should.be.true();
    });

    it('holds also where the account gets another token', () => {
        const pause = pauseAt('a');
        pause.holds(new Limiter());
        pause.begin();
        pause.holds(new Limiter()).paused.should.be.true();
    });
});
