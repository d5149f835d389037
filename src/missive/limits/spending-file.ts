import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ledger, Spending } from './ledger';
import { SpendingBeside } from './spending-beside';
import { contentOf, spendingOf, textOf } from './spending-text';

/** Milliseconds between two times of writing. */
const pause = 1000;

/** After this many milliseconds no file says anything any more. */
const old = 2 * 3600_000;

/** This process' part of the names of its files: one for all copies of this module. */
const slot = Symbol.for('@missive-community/node-red-missive.spending.v1');

function ownName(): string {
    const shared = globalThis as { [slot]?: string };
    shared[slot] ??= randomBytes(4).toString('hex');
    return shared[slot];
}

/**
 * What a limiter has spent, in a small file, so that it still counts after a restart. Neither token nor address is in it.
 * Each process has a file of its own and counts those of all others: of those before it, and of those that run beside it
 * in the same folder, as in a rolling update.
 */
export class SpendingFile {
    readonly #file: string;
    readonly #beside: SpendingBeside;
    readonly #log: (sentence: string) => void;
    #ledger: Ledger | undefined;
    #timer: NodeJS.Timeout | undefined;
    #writing = false;
    /** Something was spent while it was being written. */
    #behind = false;
    #failed = false;
    /** How often it was closed: what was begun before that is old. */
    #closed = 0;

    /** `log` is told once where the file cannot be written or read. */
    constructor(folder: string, key: string, log: (sentence: string) => void) {
        // Files of before have 16 characters of the key.
        const token = `limiter-${key.slice(0, 8)}`;
        const own = `${token}${ownName()}.json`;
        this.#file = path.join(folder, own);
        this.#beside = new SpendingBeside(
            folder,
            (name) => name.startsWith(token) && name.endsWith('.json') && name !== own,
        );
        this.#log = log;
    }

    /**
     * What this process has spent before; `undefined` where there is no file, `damaged` where it or another one's cannot be
     * made out. What others have spent counts with the first permit.
     */
    read(): Spending | 'damaged' | undefined {
        this.#tidy();
        if (this.#beside.damaged) return this.#damaged();
        let text: string;
        try {
            text = readFileSync(this.#file, 'utf8');
        } catch (error) {
            if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
            return this.#damaged(reasonOf(error));
        }
        const content = contentOf(text);
        return content ? spendingOf(content) : this.#damaged();
    }

    /** Writes whatever this ledger spends from now on, and tells it what others spend. */
    follow(ledger: Ledger): void {
        this.#ledger = ledger;
        ledger.beside = () => this.#beside.look();
        ledger.changed = () => this.#soon();
    }

    /** Writes what there is, and that nothing more comes. */
    close(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#closed++;
        if (!this.#ledger) return;
        try {
            mkdirSync(path.dirname(this.#file), { recursive: true });
            writeFileSync(`${this.#file}.closing`, this.#text(true), { mode: 0o600 });
            renameSync(`${this.#file}.closing`, this.#file);
        } catch (error) {
            this.#fails(error);
        }
    }

    #soon(): void {
        this.#behind = this.#writing;
        if (this.#timer || this.#writing) return;
        this.#timer = setTimeout(() => void this.#write(), pause);
        this.#timer.unref();
    }

    /** First beside the file, then in its place, so that there is a whole one at any moment. */
    async #write(): Promise<void> {
        this.#timer = undefined;
        this.#writing = true;
        const begun = this.#closed;
        try {
            mkdirSync(path.dirname(this.#file), { recursive: true });
            const text = this.#text(false);
            await writeFile(`${this.#file}.new`, text, { mode: 0o600 });
            // What was begun before it was closed is not put in the place of what was written then.
            if (begun === this.#closed) renameSync(`${this.#file}.new`, this.#file);
        } catch (error) {
            this.#fails(error);
        }
        this.#writing = false;
        if (this.#behind) this.#soon();
    }

    #text(closed: boolean): string {
        return textOf(this.#ledger?.spending() ?? { finished: [], inFlight: 0, held: 0 }, closed);
    }

    #damaged(reason = 'damaged'): 'damaged' {
        this.#log(
            `What was sent to Missive before the restart cannot be read (${reason}), so the queue begins cautiously: ${this.#file}`,
        );
        return 'damaged';
    }

    #fails(error: unknown): void {
        if (this.#failed) return;
        this.#failed = true;
        this.#log(`What is sent to Missive cannot be kept for the next start (${reasonOf(error)}): ${this.#file}`);
    }

    /** Files of tokens that are not used any more. */
    #tidy(): void {
        const folder = path.dirname(this.#file);
        try {
            for (const name of readdirSync(folder)) {
                const file = path.join(folder, name);
                if (/^limiter-[0-9a-f]{16}\.json/.test(name) && Date.now() - statSync(file).mtimeMs > old) rmSync(file);
            }
        } catch {
            // Nothing depends on it.
        }
    }
}

const reasonOf = (error: unknown): string => String(error instanceof Error && 'code' in error ? error.code : error);
