import FakeTimers from '@sinonjs/fake-timers';
import should from 'should';
import type { Grant, Permit } from '../../../src/missive/limits/ledger';
import { MemoryLedger } from '../../../src/missive/limits/windows/memory-ledger';

const waitOf = (grant: Grant): number => ('wait' in grant ? grant.wait : 0);

function permitOf(grant: Grant): Permit {
    if ('permit' in grant) return grant.permit;
    throw new Error(`No permit for ${grant.wait} ms`);
}

describe('The ledger', () => {
    let clock: FakeTimers.Clock;
    let ledger: MemoryLedger;
    const used = () => ledger.state().windows.map((window) => window.used);

    /** So many requests, one after another, each taking no time. */
    function spend(count: number): void {
        for (let at = 0; at < count; at++) ledger.release(permitOf(ledger.acquire()));
    }

    beforeEach(() => {
        clock = FakeTimers.install({ toFake: ['performance'] });
        ledger = new MemoryLedger();
    });
    afterEach(() => clock.uninstall());

    it('grants five at a time and the sixth when one is given back', () => {
        const permits = Array.from({ length: 5 }, () => permitOf(ledger.acquire()));
        waitOf(ledger.acquire()).should.equal(Infinity);
        for (const permit of permits.slice(0, 1)) ledger.release(permit);
        permitOf(ledger.acquire());
        ledger.state().inFlight.should.equal(5);
    });

    it('grants 300 in a minute and says when the next one is free', () => {
        spend(300);
        waitOf(ledger.acquire()).should.equal(61_000);
        clock.tick(60_999);
        waitOf(ledger.acquire()).should.equal(1);
        clock.tick(1);
        permitOf(ledger.acquire());
    });

    it('grants 900 in fifteen minutes', () => {
        for (const minute of [1, 2, 3]) {
            spend(300);
            clock.tick(61_000);
            used().should.eql([0, 300 * minute]);
        }
        waitOf(ledger.acquire()).should.equal(901_000 - 183_000);
        clock.tick(901_000 - 183_000);
        spend(300);
    });

    it('counts a request until a window after it finished, not after it began', () => {
        const slow = permitOf(ledger.acquire());
        clock.tick(30_000);
        ledger.release(slow);
        clock.tick(60_999);
        used().should.eql([1, 1]);
        clock.tick(1);
        used().should.eql([0, 1]);
    });

    it('waits for a release where the room hangs on requests that still run', () => {
        for (let at = 0; at < 4; at++) ledger.acquire();
        spend(296);
        waitOf(ledger.acquire()).should.equal(61_000);
        clock.tick(61_000);
        permitOf(ledger.acquire());
    });

    it('does not count what was refunded', () => {
        for (let at = 0; at < 1000; at++) ledger.refund(permitOf(ledger.acquire()));
        used().should.eql([0, 0]);
    });

    it('takes a permit back once only', () => {
        const permit = permitOf(ledger.acquire());
        ledger.release(permit);
        ledger.release(permit);
        ledger.refund(permit);
        used().should.eql([1, 1]);
    });

    it('lets nobody start during a hold, then one ahead of the rest', () => {
        ledger.hold(5000);
        ledger.state().held.should.equal(5000);
        waitOf(ledger.acquire()).should.equal(5000);
        clock.tick(5000);
        const probe = permitOf(ledger.acquire());
        waitOf(ledger.acquire()).should.equal(Infinity);
        ledger.release(probe);
        permitOf(ledger.acquire());
        permitOf(ledger.acquire());
    });

    it('keeps the longer of two holds', () => {
        ledger.hold(5000);
        ledger.hold(1000);
        waitOf(ledger.acquire()).should.equal(5000);
    });

    it('goes on waiting when the one that went ahead is refused too', () => {
        ledger.hold(1000);
        clock.tick(1000);
        const probe = permitOf(ledger.acquire());
        ledger.hold(2000);
        ledger.release(probe);
        waitOf(ledger.acquire()).should.equal(2000);
        clock.tick(2000);
        permitOf(ledger.acquire());
        waitOf(ledger.acquire()).should.equal(Infinity);
    });

    it('sends another one ahead when the first never reached Missive', () => {
        ledger.hold(1000);
        clock.tick(1000);
        ledger.refund(permitOf(ledger.acquire()));
        permitOf(ledger.acquire());
        waitOf(ledger.acquire()).should.equal(Infinity);
    });

    it('is not opened by a request that began before the hold', () => {
        const before = permitOf(ledger.acquire());
        ledger.hold(1000);
        clock.tick(1000);
        permitOf(ledger.acquire());
        ledger.release(before);
        waitOf(ledger.acquire()).should.equal(Infinity);
    });

    it('keeps counting right over days', () => {
        for (let quarter = 0; quarter < 100; quarter++) {
            for (let minute = 0; minute < 3; minute++) {
                spend(300);
                clock.tick(61_000);
            }
            used().should.eql([0, 900]);
            should(waitOf(ledger.acquire())).equal(718_000);
            clock.tick(718_000 + 122_000);
        }
        used().should.eql([0, 0]);
    });
});
