import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Bounds, Departures, Left } from '../../missive/guard/bounds';
import { Journal } from '../inbox/journal';
import { recordOf } from '../inbox/record';

const [hour, day] = [60 * 60_000, 24 * 60 * 60_000];
const recordSize = 60;

const files = new Map<string, Departures>();

/** What is remembered in a file, the same for all who ask for it in this process: an account that is deployed anew too. */
export function departuresIn(file: string): Departures {
    const known = files.get(file) ?? new DeparturesFile(file);
    files.set(file, known);
    return known;
}

/**
 * When messages left an account, in a file: each is on the disk before it goes, so that a crash forgets none. Two
 * Node-REDs on one user directory count together, by what stands in the file: of two at once the first one there goes.
 */
export class DeparturesFile implements Departures {
    /** Of each departure its number and its moment, in milliseconds. */
    readonly #left = new Map<number, number>();
    readonly #journal: Journal;
    /** Two Node-REDs on one user directory must not give one number twice. */
    #next = randomInt(2 ** 40);
    #opened: Promise<unknown> | undefined;
    /** What was taken back, and may still stand in the file. */
    readonly #undone = new Set<number>();
    /** What stood in the file when somebody else had written to it, in its order. */
    #order: ReadonlyMap<number, number> = new Map();
    /** The file as it would be if nobody else wrote to it: which one, and how many bytes. */
    #expected = { inode: 0, size: 0 };

    constructor(
        private readonly file: string,
        private readonly now: () => number = Date.now,
    ) {
        const whole = () => Buffer.concat([...this.#left].map(([number, at]) => recordOf({ number, at })));
        this.#journal = new Journal(file, { whole, useful: () => this.#left.size * recordSize });
    }

    async add(count: number, bounds: Bounds): Promise<{ readonly undo: () => void } | { readonly full: keyof Bounds }> {
        await this.#open();
        await this.#heard();
        const now = this.now();
        // A clock that was put back leaves moments in the future: as far away they count no more than as long ago.
        for (const [number, at] of this.#left) if (Math.abs(now - at) >= day) this.#left.delete(number);
        const full = fullAt(now, [...this.#left.values()], count, bounds);
        if (full) return { full };
        const numbers = Array.from({ length: count }, () => this.#next++);
        for (const number of numbers) this.#left.set(number, now);
        const undo = () => {
            for (const number of numbers) {
                this.#left.delete(number);
                this.#undone.add(number);
                this.#journal.note(this.#counted(recordOf({ number, at: null })));
            }
            void this.#journal.close();
        };
        try {
            const records = numbers.map((number) => this.#counted(recordOf({ number, at: now })));
            await Promise.all(records.map((each) => this.#journal.append(each)));
            // Another Node-RED may have written meanwhile.
            await this.#heard();
            const late = fullAt(now, before(this.#order, numbers), count, bounds);
            if (late) undo();
            return late ? { full: late } : { undo };
        } catch (error) {
            undo();
            throw error;
        } finally {
            // Seldom written, and nobody says when the account is gone for good.
            await this.#journal.close();
        }
    }

    async left(): Promise<Left> {
        await this.#open();
        await this.#heard();
        const left = [...this.#left.values()];
        return { hour: within(hour, this.now(), left), day: within(day, this.now(), left) };
    }

    /** A file that cannot be read holds all up: nobody knows how many have left. */
    #open(): Promise<unknown> {
        this.#opened ??= this.#read().catch((error) => {
            this.#opened = undefined;
            throw error;
        });
        return this.#opened;
    }

    /** Reads the file again where somebody else has written to it. */
    async #heard(): Promise<void> {
        const found = await stat(this.file).catch(() => undefined);
        const { inode, size } = this.#expected;
        if (found && (found.ino !== inode || found.size !== size)) await this.#read();
    }

    async #read(): Promise<void> {
        const found = await stat(this.file).catch(() => undefined);
        const { records } = await this.#journal.read();
        this.#expected = { inode: found?.ino ?? 0, size: found?.size ?? 0 };
        const order = new Map<number, number>();
        for (const { head } of records) {
            const number = Number(head.number);
            if (typeof head.at === 'number') order.set(number, head.at);
            else for (const each of [order, this.#left, this.#undone]) each.delete(number);
        }
        for (const number of this.#undone) order.delete(number);
        for (const [number, at] of order) this.#left.set(number, at);
        this.#order = order;
    }

    /** Our own part of what the file will be. */
    #counted(record: Buffer): Buffer {
        this.#expected = { ...this.#expected, size: this.#expected.size + record.length };
        return record;
    }
}

/** The bound that so many more would pass. */
function fullAt(now: number, left: readonly number[], count: number, bounds: Bounds): keyof Bounds | undefined {
    if (bounds.hour !== undefined && within(hour, now, left) + count > bounds.hour) return 'hour';
    if (bounds.day !== undefined && within(day, now, left) + count > bounds.day) return 'day';
    return undefined;
}

const within = (ms: number, now: number, left: readonly number[]): number =>
    left.filter((at) => Math.abs(now - at) < ms).length;

/** The moments of what stands before these in a file that somebody else writes to as well; none where these are not in it. */
function before(order: ReadonlyMap<number, number>, numbers: readonly number[]): readonly number[] {
    const all = [...order];
    const first = all.findIndex(([number]) => numbers.includes(number));
    return all.slice(0, Math.max(0, first)).map(([, at]) => at);
}
