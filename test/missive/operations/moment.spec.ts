import { runInNewContext } from 'node:vm';
import { type Clock, withGlobal } from '@sinonjs/fake-timers';
import { parseMoment } from '../../../src/missive/operations/moment';

/** The machine's time zone for a suite. */
function inZone(zone: string): void {
    const before_ = process.env.TZ;
    before(() => {
        process.env.TZ = zone;
    });
    after(() => {
        if (before_ === undefined) delete process.env.TZ;
        else process.env.TZ = before_;
    });
}

const seconds = (date: string): number => Date.parse(date) / 1000;

describe('a moment', () => {
    inZone('Europe/Berlin');
    const nine = 1_796_115_600;
    const forms: [string, unknown][] = [
        ['a Date', new Date('2026-12-01T09:00:00.900Z')],
        ['a Date of a function node', runInNewContext('new Date("2026-12-01T09:00:00Z")')],
        ['an ISO text', '2026-12-01T09:00:00Z'],
        ['an ISO text with a zone', '2026-12-01T10:00:00+01:00'],
        ['an ISO text with a blank and no seconds', '2026-12-01 09:00Z'],
        ['an ISO text of the machine’s zone', '2026-12-01T10:00:00'],
        ['an ISO text with the hours of its zone alone', '2026-12-01 10:00:00+01'],
        ['a day and a time', '2026-12-01 10:00'],
        ['what databases print', '2026-12-01 09:00:00.123 UTC'],
        ['seconds', nine],
        ['seconds with a fraction', nine + 0.9],
        ['milliseconds', nine * 1000],
        ['seconds as text', ` ${nine} `],
        ['milliseconds as text', String(nine * 1000)],
        ['the date of a mail header', 'Tue, 01 Dec 2026 10:00:00 +0100'],
        ['the date of a mail header with a comment', 'Tue, 1 Dec 2026 10:00:00 +0100 (CET)'],
        ['a zone of a mail header', '1 Dec 2026 04:00 EST'],
        ['what JavaScript makes of a Date', 'Tue Dec 01 2026 09:00:00 GMT+0000 (Coordinated Universal Time)'],
        ['the text of a Date in UTC', new Date(nine * 1000).toUTCString()],
    ];
    for (const [name, value] of forms)
        it(`is whole Unix seconds from ${name}`, () => {
            parseMoment(value).should.equal(nine);
        });

    it('is the machine’s midnight where there is no time', () => {
        parseMoment('2026-12-01').should.equal(seconds('2026-12-01T00:00:00+01:00'));
        parseMoment('2026-07-01').should.equal(seconds('2026-07-01T00:00:00+02:00'));
    });

    it('that the clock skips in spring is an hour later', () => {
        parseMoment('2027-03-28 02:30').should.equal(seconds('2027-03-28T03:30:00+02:00'));
    });

    it('may be zero', () => {
        parseMoment(0).should.equal(0);
    });

    const none: unknown[] = [
        'order 5',
        '20261201',
        '2026',
        '46357',
        20_261_201,
        46_357,
        1,
        -1_796_115_600,
        '1796115600000000',
        1_796_115_600_000_000,
        '179611560000',
        '17961156000',
        '2026-02-30',
        '2026-02-30T09:00:00Z',
        '2026-13-01',
        '2026-00-10',
        '2026-12-01T25:00:00Z',
        '2026-12-01T09:60:00Z',
        '2026-12-01T09:00:00+99:00',
        '2026-12-1',
        '2026-12',
        '01.12.2026',
        '12/01/2026',
        '2027-02-29',
        'Mon, 31 Nov 2026 10:00:00 +0000',
        'Mon, 30 Feb 2026 10:00:00 +0000',
        'Mon, 1 Dec 2026 10:00:00 +0000',
        'Tue Nov 31 2026 09:00:00 GMT+0000',
        '1 Dec 2026 10:00 XYZ',
        'in two hours',
        'in 2',
        'tomorrow',
        'today',
        'tomorrow 9',
        'tomorrow 25:00',
        'tomorrow 13:00 pm',
        'next week',
        'Monday',
        '',
        'NaN',
        Number.NaN,
        Number.POSITIVE_INFINITY,
        new Date('none'),
        new Date(1_796_115_600_000_000),
        true,
        {},
        [],
    ];
    for (const value of none)
        it(`is not made of ${typeof value} ${String(value)}`, () => {
            (() => parseMoment(value)).should.throw(/should be a date/);
        });

    describe('in words', () => {
        let clock: Clock;
        const at = (date: string) => {
            clock = withGlobal(globalThis).install({ now: Date.parse(date), toFake: ['Date'] });
        };
        afterEach(() => clock.uninstall());

        const cases: [now: string, words: string, then: string][] = [
            ['2026-11-27T23:30:00+01:00', 'in 2 hours', '2026-11-28T01:30:00+01:00'],
            ['2026-11-27T23:30:00+01:00', 'In 45 Minutes', '2026-11-28T00:15:00+01:00'],
            ['2026-11-27T23:30:00+01:00', 'in an hour', '2026-11-28T00:30:00+01:00'],
            ['2026-11-27T23:30:00+01:00', 'in 1 day', '2026-11-28T23:30:00+01:00'],
            ['2026-11-27T23:30:00+01:00', 'in 2 weeks', '2026-12-11T23:30:00+01:00'],
            ['2027-01-31T12:00:00+01:00', 'in 1 month', '2027-02-28T12:00:00+01:00'],
            ['2026-11-27T23:30:00+01:00', 'tomorrow 9:00', '2026-11-28T09:00:00+01:00'],
            ['2026-12-31T12:00:00+01:00', ' tomorrow  at 9:30 pm ', '2027-01-01T21:30:00+01:00'],
            ['2026-11-27T12:00:00+01:00', 'tomorrow 12 am', '2026-11-28T00:00:00+01:00'],
            ['2026-11-27T12:00:00+01:00', 'today 17:00', '2026-11-27T17:00:00+01:00'],
            ['2026-11-27T12:00:00+01:00', 'next Monday', '2026-11-30T00:00:00+01:00'],
            ['2026-11-30T12:00:00+01:00', 'next monday 8:15', '2026-12-07T08:15:00+01:00'],
            // The clock is put forward on 28 March 2027 and back on 31 October.
            ['2027-03-27T12:00:00+01:00', 'in 1 day', '2027-03-28T12:00:00+02:00'],
            ['2027-03-27T12:00:00+01:00', 'in 24 hours', '2027-03-28T13:00:00+02:00'],
            ['2027-03-27T12:00:00+01:00', 'tomorrow 9:00', '2027-03-28T09:00:00+02:00'],
            ['2027-10-30T12:00:00+02:00', 'in 1 day', '2027-10-31T12:00:00+01:00'],
            ['2027-10-30T12:00:00+02:00', 'next Monday 9:00', '2027-11-01T09:00:00+01:00'],
        ];
        for (const [now, words, then] of cases)
            it(`${words.trim()}: ${then} at ${now}`, () => {
                at(now);
                parseMoment(words).should.equal(seconds(then));
            });
    });
});
