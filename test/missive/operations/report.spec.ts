import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import { fetchReport } from '../../../src/missive/operations/report';

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
    return { seen, clock, missive: { send, shared: {}, signal: stop.signal, owner: async () => undefined } };
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
