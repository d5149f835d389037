import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { missedEvents } from '../../../src/missive/events/missed';

describe('what was missed is looked for', () => {
    const rules = { label_change: { id: 'r', type: 'label_change' } };
    /** Conversations by their times; rows of one time come together. */
    const listed = (times: readonly number[], ignoresUntil = false) => {
        let calls = 0;
        const all = times.map((last_activity_at, at) => ({
            id: `c${at}`,
            last_activity_at,
            shared_labels: [{ id: 'new' }],
        }));
        const send = async ({ query = {} }: Call): Promise<Answer> => {
            calls += 1;
            should(calls).be.below(30);
            const { until, limit } = query as { until?: number; limit: number };
            const fitting = all.filter((row) => ignoresUntil || until === undefined || row.last_activity_at <= until);
            const conversations = fitting.slice(0, limit);
            const last = conversations.at(-1)?.last_activity_at;
            conversations.push(...fitting.slice(limit).filter((row) => row.last_activity_at === last));
            return { status: 200, attempts: 1, waited: 0, body: { conversations } };
        };
        return send;
    };
    const found = async (send: (call: Call) => Promise<Answer>) => {
        const stateOf = () => ({ labels: [], team: undefined, assignees: [] }) as never;
        const { events, complete } = await missedEvents(send, { since: 100, rules, mailbox: { all: true }, stateOf });
        return [
            new Set(events.map(({ body }) => (body.conversation as { id: string }).id)).size,
            events.length,
            complete,
        ];
    };
    it('to the end where a page is shorter than asked for, and says so where the rows of one second are cut off', async () => {
        const most = (times: readonly number[], cap: number) => {
            const all = times.map((last_activity_at, at) => ({
                id: `c${at}`,
                last_activity_at,
                shared_labels: [{ id: 'new' }],
            }));
            return ({ query = {} }: Call): Promise<Answer> => {
                const { until = Infinity, limit } = query as { until?: number; limit: number };
                const conversations = all.filter((row) => row.last_activity_at <= until).slice(0, Math.min(cap, limit));
                return Promise.resolve({ status: 200, attempts: 1, waited: 0, body: { conversations } });
            };
        };
        (await found(most([...of(70, (at) => 5000 - at), 50], 30))).should.eql([70, 70, true]);
        (await found(most([9000, ...of(80, () => 5000), 4000, 50], 50))).should.eql([52, 52, false]);
        (await found(most([...of(80, () => 5000)], 50))).should.eql([50, 50, false]);
    });

    const of = (count: number, time: (at: number) => number) => Array.from({ length: count }, (_, at) => time(at));

    it('past a block of one second that is as large as a page, and larger', async () => {
        for (const block of [50, 51, 70]) {
            const times = [...of(block, () => 5000), ...of(31, (at) => 4000 - at), 50];
            (await found(listed(times))).should.eql([block + 31, block + 31, true]);
        }
        const later = [...of(30, (at) => 9000 - at), ...of(50, () => 5000), 4000, 50];
        (await found(listed(later))).should.eql([81, 81, true]);
    });

    it('and ends where the server takes no notice of `until`, and says that it cannot tell', async () => {
        (
            await found(
                listed(
                    of(120, (at) => 5000 - at),
                    true,
                ),
            )
        ).should.eql([50, 50, false]);
    });

    it('all of it where such a server has it on one page, or where a moment before it is on the page', async () => {
        const ignoring = (times: readonly number[]) => found(listed(times, true));
        (await ignoring(of(49, (at) => 5000 - at))).should.eql([49, 49, true]);
        (await ignoring([...of(49, (at) => 5000 - at), 100, 99])).should.eql([49, 49, true]);
    });
});
