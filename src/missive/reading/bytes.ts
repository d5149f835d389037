import { types } from 'node:util';

/** Bytes as a flow has them: of a Buffer or typed array of any realm, or as JSON makes of a Buffer on the way. */
export function bytesOf(value: unknown): Buffer | undefined {
    // A function node runs in a realm of its own: no `instanceof` knows what it makes.
    if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (types.isAnyArrayBuffer(value)) return Buffer.from(value);
    if (typeof value !== 'object' || value === null) return undefined;
    const { type, data } = value as { type?: unknown; data?: unknown };
    return type === 'Buffer' && Array.isArray(data) && data.every(isByte) ? Buffer.from(data) : undefined;
}

/** Buffer.from would make a byte of anything. */
const isByte = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;

/**
 * What base64 says, with line breaks, in the alphabet of web addresses too; undefined where it is none. A blank within a
 * line is none: it stands between words, or for a `+` that was lost in a web form.
 */
export function fromBase64(text: string): Buffer | undefined {
    const data = text.trim().replace(/[ \t]*[\r\n]\s*/g, '');
    const bare = data.replace(/={1,2}$/, '');
    if (bare.length % 4 === 1 || !/^(?:[A-Za-z\d+/]*|[\w-]*)$/.test(bare)) return undefined;
    // Bits that stand for nothing are zero: words of two or three letters too many rarely end so.
    const rest = bare
        .slice(bare.length - (bare.length % 4))
        .replace(/-/g, '+')
        .replace(/_/g, '/');
    const again = Buffer.from(rest, 'base64').toString('base64').replace(/=+$/, '');
    return again === rest ? Buffer.from(bare, 'base64') : undefined;
}

/** The bytes of a data URL; undefined where a text is none. */
export function fromDataUrl(text: string): Buffer | undefined {
    if (!/^data:/i.test(text)) return undefined;
    const comma = text.indexOf(',');
    const head = text.slice(0, comma);
    if (comma < 0 || head.length > 1000) return undefined;
    try {
        const data = text.slice(comma + 1);
        const said = data.includes('%') ? decodeURIComponent(data) : data;
        return /;\s*base64$/i.test(head) ? fromBase64(said) : Buffer.from(said);
    } catch {
        return undefined;
    }
}

/**
 * Whether a text that nothing says anything of is base64: whole groups of four in its first alphabet, in one line or in
 * lines of one length. A word such as "password" could be, too, but nobody who has a file calls it that.
 */
export function looksLikeBase64(text: string): boolean {
    const lines = text.trim().split(/\r\n|\n/);
    const length = lines[0]?.length ?? 0;
    const last = lines.pop() ?? '';
    if (!/^[A-Za-z\d+/]+={0,2}$/.test(last) || last.length % 4 !== 0 || last.length > length) return false;
    if (!lines.every((line) => line.length === length && length % 4 === 0 && /^[A-Za-z\d+/]+$/.test(line)))
        return false;
    // A checksum or an id is written so, no file.
    if (/^[\da-f]+$/i.test(text.trim())) return false;
    return text.length > 40 || last.endsWith('=') || !word.test(text.trim());
}

const word = /^(?:[A-Z]?[a-z]*\d*[a-z]*|[A-Z]+)(?:[/+](?:[A-Z]?[a-z]*\d*[a-z]*|[A-Z]+))*$/;

/** First bytes of the files that flows attach most; a file without an ending would not open at the customer's. */
const beginnings: readonly (readonly [string, string])[] = [
    ['%PDF', '.pdf'],
    ['\x89PNG', '.png'],
    ['\xff\xd8\xff', '.jpg'],
    ['GIF8', '.gif'],
    ['PK\x03\x04', '.zip'],
];

/** The ending of a file's name by its first bytes; blank where they say nothing. */
export const endingOf = (bytes: Buffer): string =>
    beginnings.find(([start]) => bytes.subarray(0, start.length).toString('latin1') === start)?.[1] ?? '';
