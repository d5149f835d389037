import { inputError } from '../errors';
import type { Missive, Outcome } from './operation';
import { type Clock, fetchReport } from './report';

/** One metric of one day, flat, as a chart or a table takes it. */
export interface MetricOfDay {
    /** `2026-12-01`, in the report's time zone. */
    readonly day: string;
    /** Where the day begins, or the part of it that was asked for, in Unix seconds. */
    readonly start: number;
    readonly metric: string;
    readonly value: number;
}

/** A day is a report of its own: more of them would eat up what Missive takes in a quarter of an hour. */
const mostDays = 92;

/** As many reports are made at once; a report is gone a minute after it is ready. */
const atOnce = 4;

/** The report of each day from `start` to `end`, as rows: Missive's own report has one number for the whole time. */
export async function reportRows(
    wanted: Readonly<Record<string, unknown>>,
    seconds: number,
    missive: Missive,
    clock?: Clock,
): Promise<Outcome> {
    const days = daysOf(Number(wanted.start), Number(wanted.end), zoneOf(wanted.time_zone));
    const found: MetricOfDay[][] = [];
    let last: Outcome | undefined;
    let next = 0;
    const work = async () => {
        for (let place = next++; place < days.length; place = next++) {
            const day = days[place];
            if (!day) return;
            const { start, end } = day;
            last = await fetchReport({ ...wanted, start, end }, seconds, missive, clock);
            found[place] = rowsOf(last.payload, day);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (!last) throw inputError('There is no day between From (start) and To (end).');
    // A dry account starts none: what it gives is the contract's `{}`.
    if (last.answer.dry) return last;
    return { ...last, payload: found.flat(), notes: { days: days.length } };
}

interface Day {
    readonly day: string;
    readonly start: number;
    readonly end: number;
}

function rowsOf(report: unknown, { day, start }: Day): MetricOfDay[] {
    const { selected_period: period } = (report ?? {}) as { selected_period?: unknown };
    const metrics = at(period, 'global', 'totals', 'metrics');
    return Object.entries((metrics ?? {}) as Record<string, unknown>).flatMap(([metric, holds]) => {
        const value = at(holds, 'v');
        return typeof value === 'number' ? [{ day, start, metric, value }] : [];
    });
}

const at = (value: unknown, ...keys: readonly string[]): unknown =>
    keys.reduce<unknown>(
        (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
        value,
    );

/** The days of a time zone between two moments; each ends a second before the next one begins, so that nothing counts twice. */
export function daysOf(start: number, end: number, nameOf: (seconds: number) => string): Day[] {
    const days: Day[] = [];
    for (let from = start; from < end; ) {
        const day = nameOf(from);
        // The longest day has 25 hours, where clocks are put back.
        let [same, other] = [from, from + 26 * 3600];
        while (other - same > 1) {
            const middle = Math.floor((same + other) / 2);
            if (nameOf(middle) === day) same = middle;
            else other = middle;
        }
        const to = other >= end ? end : other - 1;
        // A day of a single second is none that Missive makes a report of.
        if (to > from) days.push({ day, start: from, end: to });
        from = other;
        if (days.length > mostDays)
            throw inputError(
                `Rows take a report for each day, and there are more than ${mostDays} days: ask for fewer.`,
            );
    }
    return days;
}

/** Names the day of a moment in a time zone, this computer's where none is given. */
function zoneOf(timeZone: unknown): (seconds: number) => string {
    try {
        const zone = typeof timeZone === 'string' && timeZone !== '' ? { timeZone } : {};
        const format = new Intl.DateTimeFormat('en-CA', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });
        return (seconds) => format.format(seconds * 1000);
    } catch {
        throw inputError('Time zone (time_zone) should be a name such as America/Montreal.');
    }
}
