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
    /** By how much the clock that `alive` was read from was ahead of Missive's, in milliseconds. */
    #ahead: number | undefined;
    #timer: NodeJS.Timeout | undefined;
    /** When `alive` was last right, by the clock that nobody sets. */
    #beaten = performance.now();

    constructor(
        private readonly file: string,
        private readonly now: () => number = Date.now,
        /** By how much this computer's clock is ahead of Missive's, as far as that is known. */
        private readonly ahead: () => number | undefined = () => undefined,
    ) {}

    /** Reads the file: to be called before all else, once it is this Node-RED's. */
    read(): void {
        try {
            const stored = object(JSON.parse(readFileSync(this.file, 'utf8')));
            this.#alive = typeof stored.alive === 'number' ? stored.alive : undefined;
            this.#ahead = typeof stored.ahead === 'number' ? stored.ahead : undefined;
            this.#rules = { ...(object(stored.rules) as Record<string, Json>) };
        } catch {
            // Never here before, or a file that says nothing: then nothing is known to be missed.
        }
    }

    /** Since when events may be missing, in milliseconds; `undefined` where none can be. */
    get missedSince(): number | undefined {
        return this.#alive !== undefined && this.now() - this.#alive > retryTime ? this.#alive : undefined;
    }

    /** The same moment by Missive's clock, whose events are looked for. */
    get missedFrom(): number | undefined {
        const since = this.missedSince;
        return since === undefined ? undefined : since - (this.#ahead ?? 0);
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
        if (this.missedSince !== undefined) this.#live(this.now());
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
            this.#live(now);
            this.#beaten = performance.now();
        }
        this.#store();
    }

    #live(now: number): void {
        this.#alive = now;
        this.#ahead = this.ahead() ?? this.#ahead;
    }

    #store(): void {
        try {
            mkdirSync(path.dirname(this.file), { recursive: true });
            writeFileSync(
                `${this.file}.new`,
                JSON.stringify({ alive: this.#alive, ahead: this.#ahead, rules: this.#rules }),
                {
                    mode: 0o600,
                },
            );
            renameSync(`${this.file}.new`, this.file);
        } catch {
            // The next beat tries again; at worst something is looked for twice.
        }
    }
}
