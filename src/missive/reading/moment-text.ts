import { millisecondsOf, type Written } from './clock';
import { fromWords } from './moment-words';

const time = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?';
const offset = '(?<zone>Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)';
const iso = new RegExp(`^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:(?:T| +)${time}(?: ?${offset})?)?$`, 'i');

/** `Tue, 24 Nov 2026 05:36:02 +0100` of mail headers. */
const header = new RegExp(
    `^(?:(?<weekday>[a-z]{3}), *)?(?<day>\\d{1,2}) +(?<name>[a-z]{3}) +(?<year>\\d{4}) +${time}(?: +(?<zone>[+-]\\d{4}|[a-z]{1,3}))?(?: *\\([^()]*\\))?$`,
    'i',
);
/** `Tue Nov 24 2026 05:36:02 GMT+0100 (…)` of JavaScript. */
const script = new RegExp(
    `^(?<weekday>[a-z]{3}),? +(?<name>[a-z]{3}) +(?<day>\\d{1,2}) +(?<year>\\d{4}) +${time}(?: +(?:GMT|UTC)?(?<zone>[+-]\\d{4}|GMT|UTC|Z)(?: *\\([^()]*\\))?)?$`,
    'i',
);

/** The milliseconds that a text stands for, NaN where it stands for none; words such as "in 2 hours" count from `now`. */
export function fromText(text: string, now: Date): number {
    // Zeros in front would make a number of ten digits of one with more.
    if (/^\d+(\.\d+)?$/.test(text)) return /^0\d/.test(text) ? Number.NaN : fromNumber(Number(text));
    const found = iso.exec(text) ?? header.exec(text) ?? script.exec(text);
    return found?.groups ? fromParts(found.groups) : fromWords(text, now);
}

/** Seconds have ten digits from 2001 to 2286, milliseconds thirteen; zero is the beginning of time. */
export function fromNumber(value: number): number {
    const whole = Math.floor(value);
    if (value === 0) return 0;
    if (whole >= 1e9 && whole < 1e10) return value * 1000;
    return whole >= 1e12 && whole < 1e13 ? value : Number.NaN;
}

type Groups = Readonly<Record<string, string | undefined>>;

function fromParts({ year, month, name, day, hour, minute, second, fraction, zone, weekday }: Groups): number {
    const written: Written = {
        ...{ year: Number(year), month: month === undefined ? monthOf(name) : Number(month), day: Number(day) },
        ...{ hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) },
        millisecond: Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
        offset: zone === undefined ? undefined : offsetOf(zone),
    };
    const isRight = weekday === undefined || weekday.toLowerCase() === weekdayOf(written);
    return isRight ? millisecondsOf(written) : Number.NaN;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthOf = (name = ''): number => months.indexOf(name.toLowerCase()) + 1;

/** A weekday that is not that of the date: nobody can tell which of the two is meant. */
const weekdayOf = ({ year, month, day }: Written): string | undefined =>
    ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(Date.UTC(year, month - 1, day)).getUTCDay()];

/** The zones that mail headers may name (RFC 5322, 4.3); hours east of UTC. */
const zones: Readonly<Record<string, number>> = {
    ...{ z: 0, ut: 0, utc: 0, gmt: 0 },
    ...{ edt: -4, est: -5, cdt: -5, cst: -6, mdt: -6, mst: -7, pdt: -7, pst: -8 },
};

/** Minutes east of UTC; NaN where there is no such zone. */
function offsetOf(zone: string): number {
    const [, sign, hours, minutes = '00'] = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone) ?? [];
    if (sign === undefined) return (zones[zone.toLowerCase()] ?? Number.NaN) * 60;
    const exists = Number(hours) <= 14 && Number(minutes) <= 59;
    return exists ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : Number.NaN;
}
