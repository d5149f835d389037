import { constants } from 'node:fs';
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../user-folder';
import { type Record, recordsIn } from './record';

/** A record that waits to be written. */
interface Waiting {
    readonly bytes: Buffer;
    readonly synced: boolean;
    readonly written: () => void;
    readonly failed: (error: Error) => void;
}

/** What can wait is written so many milliseconds later, unless something else is written before. */
const aWhile = 5;

const none = Buffer.alloc(0);

/** So often it is looked whether the file is still in its place, in milliseconds. */
const look = 1_000;

const { O_APPEND, O_CREAT, O_WRONLY, O_DSYNC } = constants;

/**
 * On Linux what is written to a file that was opened so is on the disk when the write is done: one task for another
 * thread instead of two. Elsewhere such a flag does less than a sync, or is missing.
 */
const syncsItself = process.platform === 'linux' && O_DSYNC !== undefined;
const toAppend = syncsItself ? O_APPEND | O_CREAT | O_WRONLY | O_DSYNC : 'a';

/** From this size on a file is written anew when more than half of it is of no use any more. */
const worthwhile = 4 * 1024 * 1024;

/**
 * An append-only file. What comes while the disk is busy is written and synced together, so hundreds of records a
 * second cost a handful of syncs. After a failed write nobody knows what is on the disk: the next one writes the whole
 * file anew, beside the old one, and puts it in its place by a rename.
 */
export class Journal {
    readonly #waiting: Waiting[] = [];
    #handle: FileHandle | undefined;
    #running: Promise<void> | undefined;
    /** Something waits that is to be written at once. */
    #urgent = false;
    #timer: NodeJS.Timeout | undefined;
    #size = 0;
    #rewrite = false;
    #looked = Number.NEGATIVE_INFINITY;
    /** Somebody else writes the file. */
    #abandoned = false;

    /** `whole`: the records of everything that is worth keeping; `useful`: about how many bytes these are. */
    constructor(
        private readonly file: string,
        private readonly state: { whole(): Buffer; useful(): number },
        private readonly mine: () => boolean = () => true,
    ) {}

    /** Everything in the file. Rejects where it is there and cannot be read. To be called before any append. */
    async read(): Promise<{ readonly records: readonly Record[]; readonly damaged: number }> {
        this.#abandoned = false;
        const bytes = await readFile(this.file).catch((error: NodeJS.ErrnoException) => {
            if (error.code === 'ENOENT') return Buffer.alloc(0);
            throw diskError(this.file, error);
        });
        const found = recordsIn(bytes);
        this.#size = bytes.length;
        this.#rewrite = found.damaged > 0;
        return found;
    }

    /** Resolves when the record is on the disk; `written` is called before anything else is written. */
    append(bytes: Buffer, written: () => void = () => {}): Promise<void> {
        return new Promise((resolve, reject) => {
            const settled = () => {
                written();
                resolve();
            };
            this.#waiting.push({ bytes, synced: true, written: settled, failed: reject });
            this.#start();
        });
    }

    /** The same for what nothing else waits for: goes with the next record, which saves a sync, or a moment later. */
    appendSoon(bytes: Buffer): Promise<void> {
        return new Promise((resolve, reject) => {
            this.#waiting.push({ bytes, synced: true, written: resolve, failed: reject });
            this.#startSoon();
        });
    }

    /** Writes a record whose loss would do little harm: nobody waits for it, and it waits for others. */
    note(bytes: Buffer): void {
        this.#waiting.push({ bytes, synced: false, written: () => {}, failed: () => {} });
        this.#startSoon();
    }

    /** Writes what waits, and lets go of the file until the next record. */
    async close(): Promise<void> {
        if (this.#waiting.length > 0) this.#start();
        while (this.#running) await this.#running;
        const handle = this.#handle;
        this.#handle = undefined;
        await handle?.close().catch(() => undefined);
    }

    /** Somebody else has the file by now: nothing of what waits is written, nor of what comes, until it is read again. */
    abandon(): void {
        this.#abandoned = true;
        this.#start();
    }

    /** Takes the file away. */
    async remove(): Promise<void> {
        await this.close();
        await rm(this.file, { force: true });
    }

    #start(): void {
        this.#urgent = true;
        this.#running ??= this.#run().finally(() => {
            this.#running = undefined;
            if (this.#urgent) this.#start();
            else if (this.#waiting.length > 0) this.#startSoon();
        });
    }

    #startSoon(): void {
        if (this.#running || this.#timer) return;
        this.#timer = setTimeout(() => {
            this.#timer = undefined;
            if (this.#waiting.length > 0) this.#start();
        }, aWhile);
    }

    async #run(): Promise<void> {
        while (this.#urgent) {
            // Not at once: what comes in the same turn goes with it.
            await new Promise(setImmediate);
            this.#urgent = false;
            const batch = this.#waiting.splice(0);
            try {
                if (this.#abandoned || !this.mine()) throw new Error('Another Node-RED has it by now.');
                if (this.#rewrite || this.#wasteful() || (await this.#isGone())) await this.#writeAnew();
                await this.#write(batch);
                for (const { written } of batch) written();
            } catch (cause) {
                this.#rewrite = true;
                const error = diskError(this.file, cause);
                for (const { failed } of batch) failed(error);
            }
        }
    }

    /** Whether somebody has taken the file away that is open: what is written to it would be nowhere. */
    async #isGone(): Promise<boolean> {
        if (!this.#handle || performance.now() - this.#looked < look) return false;
        this.#looked = performance.now();
        return access(this.file).then(
            () => false,
            (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
        );
    }

    #wasteful(): boolean {
        return this.#size > worthwhile && this.#size > 2 * this.state.useful();
    }

    async #write(batch: readonly Waiting[]): Promise<void> {
        this.#handle ??= await this.#open();
        const [{ bytes: alone } = { bytes: none }] = batch;
        const bytes = batch.length === 1 ? alone : Buffer.concat(batch.map((each) => each.bytes));
        // `appendFile` would do the same with half a dozen promises more.
        for (let from = 0; from < bytes.length; )
            from += (await this.#handle.write(bytes, from, bytes.length - from)).bytesWritten;
        if (!syncsItself && batch.some(({ synced }) => synced)) await this.#handle.datasync();
        this.#size += bytes.length;
    }

    async #open(): Promise<FileHandle> {
        await mkdir(path.dirname(this.file), { recursive: true });
        const handle = await open(this.file, toAppend, 0o600);
        await syncFolder(path.dirname(this.file));
        return handle;
    }

    async #writeAnew(): Promise<void> {
        const fresh = `${this.file}.new`;
        await mkdir(path.dirname(this.file), { recursive: true });
        const whole = this.state.whole();
        const handle = await open(fresh, 'w', 0o600);
        try {
            await handle.appendFile(whole);
            await handle.sync();
        } catch (error) {
            // On a full disk the half of it would take what room is left.
            await rm(fresh, { force: true }).catch(() => undefined);
            throw error;
        } finally {
            await handle.close();
        }
        // Windows renames no file that is open.
        await this.#handle?.close();
        this.#handle = undefined;
        if (this.#abandoned) {
            await rm(fresh, { force: true });
            throw new Error('Another Node-RED has it by now.');
        }
        await rename(fresh, this.file);
        this.#handle = await this.#open();
        this.#size = whole.length;
        this.#rewrite = false;
    }
}

/** Puts a file's name on the disk too; Windows cannot, and need not. */
async function syncFolder(folder: string): Promise<void> {
    const handle = await open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
}
