import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { object } from '../../../missive/events/event-filter';

type Json = Readonly<Record<string, unknown>>;

const beat = 30_000;
/** So long Missive delivers again, in milliseconds: who is back sooner has missed nothing. */
export const retryTime = 8 * 60_000;

/** When a node was last able to receive, and which rules have called it. */
export class Presence {
    #alive: number | undefined;
    #rules: Record<string, Json> = {};
    #timer: NodeJS.Timeout | undefined;

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

    /** From now on nothing is missed: says so in the file every half a minute. */
    start(): void {
        this.#write();
        this.#timer ??= setInterval(() => this.#write(), beat).unref();
    }

    stop(): void {
        if (this.#timer) this.#write();
        clearInterval(this.#timer);
        this.#timer = undefined;
    }

    /** Takes the file away. */
    discard(): void {
        rmSync(this.file, { force: true });
    }

    #write(): void {
        this.#alive = this.now();
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
