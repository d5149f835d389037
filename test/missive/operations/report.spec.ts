import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import { fetchReport } from '../../../src/missive/operations/report';
import { daysOf, reportRows } from '../../../src/missive/operations/report-rows';

const wanted = { organization: 'o1', start: 1, end: 2 };
const answered = (status: number, body?: unknown): Answer => ({ status, body, attempts: 1, waited: 0 });

/** A Missive and a clock: the report is ready after so many seconds. */
function scene(readyAfter: number) {
    let now = 0;
    const seen: [number, Call][] = [];
    const stop = new AbortController();
    const send = async (call: Call) => {
        seen.push([now / 1000, call]);
        if (call.method === 'POST') return answered(201, { reports: { id: 'r1' } });
        if (now / 1000 >= readyAfter) return answered(200, { reports: { start: 1 } });
        throw new MissiveError('ERR_MISSIVE_NOT_FOUND', 'Not found', { status: 404 });
    };
    const clock = {
        now: () => now,
        sleep: async (ms: number) => {
            now += ms;
        },
    };
    const places = { folder: () => '', home: async () => '' };
    const spent = () => ({ windows: [], inFlight: 0, waiting: 0, held: 0 });
    const own = { shared: {}, signal: stop.signal, owner: async () => undefined, places, spent };
    return { seen, clock, missive: { send, ...own } };
}

describe('a report', () => {
    it('is looked for after 5 seconds, then every 5, until it is there', async () => {
        const { seen, clock, missive } = scene(12);
        const { payload, call } = await fetchReport(wanted, 120, missive, clock);
        should(payload).eql({ start: 1 });
        should(call).eql({ method: 'GET', path: '/analytics/reports/r1' });
        should(seen[0]?.[1]).eql({ method: 'POST', path: '/analytics/reports', body: { reports: wanted } });
        seen.map(([at]) => at).should.eql([0, 5, 10, 15]);
    });

    it('is given up after the time that was set, with a last look then', async () => {
        const { seen, clock, missive } = scene(1000);
        const error = await fetchReport(wanted, 12, missive, clock).catch((cause: unknown) => cause);
        should(error).match({ code: 'ERR_MISSIVE_NOT_FOUND', status: 404, message: /not ready after 12 seconds/ });
        seen.map(([at]) => at).should.eql([0, 5, 10, 12]);
    });

    it('is not waited for where Missive does not say its id', async () => {
        const { clock, missive } = scene(0);
        const send = async () => answered(201);
        const error = await fetchReport(wanted, 120, { ...missive, send }, clock).catch((cause: unknown) => cause);
        should(error).match({ code: 'ERR_MISSIVE_SERVER', status: 201, delivered: 'yes' });
    });

    it('fails as its calls do', async () => {
        const { clock, missive } = scene(0);
        const send = async (call: Call) => {
            if (call.method === 'POST') return answered(201, { reports: { id: 'r1' } });
            throw new MissiveError('ERR_MISSIVE_AUTH', 'no');
        };
        const error = await fetchReport(wanted, 120, { ...missive, send }, clock).catch((cause: unknown) => cause);
        should(error).match({ code: 'ERR_MISSIVE_AUTH' });
    });
});

describe('the rows of a report', () => {
    const at = (text: string) => Date.parse(text) / 1000;
    const daysIn = (zone: string, start: string, end: string) => {
        const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
        return daysOf(at(start), at(end), (seconds) => format.format(seconds * 1000)).map(
            ({ day, start: from, end: to }) => [day, new Date(from * 1000).toISOString(), (to - from + 1) / 3600],
        );
    };

    it('are of the days of a time zone, of 23 and 25 hours too, and of the parts of days at both ends', () => {
        should(daysIn('Europe/Lisbon', '2026-03-28T12:00:00Z', '2026-03-30T01:00:00Z')).match([
            ['2026-03-28', '2026-03-28T12:00:00.000Z', 12],
            ['2026-03-29', '2026-03-29T00:00:00.000Z', 23],
            ['2026-03-29'.replace('29', '30'), '2026-03-29T23:00:00.000Z'],
        ]);
        should(daysIn('America/Montreal', '2026-11-01T04:00:00Z', '2026-11-03T05:00:00Z')).match([
            ['2026-11-01', '2026-11-01T04:00:00.000Z', 25],
            ['2026-11-02', '2026-11-02T05:00:00.000Z'],
        ]);
        (() => daysIn('UTC', '2026-01-01T00:00:00Z', '2026-12-01T00:00:00Z')).should.throw(/more than 92 days/);
    });

    it('are one for each metric and day, flat, each day asked for once', async () => {
        const { clock, missive } = scene(0);
        type Started = { reports: { start: number; end: number } };
        const asked: Started['reports'][] = [];
        const send = async ({ method, path, body }: Call) => {
            if (method === 'POST')
                return answered(201, { reports: { id: String(asked.push((body as Started).reports) - 1) } });
            const { start } = asked[Number(path.split('/').pop())] ?? { start: 0 };
            const metrics = { inbound_count: { v: start }, outbound_count: { v: 2 }, odd: {} };
            return answered(200, { reports: { selected_period: { global: { totals: { metrics } } } } });
        };
        const [start, end] = [at('2026-11-01T00:00:00Z'), at('2026-11-08T00:00:00Z')];
        const given = { organization: 'o1', start, end, time_zone: 'UTC', teams: ['t1'] };
        const { payload, notes } = await reportRows(given, 60, { ...missive, send }, clock);
        const days = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-11-0${day}`);
        should(payload).eql(
            days.flatMap((day) => {
                const from = at(`${day}T00:00:00Z`);
                return [
                    { day, start: from, metric: 'inbound_count', value: from },
                    { day, start: from, metric: 'outbound_count', value: 2 },
                ];
            }),
        );
        should(notes).eql({ days: 7 });
        asked.should.have.length(7);
        for (const each of asked) should(each).match({ organization: 'o1', teams: ['t1'], time_zone: 'UTC' });
    });
});
