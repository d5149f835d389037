import { types } from 'node:util';

/**
 * The error of a field that got something else. The value itself is left out: it may be the text of a message.
 */
export const expected = (wanted: string, got: unknown): TypeError =>
    new TypeError(`should be ${wanted}, but is ${describe(got)}`);

function describe(value: unknown): string {
    if (value === null) return 'null';
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
    if (Buffer.isBuffer(value)) return 'a Buffer';
    if (ArrayBuffer.isView(value)) return 'a list of bytes';
    if (types.isDate(value)) return 'a date that is none';
    if (typeof value === 'string') return value.trim() === '' ? 'blank text' : `text of ${value.length} characters`;
    if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
    if (typeof value === 'boolean') return String(value);
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
