import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Row } from './watched';

/** So many bytes of rows stay in memory; what is more waits in a file of the system's folder for such things. */
const inMemory = 4 * 1024 * 1024;

/** Groups of rows that come the latest first and are wanted the oldest first, however many they are. */
export class Reversed {
    readonly #groups: ({ readonly rows: Buffer } | { readonly from: number; readonly length: number })[] = [];
    #bytes = 0;
    #length = 0;
    #folder: string | undefined;

    async add(rows: readonly Row[]): Promise<void> {
        if (rows.length === 0) return;
        const bytes = Buffer.from(JSON.stringify(rows));
        if (this.#bytes + bytes.length <= inMemory) {
            this.#bytes += bytes.length;
            this.#groups.push({ rows: bytes });
            return;
        }
        this.#folder ??= await mkdtemp(path.join(tmpdir(), 'missive-watch-'));
        const file = await open(this.#file(), 'a', 0o600);
        try {
            await file.appendFile(bytes);
        } finally {
            await file.close();
        }
        this.#groups.push({ from: this.#length, length: bytes.length });
        this.#length += bytes.length;
    }

    /** All rows, the last one of the last group first. */
    async *rows(): AsyncGenerator<Row, void, void> {
        for (let group = this.#groups.pop(); group; group = this.#groups.pop()) {
            const bytes = 'rows' in group ? group.rows : await this.#read(group.from, group.length);
            const rows: Row[] = JSON.parse(bytes.toString());
            for (const row of rows.reverse()) yield row;
        }
    }

    async close(): Promise<void> {
        if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
        this.#folder = undefined;
    }

    #file(): string {
        return path.join(this.#folder ?? '', 'rows');
    }

    async #read(from: number, length: number): Promise<Buffer> {
        const file = await open(this.#file(), 'r');
        try {
            const bytes = Buffer.alloc(length);
            await file.read(bytes, 0, length, from);
            return bytes;
        } finally {
            await file.close();
        }
    }
}
