import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { alive, placeOfProcess } from '../missive/limits/process-place';
import { flowsOf } from './flows';
import { userFolder } from './user-folder';

/** The mark of the Node-RED that a folder belongs to. */
interface Mark {
    readonly id: string;
    /** Goes up as long as the owner lives. */
    readonly beat: number;
    /** Where its process is, as far as another one can tell. */
    readonly process: unknown;
}

/** Milliseconds: how often the mark changes, and how soon one that does not is nobody's. */
export interface Pace {
    readonly beat: number;
    readonly look: number;
    readonly stale: number;
    /** Two that take over at once both see who was last. */
    readonly settle: number;
}

const usual: Pace = { beat: 2_000, look: 250, stale: 10_000, settle: 150 };
const name = 'owner.json';

/** Whose things are, as far as whoever uses them has to know. */
export type Owning = Pick<Ownership, 'mine' | 'term' | 'want' | 'decided' | 'onChange'>;

/** Of what belongs to every Node-RED. */
export const everybody: Owning = {
    mine: true,
    term: 0,
    want: () => () => {},
    decided: () => Promise.resolve(),
    onChange: () => () => {},
};

/**
 * Whose the files in a folder are: one Node-RED's at a time. A second one on the same folder waits until the first has
 * gone: given up at its end, known to be dead where both are on one machine, else when the mark has not changed for a
 * while by our own clock.
 */
export class Ownership {
    readonly #id = randomUUID();
    readonly #file: string;
    readonly #taken = new Set<() => void>();
    /** How often the files became ours: between two terms another one may have written them. */
    term = 0;
    #mine = false;
    #beat = 0;
    #beaten = 0;
    #wanted = 0;
    #timer: NodeJS.Timeout | undefined;
    #seen: { text: string; since: number } | undefined;
    #decided: Promise<void> | undefined;
    /** While a mark that was taken over is not confirmed. */
    #settled: Promise<void> | undefined;
    readonly #lost = new Set<() => void>();

    constructor(
        private readonly folder: string,
        private readonly pace: Pace = usual,
    ) {
        this.#file = path.join(folder, name);
    }

