import { createHash } from 'node:crypto';
import { Journal } from '../inbox/journal';
import { recordOf } from '../inbox/record';
import type { Log } from './shared-log';
import type { Row } from './watched';

/** What a node remembers of the rows that it has told: in a file, or wherever several machines share it. */
export interface KnownRows {
    /** Reads what was remembered for this question; of another question nothing counts. */
    open(question: string): Promise<void>;
    /** Up to which moment (Unix seconds) all is told; `undefined` before the first look is done. */
    readonly cursor: number | undefined;
    /** Whether an id was there before. */
    has(id: string): boolean;
    /** Whether this very state of a row is told already. */
    told(id: string, row: Row): boolean;
    /** Remembers a row's state as told. */
    tell(id: string, row: Row, at: number | undefined): void;
    /** Remembers ids that are there, without a state. */
    meet(ids: readonly string[]): void;
    /** A look is done: all is told up to `cursor`; states from before `since` never come again. Resolves when kept. */
    reach(cursor: number, since: number): Promise<void>;
    close(): Promise<void>;
    /** Forgets all, for good. */
    discard(): Promise<void>;
}

/** What a node knows of the rows that it has told, and whether it is its turn to look. */
export interface Knowledge {
    /** To be called before each look: what is known, where this Node-RED is to look now. */
    turn(): Promise<KnownRows | undefined>;
    /** Whether it still is. */
    readonly isOurs: boolean;
    end(removed: boolean): Promise<void>;
}

/** A row in short: two states are one where all of their properties are equal. */
export const printOf = (row: Row): string => createHash('sha256').update(canonical(row)).digest('base64').slice(0, 22);

function canonical(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** About what an id and a state take in the file. */
const [idSize, stateSize] = [45, 130];

/** Remembers in a file, over restarts and deploys. */
export class RowsInFile implements KnownRows {
    #question: string | undefined;
    #cursor: number | undefined;
    readonly #ids = new Set<string>();
    /** Id → the last state that was told, and when the row was touched. */
    readonly #states = new Map<string, { readonly print: string; readonly at: number | undefined }>();
    readonly #journal: Log;
    #read: Promise<void> | undefined;

    /** A file, or what makes another place of records. */
    constructor(where: string | ((state: { whole(): Buffer; useful(): number }) => Log)) {
        const state = {
            whole: () => this.#whole(),
            useful: () => this.#ids.size * idSize + this.#states.size * stateSize,
        };
        this.#journal = typeof where === 'string' ? new Journal(where, state) : where(state);
    }

    get cursor(): number | undefined {
        return this.#cursor;
    }

    async open(question: string): Promise<void> {
        this.#read ??= this.#readFile().catch((error) => {
            this.#read = undefined; // the disk may be back at the next look
            throw error;
        });
        await this.#read;
        if (this.#question === question) return;
        this.#question = question;
        this.#cursor = undefined;
        this.#ids.clear();
        this.#states.clear();
        await this.#journal.append(recordOf({ question }));
    }

    has(id: string): boolean {
        return this.#ids.has(id);
    }

    told(id: string, row: Row): boolean {
        return this.#states.get(id)?.print === printOf(row);
    }

    tell(id: string, row: Row, at: number | undefined): void {
        const state = { print: printOf(row), at };
        this.#ids.add(id);
        this.#states.set(id, state);
        this.#journal.note(recordOf({ id, ...state }));
    }

    meet(ids: readonly string[]): void {
        const fresh = ids.filter((id) => !this.#ids.has(id));
        if (fresh.length === 0) return;
        for (const id of fresh) this.#ids.add(id);
        this.#journal.note(recordOf({ ids: fresh }));
    }

    async reach(cursor: number, since: number): Promise<void> {
        for (const [id, { at }] of this.#states) if (at !== undefined && at < since) this.#states.delete(id);
        this.#cursor = cursor;
        await this.#journal.append(recordOf({ cursor, since }));
    }

    close(): Promise<void> {
        return this.#journal.close();
    }

    discard(): Promise<void> {
        return this.#journal.remove();
    }

    async #readFile(): Promise<void> {
        const { records } = await this.#journal.read();
        for (const { head } of records) this.#take(head);
    }

    #take({ question, cursor, since, ids, id, print, at }: Readonly<Record<string, unknown>>): void {
        if (typeof question === 'string') {
            this.#question = question;
            this.#cursor = undefined;
            this.#ids.clear();
            this.#states.clear();
        }
        if (Array.isArray(ids)) for (const each of ids) this.#ids.add(String(each));
        if (typeof id === 'string' && typeof print === 'string') {
            this.#ids.add(id);
            this.#states.set(id, { print, at: typeof at === 'number' ? at : undefined });
        }
        if (typeof cursor === 'number') this.#cursor = cursor;
        if (typeof since === 'number')
            for (const [known, state] of this.#states)
                if (state.at !== undefined && state.at < since) this.#states.delete(known);
    }

    #whole(): Buffer {
        const ids = [...this.#ids];
        const records: Buffer[] = [recordOf({ question: this.#question })];
        for (let from = 0; from < ids.length; from += 1000)
            records.push(recordOf({ ids: ids.slice(from, from + 1000) }));
        for (const [id, state] of this.#states) records.push(recordOf({ id, ...state }));
        if (this.#cursor !== undefined) records.push(recordOf({ cursor: this.#cursor }));
        return Buffer.concat(records);
    }
}
