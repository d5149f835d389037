import { randomUUID } from 'node:crypto';
import { type Later, sourceOf } from '../attached';
import type { Sized } from '../files/file-size';

/** A body with files, taken apart: what waits is its text without them, and those bytes that are here already. */
export interface Packed {
    /** Bytes that are in memory while it waits. */
    readonly held: number;
    /** Bytes of the whole, as far as they are known. */
    readonly size: number;
    readonly files: readonly Sized[];
    /** The whole as JSON; reads what is still to be read. */
    write(): Promise<string>;
}

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null;

/** The body with its files cut out; `undefined` where it has none. `write` makes JSON. */
export function packed(body: unknown, write: (body: unknown) => string): Packed | undefined {
    if (!isThing(body)) return undefined;
    const mark = `missive-file-${randomUUID()}-`;
    const files: { readonly filename: string; readonly source: Buffer | Later }[] = [];
    const cut = (file: unknown): unknown => {
        const source = isThing(file) ? sourceOf(file) : undefined;
        if (!isThing(file) || !source) return file;
        files.push({ filename: String(file.filename), source });
        const facts = Object.entries(Object.getOwnPropertyDescriptors(file)).map(([key, { value }]) => [key, value]);
        return { ...Object.fromEntries(facts), base64_data: `${mark}${files.length - 1}-` };
    };
    const without = (thing: unknown): unknown =>
        isThing(thing) && Array.isArray(thing.attachments)
            ? { ...thing, attachments: thing.attachments.map(cut) }
            : thing;
    // An envelope holds one thing or a list of them.
    const bare = Object.fromEntries(
        Object.entries(body).map(([key, inside]) => [
            key,
            Array.isArray(inside) ? inside.map(without) : without(inside),
        ]),
    );
    if (files.length === 0) return undefined;
    const [first = '', ...rest] = write(bare).split(new RegExp(`${mark}(?=\\d+-)`));
    const text = first.length + rest.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
    const here = files.reduce((sum, { source }) => sum + (Buffer.isBuffer(source) ? source.length : 0), 0);
    const sized = files.map(({ filename, source }) => ({ filename, bytes: sizeOf(source) }));
    return {
        held: text + here,
        size: text + sized.reduce((sum, { bytes }) => sum + Math.ceil(bytes / 3) * 4, 0),
        files: sized,
        async write() {
            const parts = [first];
            for (const part of rest) {
                const [number = ''] = part.split('-', 1);
                const source = files[Number(number)]?.source;
                const bytes = source && !Buffer.isBuffer(source) ? await source.read() : source;
                parts.push(bytes?.toString('base64') ?? '', part.slice(number.length + 1));
            }
            return parts.join('');
        },
    };
}

const sizeOf = (source: Buffer | Later): number => (Buffer.isBuffer(source) ? source.length : (source.size ?? 0));
