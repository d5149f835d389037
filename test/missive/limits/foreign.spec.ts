import FakeTimers from '@sinonjs/fake-timers';
import should from 'should';
import type { Grant } from '../../../src/missive/limits/ledger';
import { Foreign } from '../../../src/missive/limits/windows/foreign';
import { MemoryLedger } from '../../../src/missive/limits/windows/memory-ledger';

const waitOf = (grant: Grant): number => ('wait' in grant ? grant.wait : 0);

describe('What somebody else spends on the token', () => {
    let clock: FakeTimers.Clock;
    let ledger: MemoryLedger;
    beforeEach(() => {
        clock = FakeTimers.install({ toFake: ['performance'] });
        ledger = new MemoryLedger();
    });
    afterEach(() => clock.uninstall());

    /** Spends as much as there is, each request taking no time, and says how many that were. */
    function spendAll(): number {
        for (let count = 0; ; count++) {
            const grant = ledger.acquire();
            if (!('permit' in grant)) return count;
            ledger.release(grant.permit);
        }
    }

    it('is learnt from a 429 below our own count, and left free', () => {
        spendAll().should.equal(300);
        clock.tick(61_000);
        for (let at = 0; at < 200; at++) {
            const grant = ledger.acquire();
            if ('permit' in grant) ledger.release(grant.permit);
        }
        ledger.hold(10_000, 300);
        clock.tick(10_000);
        // 300 less 200 of ours are somebody else's, and a few more are left free; a twelfth of that has faded.
        spendAll().should.equal(2);
        waitOf(ledger.acquire()).should.be.within(1, 1200);
    });

    it('fades over two windows', () => {
        ledger.hold(1, 300);
        clock.tick(60_000);
        const half = spendAll();
        half.should.be.within(149, 151);
        clock.tick(61_000);
        spendAll().should.equal(300);
    });

    it('is not learnt from a limit that is no window of ours, such as five at once', () => {
        ledger.hold(1, 5);
        ledger.hold(1);
        clock.tick(1);
        const probe = ledger.acquire();
        if ('permit' in probe) ledger.release(probe.permit);
        spendAll().should.equal(299);
    });

    it('never takes everything', () => {
        for (let at = 0; at < 10; at++) ledger.hold(1, 300);
        clock.tick(1);
        should('permit' in ledger.acquire()).be.true();
    });

    it('counts for a whole window where it is known for certain', () => {
        ledger.know(0, 100);
        spendAll().should.equal(200);
        waitOf(ledger.acquire()).should.equal(61_000);
        clock.tick(60_999);
        spendAll().should.equal(0);
        clock.tick(1);
        spendAll().should.equal(300);
    });

    it('says when so many permits of it are free', () => {
        const foreign = new Foreign({ limit: 100, span: 1000 });
        foreign.fades(1, 0).should.equal(Infinity);
        foreign.learn(9, 0);
        foreign.at(0).should.equal(12);
        for (const count of [1, 5, 12]) {
            const wait = foreign.fades(count, 0);
            foreign.at(wait - 2).should.be.above(12 - count);
            foreign.at(wait + 1).should.equal(12 - count);
        }
        foreign.fades(13, 0).should.equal(Infinity);
    });
});
