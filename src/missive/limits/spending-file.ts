import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Ledger, limits, type Spending } from './ledger';

/** Milliseconds between two times of writing. */
const pause = 1000;

/** Requests that may have gone out after the last time of writing, where nobody has closed the file. */
const unwritten = 10;

/** After this many milliseconds no file says anything any more. */
const old = 24 * 3600_000;

/** What is in the file; times by the clock, as it outlives the process. */
interface Content {
    readonly finished: readonly number[];
    readonly inFlight: number;
    readonly heldUntil: number;
    /** Whether the one who wrote it has stopped in good order. */
    readonly closed: boolean;
}

/** What a limiter has spent, in a small file, so that it still counts after a restart. Neither token nor address is in it. */
export class SpendingFile {
    readonly #file: string;
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
        this.#file = path.join(folder, `limiter-${key.slice(0, 16)}.json`);
        this.#log = log;
    }

    /** What was spent before; `undefined` where there is no file, `damaged` where it cannot be made out. */
    read(): Spending | 'damaged' | undefined {
        this.#tidy();
        let text: string;
        try {
            text = readFileSync(this.#file, 'utf8');
        } catch (error) {
            if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
            return this.#damaged();
        }
        const content = contentOf(text);
        return content ? spendingOf(content) : this.#damaged();
    }

    /** Writes whatever this ledger spends from now on. */
    follow(ledger: Ledger): void {
        this.#ledger = ledger;
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
        const now = Date.now();
        const { finished, inFlight, held } = this.#ledger?.spending() ?? { finished: [], inFlight: 0, held: 0 };
        const content: Content = {
            finished: finished.map((age) => Math.round(now - age)),
            inFlight,
            heldUntil: held > 0 ? Math.round(now + held) : 0,
            closed,
        };
        return `${JSON.stringify(content)}\n`;
    }

    #damaged(): 'damaged' {
        this.#log(
            'What was sent to Missive before the restart cannot be read from its file, so the queue begins cautiously.',
        );
        return 'damaged';
    }

    #fails(error: unknown): void {
        if (this.#failed) return;
        this.#failed = true;
        const reason = error instanceof Error && 'code' in error ? error.code : error;
        this.#log(`What is sent to Missive cannot be kept for the next start (${reason}): ${this.#file}`);
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

function contentOf(text: string): Content | undefined {
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (typeof content !== 'object' || content === null) return undefined;
    const { finished, inFlight, heldUntil } = content as Partial<Record<keyof Content, unknown>>;
    const numbers: unknown[] = Array.isArray(finished) ? [inFlight, heldUntil, ...finished] : [undefined];
    return numbers.every((each) => Number.isFinite(each)) ? (content as Content) : undefined;
}

/** Times by the clock as ages. A clock that was put back since makes no request younger than now. */
function spendingOf({ finished, inFlight, heldUntil, closed }: Content): Spending {
    const now = Date.now();
    const longest = Math.max(...limits.windows.map(({ span }) => span));
    const ages = finished.map((at) => Math.max(0, now - at)).sort((x, y) => y - x);
    return {
        finished: ages,
        inFlight: Math.min(limits.inFlight, inFlight) + (closed ? 0 : unwritten),
        held: Math.min(longest, Math.max(0, heldUntil - now)),
    };
}
