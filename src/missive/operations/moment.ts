import { types } from 'node:util';
import { expected } from '../expected';
import { quoted } from '../reading/address-text';
import { trimmed } from '../reading/hidden';
import { fromNumber, fromText } from '../reading/moment-text';

/** No date that people write is longer. */
const longest = 200;

/** JavaScript counts on beyond the year 9999; Missive need not. */
const end = Date.UTC(10_000, 0);

/**
 * A point in time in whole Unix seconds, from a Date, an ISO text, a mail header's date, words such as "in 2 hours", or a
 * number of seconds (10 digits) or milliseconds (13), also as text. Where no zone is given, the machine's counts; a date
 * alone is its midnight.
 */
export function parseMoment(value: unknown): number {
    const milliseconds = read(value);
    if (milliseconds >= 0 && milliseconds < end) return Math.floor(milliseconds / 1000);
    const wanted =
        'a date that exists, such as 2026-12-01T09:00:00Z or “tomorrow 9:00”, or Unix seconds with ten digits';
    // Longer text is no date that was written wrong: it may be a message in the wrong field.
    if (typeof value === 'string' && /^.{1,40}$/.test(value.trim()))
        throw new TypeError(`should be ${wanted}, but is ${quoted(value.trim())}`);
    throw typeof value === 'number' && Number.isFinite(value)
        ? new TypeError(`should be ${wanted}, but is ${value}`)
        : expected(wanted, value);
}

function read(value: unknown): number {
    // A function node may have a Date of its own.
    if (types.isDate(value)) return value.getTime();
    if (typeof value === 'string') return value.length > longest ? Number.NaN : fromText(trimmed(value), new Date());
    return typeof value === 'number' ? fromNumber(value) : Number.NaN;
}