    /** Whether the files are ours now. */
    get mine(): boolean {
        // Who did not get to beat for a while looks again before it writes.
        if (this.#mine && performance.now() - this.#beaten > this.pace.stale / 2) this.#tick();
        return this.#mine;
    }

    /** Somebody needs the files, until the returned function is called. */
    want(): () => void {
        this.#wanted += 1;
        let over = false;
        return () => {
            if (over) return;
            over = true;
            this.#wanted -= 1;
        };
    }

    /** Resolves as soon as it is known whose the files are. */
    decided(): Promise<void> {
        this.#decided ??= this.#begin();
        return this.#decided;
    }

    /** Calls a function whenever the files become ours or are ours no more, until the returned function is called. */
    onChange(on: { readonly taken: () => void; readonly lost: () => void }): () => void {
        this.#taken.add(on.taken);
        this.#lost.add(on.lost);
        return () => {
            this.#taken.delete(on.taken);
            this.#lost.delete(on.lost);
        };
    }

    /** Gives the files up where nobody needs them any more. */
    release(): void {
        if (this.#wanted === 0) this.giveUp();
    }

    /** Gives the files up. */
    giveUp(): void {
        clearInterval(this.#timer);
        this.#timer = undefined;
        this.#decided = undefined;
        if (this.#mine && this.#read()?.mark?.id === this.#id) rmSync(this.#file, { force: true });
        this.#mine = false;
    }

    async #begin(): Promise<void> {
        this.#tick();
        await this.#settled;
        this.#timer ??= setInterval(() => this.#tick(), this.pace.look).unref();
    }

    /** Beats where the files are ours, else looks whether they are anybody's. */
    #tick(): void {
        const found = this.#read();
        if (this.#mine) this.#stay(found);
        else if (!this.#settled && this.#free(found)) this.#take(found === undefined);
    }

    #stay(found: Found | undefined): void {
        const mark = found?.mark;
        // Our own can be read: what cannot, and is not what was there when we took over, is somebody else's.
        const another = mark ? mark.id !== this.#id : found?.readable === false && found.text !== this.#seen?.text;
        if (another) {
            this.#mine = false;
            for (const listener of [...this.#lost]) listener();
            return;
        }
        if (performance.now() - this.#beaten >= this.pace.beat || mark === undefined) this.#write();
    }

    #free(found: Found | undefined): boolean {
        if (!found) return true;
        const { text, mark } = found;
        if (text !== this.#seen?.text) this.#seen = { text, since: performance.now() };
        if (mark && (mark.id === this.#id || alive(mark.process) === false)) return true;
        return performance.now() - this.#seen.since > this.pace.stale;
    }

    #take(first: boolean): void {
        const written = this.#write(first);
        if (written === 'there') return;
        const confirm = () => {
            this.#settled = undefined;
            // Where the disk fails, nobody else is there either.
            const mark = this.#read()?.mark;
            if (written === true ? mark?.id !== this.#id : mark !== undefined) return;
            this.#mine = true;
            this.term += 1;
            for (const listener of [...this.#taken]) listener();
        };
        if (first) confirm();
        else this.#settled = new Promise((resolve) => setTimeout(resolve, this.pace.settle)).then(confirm);
    }

    /** `first`: only where there is no mark; `there` where that is so no more. False where the disk fails. */
    #write(first = false): boolean | 'there' {
        this.#beat += 1;
        if (first && !isFolder(this.folder)) return false;
        const mark: Mark = { id: this.#id, beat: this.#beat, process: placeOfProcess };
        try {
            if (first) {
                writeFileSync(this.#file, JSON.stringify(mark), { flag: 'wx', mode: 0o600 });
            } else {
                writeFileSync(`${this.#file}.${this.#id}`, JSON.stringify(mark), { mode: 0o600 });
                renameSync(`${this.#file}.${this.#id}`, this.#file);
            }
            this.#beaten = performance.now();
            return true;
        } catch (error) {
            return (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'there' : false;
        }
    }

    #read(): Found | undefined {
        try {
            const text = readFileSync(this.#file, 'utf8');
            return { text, mark: parsed(text), readable: true };
        } catch {
            return unreadable(this.#file);
        }
    }
}

/** A mark as it lies there; `text` is another one after each beat of its owner. */
interface Found {
    readonly text: string;
    readonly mark: Mark | undefined;
    readonly readable: boolean;
}

/** One that cannot be read, as that of another user of the machine: each of its beats is a new file. */
function unreadable(file: string): Found | undefined {
    try {
        const stat = lstatSync(file, { throwIfNoEntry: false });
        return stat && { text: `${stat.ino} ${stat.ctimeMs}`, mark: undefined, readable: false };
    } catch {
        return undefined;
    }
}

function isFolder(folder: string): boolean {
    try {
        mkdirSync(folder, { recursive: true });
        return true;
    } catch {
        return false;
    }
}

function parsed(text: string): Mark | undefined {
    try {
        const mark: unknown = JSON.parse(text);
        return typeof mark === 'object' && mark !== null && 'id' in mark ? (mark as Mark) : undefined;
    } catch {
        return undefined;
    }
}

const all = new Map<string, Ownership>();

/** The ownership of this Node-RED's folder; given up when the flows start and nobody needs it, and at the end. */
export function ownershipOf(RED: NodeAPI): Ownership {
    const folder = userFolder(RED);
    const known = all.get(folder);
    if (known) return known;
    if (all.size === 0)
        process.once('exit', () => {
            for (const each of all.values()) each.giveUp();
        });
    const made = new Ownership(folder);
    all.set(folder, made);
    flowsOf(RED).onStarted(() => made.release());
    return made;
}
