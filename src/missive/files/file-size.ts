import { sourceOf } from '../attached';

/** What Missive takes as one request, in bytes. */
export const largestBody = 10 * 1024 * 1024;

/** A file's name and size in bytes. */
export interface Sized {
    readonly filename: string;
    readonly bytes: number;
}

/** A size, for a user. */
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(2)} MB`;

/** What somebody can do whose files are too large together; there is at least one. */
export function smallerFiles(files: readonly Sized[]): string {
    const largest = files.reduce((most, each) => (each.bytes > most.bytes ? each : most));
    return `Send fewer or smaller attachments: the largest is “${largest.filename}” with ${megabytes(largest.bytes)}, and files take a third more on their way, so about 7 MB of them are the most.`;
}

/** The bytes that base64 text stands for. */
export const bytesIn = (base64: string): number => Math.floor((base64.length * 3) / 4);

/** The files in what would be sent, wherever they are in it. */
export function filesIn(body: unknown): Sized[] {
    if (typeof body !== 'object' || body === null) return [];
    const source = sourceOf(body);
    if (source) {
        const bytes = Buffer.isBuffer(source) ? source.length : (source.size ?? 0);
        return [{ filename: String((body as { filename?: unknown }).filename), bytes }];
    }
    const { filename, base64_data } = body as { filename?: unknown; base64_data?: unknown };
    if (typeof base64_data === 'string') return [{ filename: String(filename), bytes: bytesIn(base64_data) }];
    return Object.values(body).flatMap(filesIn);
}
