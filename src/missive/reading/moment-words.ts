import { millisecondsOf } from './clock';

const time = '(?:(?: at)? (?<hour>\\d{1,2})(?::(?<minute>\\d{2}))?(?: ?(?<half>[ap]m))?)?';
const ahead = /^in (?<count>\d{1,4}|an?|one) (?<unit>minute|hour|day|week|month)s?$/i;
const named = new RegExp(
    `^(?<day>today|tomorrow|next (?:sunday|monday|tuesday|wednesday|thursday|friday|saturday))${time}$`,
    'i',
);
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * The milliseconds that words stand for, NaN where they stand for none: "in 2 hours", "in 1 day", "tomorrow 9:00", "next
 * Monday" (the first one after today), in the machine's time zone. A day is one of the calendar, whether its clock is
 * changed or not; a weekday without a time begins at midnight.
 */
export function fromWords(text: string, now: Date): number {
    const plain = text.replace(/\s+/g, ' ');
    const later = ahead.exec(plain)?.groups;
    if (later) return inUnits(later, now);
    const { day, hour, minute, half } = named.exec(plain)?.groups ?? {};
    if (day === undefined) return Number.NaN;
    const days = daysTo(day.toLowerCase(), now);
    // What is sent tomorrow is rarely meant for midnight; a lone number may be an hour or anything else.
    if (hour === undefined && !day.toLowerCase().startsWith('next')) return Number.NaN;
    if (hour !== undefined && minute === undefined && half === undefined) return Number.NaN;
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
    const [year, month] = [date.getFullYear(), date.getMonth() + 1];
    return millisecondsOf({ year, month, day: date.getDate(), hour: hourOf(hour, half), minute: Number(minute ?? 0) });
}

function inUnits({ count = '', unit = '' }: Readonly<Record<string, string | undefined>>, now: Date): number {
    const many = /\d/.test(count) ? Number(count) : 1;
    const name = unit.toLowerCase();
    if (name === 'minute' || name === 'hour') return now.getTime() + many * (name === 'hour' ? 3_600_000 : 60_000);
    const date = new Date(now);
    if (name === 'month') {
        const day = date.getDate();
        date.setMonth(date.getMonth() + many, 1);
        // A month after 31 January is the end of February.
        date.setDate(Math.min(day, new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate()));
    } else date.setDate(date.getDate() + many * (name === 'week' ? 7 : 1));
    return date.getTime();
}

function daysTo(day: string, now: Date): number {
    if (day === 'today') return 0;
    if (day === 'tomorrow') return 1;
    return (weekdays.indexOf(day.slice('next '.length)) - now.getDay() + 7) % 7 || 7;
}

function hourOf(hour: string | undefined, half: string | undefined): number {
    const given = Number(hour ?? 0);
    if (half === undefined) return given;
    if (given < 1 || given > 12) return Number.NaN;
    return (given % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}
