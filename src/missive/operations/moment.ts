import { expected } from '../expected';

/** Below this a number counts seconds, from it on milliseconds: 1e11 seconds is the year 5138, 1e11 ms is 1973. */
const firstMilliseconds = 1e11;

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** `Tue, 24 Nov 2026 05:36:02 +0100` of mail headers, `Tue Nov 24 2026 05:36:02 GMT+0100 (…)` of JavaScript. */
const spelled =
    /^(?:[a-z]{3},? )?(?:\d{1,2} [a-z]{3} \d{4}|[a-z]{3} \d{1,2} \d{4}) \d{2}:\d{2}(?::\d{2})?(?: (?:GMT|UTC|Z)?(?:[+-]\d{4})?(?: \(.*\))?)?$/i;

/**
 * A point in time in whole Unix seconds, from a Date, an ISO text, a mail header's date, or a number of seconds or
 * milliseconds (also as text). A date without a time is midnight UTC; a time without a zone is this computer's.
 */
export function parseMoment(value: unknown): number {
    const milliseconds =
        value instanceof Date
            ? value.getTime()
            : typeof value === 'string'
              ? fromText(value.trim())
              : fromNumber(value);
    if (!Number.isFinite(milliseconds)) throw expected('a date, such as 2026-12-01T09:00:00Z, or Unix seconds', value);
    return Math.floor(milliseconds / 1000);
}

const fromNumber = (value: unknown): number =>
    typeof value === 'number' ? (Math.abs(value) < firstMilliseconds ? value * 1000 : value) : Number.NaN;

function fromText(text: string): number {
    if (/^-?\d+(\.\d+)?$/.test(text)) return fromNumber(Number(text));
    const date = iso.exec(text);
    // JavaScript takes 30 February for 2 March, and "order 5" for a day in May.
    if (date) return isInCalendar(Number(date[1]), Number(date[2]), Number(date[3])) ? Date.parse(text) : Number.NaN;
    return spelled.test(text) ? Date.parse(text) : Number.NaN;
}

const isInCalendar = (year: number, month: number, day: number): boolean =>
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
