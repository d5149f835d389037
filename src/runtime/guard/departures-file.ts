import { randomInt } from 'node:crypto';
import type { Bounds, Departures } from '../../missive/guard/bounds';
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

/** When messages left an account, in a file: each is on the disk before it goes, so that a crash forgets none. */
export class DeparturesFile implements Departures {
    /** Of each departure its number and its moment, in milliseconds. */
    readonly #left = new Map<number, number>();
    readonly #journal: Journal;
    /** Two Node-REDs on one user directory must not give one number twice. */
    #next = randomInt(2 ** 40);
    #opened: Promise<void> | undefined;

    constructor(
        file: string,
        private readonly now: () => number = Date.now,
    ) {
        const whole = () => Buffer.concat([...this.#left].map(([number, at]) => recordOf({ number, at })));
        this.#journal = new Journal(file, { whole, useful: () => this.#left.size * recordSize });
    }

    async add(count: number, bounds: Bounds): Promise<{ readonly undo: () => void } | { readonly full: keyof Bounds }> {
        await this.#open();
        const now = this.now();
        // A clock that was put back leaves moments in the future: as far away they count no more than as long ago.
        for (const [number, at] of this.#left) if (Math.abs(now - at) >= day) this.#left.delete(number);
        const within = (ms: number) => [...this.#left.values()].filter((at) => Math.abs(now - at) < ms).length;
        if (bounds.hour !== undefined && within(hour) + count > bounds.hour) return { full: 'hour' };
        if (bounds.day !== undefined && within(day) + count > bounds.day) return { full: 'day' };
        const numbers = Array.from({ length: count }, () => this.#next++);
        for (const number of numbers) this.#left.set(number, now);
        const undo = () => {
            for (const number of numbers) {
                this.#left.delete(number);
                this.#journal.note(recordOf({ number, at: null }));
            }
            void this.#journal.close();
        };
        try {
            await Promise.all(numbers.map((number) => this.#journal.append(recordOf({ number, at: now }))));
        } catch (error) {
            undo();
            throw error;
        } finally {
            // Seldom written, and nobody says when the account is gone for good.
            await this.#journal.close();
        }
        return { undo };
    }

    /** A file that cannot be read holds all up: nobody knows how many have left. */
    #open(): Promise<void> {
        this.#opened ??= this.#journal.read().then(
            ({ records }) => {
                for (const { head } of records) {
                    const number = Number(head.number);
                    if (typeof head.at === 'number') this.#left.set(number, head.at);
                    else this.#left.delete(number);
                }
            },
            (error) => {
                this.#opened = undefined;
                throw error;
            },
        );
        return this.#opened;
    }
}
