import FakeTimers from '@sinonjs/fake-timers';
import should from 'should';
import type { Method } from '../../../src/missive/call';
import { askedPause, freshTally, type Outcome, retry } from '../../../src/missive/wire/retry';

const methods: Method[] = ['GET', 'PATCH', 'DELETE', 'POST'];

/** How often a call is sent in all when every try ends alike. */
function tries(outcome: Omit<Outcome, 'method'>): number[] {
    return methods.map((method) => {
        const tally = freshTally();
        let count = 1;
        while (retry({ ...outcome, method }, tally)) count++;
        return count;
    });
}

describe('The retry rule', () => {
    const answered = (status: number): Omit<Outcome, 'method'> => ({ status, whole: true, written: true });

    it('repeats a GET four times in all, PATCH and DELETE three times, a POST never', () => {
        for (const status of [408, 501, 502, 503, 504, 520, 599]) tries(answered(status)).should.eql([4, 3, 3, 1]);
        tries({ whole: false, written: true }).should.eql([4, 3, 3, 1]);
    });

    it('repeats after a 500 up to three times in all, a POST never', () => {
        tries(answered(500)).should.eql([3, 3, 3, 1]);
    });

    it('repeats everything ten times after a 429', () => {
        tries(answered(429)).should.eql([11, 11, 11, 11]);
        tries({ status: 429, whole: false, written: true }).should.eql([11, 11, 11, 11]);
    });

    it('repeats everything up to five times where nothing was written', () => {
        tries({ whole: false, written: false }).should.eql([5, 5, 5, 5]);
    });

    it('repeats only a GET where the body of a success was lost', () => {
        for (const status of [200, 201, 204]) tries({ status, whole: false, written: true }).should.eql([4, 1, 1, 1]);
    });

    it('does not repeat what would end alike', () => {
        for (const status of [200, 201, 204, 301, 304, 400, 401, 403, 404, 409, 413, 422])
            tries(answered(status)).should.eql([1, 1, 1, 1]);
        tries({ whole: false, written: false, final: true }).should.eql([1, 1, 1, 1]);
    });

    it('counts each kind of trouble for itself: many 429 leave a GET its repeats', () => {
        const tally = freshTally();
        for (let at = 0; at < 10; at++) should(retry({ ...answered(429), method: 'GET' }, tally)).be.ok();
        for (let at = 0; at < 4; at++) should(retry({ whole: false, written: false, method: 'GET' }, tally)).be.ok();
        for (let at = 0; at < 3; at++) should(retry({ ...answered(503), method: 'GET' }, tally)).be.ok();
        should(retry({ ...answered(503), method: 'GET' }, tally)).be.undefined();
        should(retry({ ...answered(429), method: 'GET' }, tally)).be.undefined();
    });

    it('counts a 500 and a lost connection together', () => {
        const tally = freshTally();
        for (let at = 0; at < 3; at++) should(retry({ whole: false, written: true, method: 'GET' }, tally)).be.ok();
        should(retry({ ...answered(500), method: 'GET' }, tally)).be.undefined();
    });

    it('has given up after ten seconds where nothing gets through', () => {
        for (let at = 0; at < 200; at++) {
            const tally = freshTally();
            let sum = 0;
            for (;;) {
                const again = retry({ whole: false, written: false, method: 'POST' }, tally);
                if (!again) break;
                sum += again.again;
            }
            sum.should.be.within(3500, 9500);
        }
    });

    it('doubles the pause each time, half as much more or less by chance', () => {
        for (let run = 0; run < 50; run++) {
            const tally = freshTally();
            for (const pause of [500, 1000, 2000]) {
                const repeat = retry({ ...answered(503), method: 'GET' }, tally);
                should(repeat?.again).be.within(pause / 2, pause * 1.5);
                should(repeat?.hold).be.false();
            }
        }
    });

    it('pauses as long as Missive asks after a 503, where that is longer', () => {
        const outcome = { ...answered(503), method: 'GET', headers: { 'retry-after': '20' } } as const;
        should(retry(outcome, freshTally())?.again).equal(20_000);
    });

    it('tells which limit is used up, where Missive names it', () => {
        const named = (limit: string | string[]) =>
            retry({ ...answered(429), method: 'GET', headers: { 'x-ratelimit-limit': limit } }, freshTally());
        should(named('900')).have.property('limit', 900);
        should(named([' 300 ', '5'])).have.property('limit', 300);
        should(named('many')).not.have.property('limit');
    });

    it('holds everybody for a minute after a 429 that names no time', () => {
        should(retry({ ...answered(429), method: 'POST' }, freshTally())).eql({ again: 60_000, hold: true });
    });

    describe('reads how long Missive asks to wait', () => {
        let clock: FakeTimers.Clock;
        beforeEach(() => {
            clock = FakeTimers.install({ now: Date.parse('2026-11-24T06:00:00Z'), toFake: ['Date'] });
        });
        afterEach(() => clock.uninstall());
        const seconds = (at: string) => String(Date.parse(at) / 1000);

        it('in seconds, also none', () => {
            should(askedPause({ 'retry-after': '7' })).equal(7000);
            should(askedPause({ 'retry-after': '1.5' })).equal(1500);
            should(askedPause({ 'retry-after': '0' })).equal(0);
            should(askedPause({ 'retry-after': ['3', '9'] })).equal(3000);
        });

        it('as a date', () => {
            should(askedPause({ 'retry-after': 'Tue, 24 Nov 2026 06:00:30 GMT' })).equal(30_000);
            should(askedPause({ 'retry-after': 'Tue, 24 Nov 2026 05:00:00 GMT' })).equal(0);
        });

        it('else as the end of the window', () => {
            should(askedPause({ 'x-ratelimit-reset': seconds('2026-11-24T06:00:45Z') })).equal(45_000);
            should(askedPause({ 'retry-after': 'soon', 'x-ratelimit-reset': seconds('2026-11-24T06:00:45Z') })).equal(
                45_000,
            );
        });

        it("by Missive's clock where this machine's is wrong", () => {
            const headers = {
                date: 'Tue, 24 Nov 2026 05:50:00 GMT',
                'x-ratelimit-reset': seconds('2026-11-24T05:50:20Z'),
            };
            should(askedPause(headers)).equal(20_000);
        });

        it('and never longer than fifteen minutes', () => {
            should(askedPause({ 'retry-after': '86400' })).equal(900_000);
            should(askedPause({ 'x-ratelimit-reset': seconds('2027-01-01T00:00:00Z') })).equal(900_000);
        });

        it('and takes nothing for a time that is none', () => {
            for (const text of ['', 'soon', '-5', 'NaN', '1e9', '12 apples', '2026'.repeat(0)])
                should(askedPause({ 'retry-after': text })).be.undefined();
            should(askedPause({})).be.undefined();
        });
    });
});
