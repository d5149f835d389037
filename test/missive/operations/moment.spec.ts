import { parseMoment } from '../../../src/missive/operations/moment';

describe('a moment', () => {
    const nine = 1_796_115_600;
    const forms: [string, unknown][] = [
        ['a Date', new Date('2026-12-01T09:00:00.900Z')],
        ['an ISO text', '2026-12-01T09:00:00Z'],
        ['an ISO text with a zone', '2026-12-01T10:00:00+01:00'],
        ['an ISO text with a blank and no seconds', '2026-12-01 09:00Z'],
        ['seconds', nine],
        ['seconds with a fraction', nine + 0.9],
        ['milliseconds', nine * 1000],
        ['seconds as text', ` ${nine} `],
        ['milliseconds as text', String(nine * 1000)],
        ['the date of a mail header', 'Tue, 01 Dec 2026 10:00:00 +0100'],
        ['what JavaScript makes of a Date', 'Tue Dec 01 2026 09:00:00 GMT+0000 (Coordinated Universal Time)'],
    ];
    for (const [name, value] of forms)
        it(`is whole Unix seconds from ${name}`, () => {
            parseMoment(value).should.equal(nine);
        });

    it('is midnight UTC where there is no time', () => {
        parseMoment('2026-12-01').should.equal(nine - 9 * 3600);
    });

    it('may be zero', () => {
        parseMoment(0).should.equal(0);
    });

    const none: unknown[] = [
        'tomorrow',
        'order 5',
        '2026-02-30',
        '2026-13-01',
        '2026-12-01T25:00:00Z',
        '',
        'NaN',
        Number.NaN,
        Number.POSITIVE_INFINITY,
        new Date('none'),
        true,
        {},
        [],
    ];
    for (const value of none)
        it(`is not made of ${typeof value} ${String(value)}`, () => {
            (() => parseMoment(value)).should.throw(/should be a date/);
        });
});
