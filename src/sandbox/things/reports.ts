import { randomUUID } from 'node:crypto';
import type { Message } from '../data/records';
import { find } from '../data/store';
import type { Endpoint } from '../data/world';
import { one } from '../manners/envelope';
import { invalid, Refused } from '../manners/refuse';
import { checked, choice, id, list, seconds, text } from '../manners/shape';

const report = {
    ...{ organization: id, start: seconds, end: seconds, time_zone: text() },
    ...{ teams: list(id), users: list(id), accounts: list(id), shared_labels: list(id) },
    account_types: list(choice('custom', 'email', 'instagram', 'live_chat', 'messenger', 'sms', 'whatsapp')),
};

/** A report is gone so long after it was ready. */
const lifetime = 60_000;

/** POST /analytics/reports starts a report. */
export const startReport: Endpoint = ({ world: { store }, body }) => {
    const wanted = checked(one(body, 'reports'), report, ['organization', 'start', 'end']);
    find(store.data.organizations, wanted.organization ?? '', 'Organization');
    const { start, end, time_zone } = wanted;
    if (typeof start !== 'number' || typeof end !== 'number' || start >= end) {
        throw invalid("Validation failed: 'end' must be after 'start'");
    }
    const made = { id: randomUUID(), start, end, time_zone: time_zone ?? 'UTC', asked: performance.now() };
    store.data.reports.set(made.id, made);
    return { reports: { id: made.id } };
};

/** GET /analytics/reports/:id: an empty 404 where it is not ready yet, expired, or unknown. */
export const getReport: Endpoint = ({ world: { store, reportDelay }, ids: [id = ''] }) => {
    const made = store.data.reports.get(id);
    const age = made === undefined ? -1 : performance.now() - made.asked - reportDelay;
    if (made === undefined || age < 0 || age > lifetime) throw new Refused(404);
    const { start, end, time_zone } = made;
    const messages = [...store.data.messages.values()];
    return {
        reports: {
            ...{ start, end, time_zone },
            selected_period: period(messages, start, end),
            previous_period: period(messages, start - (end - start), start),
        },
    };
};

const steps = Object.entries({
    ...{ '1m': 1, '2m': 2, '3m': 3, '4m': 4, '5m': 5, '10m': 10, '15m': 15, '30m': 30, '45m': 45 },
    ...{ '1h': 60, '2h': 120, '3h': 180, '4h': 240, '6h': 360, '8h': 480, '10h': 600, '12h': 720 },
    ...{ '24h': 1440, '48h': 2880, '72h': 4320, '72h_plus': Number.POSITIVE_INFINITY },
});

const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

/** What came in and went out from `start` to `end`, and how long the first replies took (seconds). */
function period(all: readonly Message[], start: number, end: number) {
    const at = (one: Message) => one.delivered_at ?? 0;
    const messages = all.filter((one) => at(one) >= start && at(one) < end).sort((a, b) => at(a) - at(b));
    const threads = group(messages);
    const waits = [...threads.values()].flatMap((thread) => {
        const asked = thread.find(({ author }) => author === null);
        const answered = thread.find((one) => one.author !== null && asked !== undefined && at(one) >= at(asked));
        return asked && answered ? at(answered) - at(asked) : [];
    });
    const inbound = messages.filter(({ author }) => author === null);
    const metrics = {
        ...{ inbound_count: inbound.length, outbound_count: messages.length - inbound.length },
        ...{ first_inbound_count: threads.size, reply_count: waits.length, first_reply_count: waits.length },
        ...{ first_reply_time_avg: mean(waits), reply_time_avg: mean(waits), handle_time_avg: mean(waits) },
    };
    const counts = steps.map(([d, minutes], index) => {
        const from = (steps[index - 1]?.[1] ?? 0) * 60;
        return { d, v: waits.filter((wait) => wait >= from && wait < minutes * 60).length };
    });
    const values = Object.entries(metrics).map(([name, v]) => [name, { v }]);
    const tallies = { first_reply_time_counts: counts.filter(({ v }) => v > 0) };
    return { global: { totals: { metrics: Object.fromEntries(values), tallies } } };
}

function group(messages: readonly Message[]): Map<string, Message[]> {
    const threads = new Map<string, Message[]>();
    for (const one of messages) threads.set(one.conversation, [...(threads.get(one.conversation) ?? []), one]);
    return threads;
}
