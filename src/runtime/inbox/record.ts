import { crc32 } from 'node:zlib';

/** A record of a journal: a small JSON object, and bytes where it carries some. */
export interface Record {
    readonly head: Readonly<globalThis.Record<string, unknown>>;
    readonly body: Buffer;
}

/** Begins every record, so that what follows a damaged one is found again. JSON text holds no such bytes. */
const mark = Buffer.from([0x00, 0x4d, 0x4a, 0x01]);
const before = mark.length + 8;
const none = Buffer.alloc(0);

/** A record as bytes: mark, length, CRC-32, then the head as JSON, a line feed and the body. */
export function recordOf(head: object, body: Buffer = none): Buffer {
    const first = `${JSON.stringify(head)}\n`;
    const from = before + Buffer.byteLength(first);
    const record = Buffer.allocUnsafe(from + body.length);
    mark.copy(record);
    record.write(first, before);
    body.copy(record, from);
    record.writeUInt32BE(record.length - before, mark.length);
    record.writeUInt32BE(crc32(record.subarray(before)), mark.length + 4);
    return record;
}

/**
 * The whole records in a file's bytes, oldest first, and how many bytes belong to none: a tail that was being written
 * when the power went, or a block that the disk lost. Never throws.
 */
export function recordsIn(file: Buffer): { readonly records: readonly Record[]; readonly damaged: number } {
    const records: Record[] = [];
    let damaged = 0;
    for (let at = 0; at < file.length; ) {
        const content = contentAt(file, at);
        const record = content && parsed(content);
        if (content && record) {
            records.push(record);
            at += before + content.length;
            continue;
        }
        const next = file.indexOf(mark, at + 1);
        damaged += (next < 0 ? file.length : next) - at;
        at = next < 0 ? file.length : next;
    }
    return { records, damaged };
}

function contentAt(file: Buffer, at: number): Buffer | undefined {
    if (at + before > file.length || !file.subarray(at, at + mark.length).equals(mark)) return undefined;
    const length = file.readUInt32BE(at + mark.length);
    const content = file.subarray(at + before, at + before + length);
    return content.length === length && crc32(content) === file.readUInt32BE(at + mark.length + 4)
        ? content
        : undefined;
}

function parsed(content: Buffer): Record | undefined {
    const end = content.indexOf(0x0a);
    try {
        const head: unknown = JSON.parse(content.subarray(0, end).toString());
        // A copy of the body: a view would keep the whole file in memory.
        return { head: head as Record['head'], body: Buffer.from(content.subarray(end + 1)) };
    } catch {
        return undefined;
    }
}
