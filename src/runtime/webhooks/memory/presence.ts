import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { object } from '../../../missive/events/event-filter';

type Json = Readonly<Record<string, unknown>>;

const beat = 30_000;
/** So long Missive delivers again, in milliseconds: who is back sooner has missed nothing. */
export const retryTime = 8 * 60_000;

/** So long a clock that is behind the file may be wrong, in milliseconds; after that it was the file's that was. */
const patience = 60 * 60_000;

/** When a node was last able to receive, and which rules have called it. */
export class Presence {
    #alive: number | undefined;
    #rules: Record<string, Json> = {};
    #timer: NodeJS.Timeout | undefined;
    /** When `alive` was last right, by the clock that nobody sets. */
    #beaten = performance.now();

    constructor(
        private readonly file: string,
        private readonly now: () => number = Date.now,
    ) {}

    /** Reads the file: to be called before all else, once it is this Node-RED's. */
    read(): void {
        try {
            const stored = object(JSON.parse(readFileSync(this.file, 'utf8')));
            this.#alive = typeof stored.alive === 'number' ? stored.alive : undefined;
            this.#rules = { ...(object(stored.rules) as Record<string, Json>) };
        } catch {
            // Never here before, or a file that says nothing: then nothing is known to be missed.
        }
    }

    /** Since when events may be missing, in milliseconds; `undefined` where none can be. */
    get missedSince(): number | undefined {
        return this.#alive !== undefined && this.now() - this.#alive > retryTime ? this.#alive : undefined;
    }

    get rules(): Readonly<Record<string, Json>> {
        return this.#rules;
    }

    /** A rule has called. */
    called(rule: unknown): void {
        const { id, type } = object(rule);
        if (typeof type !== 'string' || id === undefined || this.#rules[type]?.id === id) return;
        this.#rules[type] = object(rule);
        if (this.#timer) this.#write();
    }

    /** From now on nothing is missed: says so in the file every half a minute. `gap`: it was away, or the clock was wrong. */
    start(gap: () => void): void {
        // What the last look was for is over; a clock that is behind the file is not right yet.
        if (this.missedSince !== undefined) this.#alive = this.now();
        this.#beaten = performance.now();
        this.#write();
        this.#timer ??= setInterval(() => this.#beat(gap), beat).unref();
    }

    stop(): void {
        if (this.#timer) this.#write();
        clearInterval(this.#timer);
        this.#timer = undefined;
    }

    /** Between two beats of a machine that slept, or whose clock was set, lies more than Missive delivers again in. */
    #beat(gap: () => void): void {
        if (this.missedSince === undefined) {
            this.#write();
            return;
        }
        clearInterval(this.#timer);
        this.#timer = undefined;
        gap();
    }

    /** Takes the file away. */
    discard(): void {
        rmSync(this.file, { force: true });
    }

    #write(): void {
        const now = this.now();
        // What is not looked for yet is not to be forgotten.
        const isUnclear = this.missedSince !== undefined;
        const isBehind = this.#alive !== undefined && now < this.#alive;
        if (!isUnclear && !(isBehind && performance.now() - this.#beaten < patience)) {
            this.#alive = now;
            this.#beaten = performance.now();
        }
        this.#store();
    }

    #store(): void {
        try {
            mkdirSync(path.dirname(this.file), { recursive: true });
            writeFileSync(`${this.file}.new`, JSON.stringify({ alive: this.#alive, rules: this.#rules }), {
                mode: 0o600,
            });
            renameSync(`${this.file}.new`, this.file);
        } catch {
            // The next beat tries again; at worst something is looked for twice.
        }
    }
}
