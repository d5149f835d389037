/** Bytes that are read when their request is written; `size` where it is known before. */
export interface Later {
    readonly size: number | undefined;
    read(): Promise<Buffer>;
}

const sources = new WeakMap<object, Buffer | Later>();

/**
 * A file as the API takes it. Its bytes stay what they are, or where they are, until the request is written: in base64
 * they take a third more, and in the heap. A copy of one that is still to be read would be empty, so it cannot be made.
 */
export function attached<T extends { readonly filename: string }>(
    facts: T,
    source: Buffer | Later,
): T & { readonly base64_data: string } {
    const file = Object.defineProperty({ ...facts }, 'base64_data', {
        enumerable: true,
        get() {
            if (Buffer.isBuffer(source)) return source.toString('base64');
            throw new Error(`The file “${facts.filename}” has not been read yet.`);
        },
    }) as T & { readonly base64_data: string };
    sources.set(file, source);
    return file;
}

/** Where the bytes of a file are, if it was made by `attached`. */
export const sourceOf = (file: object): Buffer | Later | undefined => sources.get(file);
