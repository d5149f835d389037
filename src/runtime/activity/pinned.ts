import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { diskError, listOf } from '../user-folder';

/** An event that somebody keeps to try a flow with: customers' words, so it lies in the user directory, not in the flow. */
export interface Pinned {
    readonly id: string;
    /** The webhook in that it is for. */
    readonly node: string;
    /** What people call it. */
    readonly name: string;
    readonly payload: Readonly<Record<string, unknown>>;
    /** When it was pinned, in milliseconds. */
    readonly at: number;
}

/** The pinned events of a Node-RED, in one file; read when first asked for. */
export class PinnedEvents {
    #events: Pinned[] | undefined;
    /** The file's state that is known: another Node-RED on the same user directory may write it, too. */
    #version = '';
    /** Those that lie in Redis, as last read. */
    shared: readonly Pinned[] = [];

    constructor(private readonly file: string) {}

    of(node: string): readonly Pinned[] {
        return this.all().filter((each) => each.node === node);
    }

    all(): readonly Pinned[] {
        const own = this.#all();
        return [...this.shared.filter(({ id }) => own.every((each) => each.id !== id)), ...own];
    }

    /** Those in the file. */
    own(): readonly Pinned[] {
        return this.#all();
    }

    get(id: string): Pinned | undefined {
        return this.all().find((each) => each.id === id);
    }

    /** Pins an event, or changes one that is pinned. Throws where the disk does not take it; then nothing is changed. */
    pin(given: Omit<Pinned, 'id' | 'at'> & { readonly id?: string | undefined }): Pinned {
        const { node, name, payload } = given;
        const known = given.id === undefined ? undefined : this.get(given.id);
        const pinned = { id: known?.id ?? randomUUID(), node, name, payload, at: known?.at ?? Date.now() };
        this.#write([...this.#all().filter(({ id }) => id !== pinned.id), pinned]);
        return pinned;
    }

    unpin(id: string): void {
        this.shared = this.shared.filter((each) => each.id !== id);
        this.forget(id);
    }

    /** Takes an event out of the file. */
    forget(id: string): void {
        const left = this.#all().filter((each) => each.id !== id);
        if (left.length < this.#all().length) this.#write(left);
    }

    #all(): Pinned[] {
        const version = versionOf(this.file);
        if (this.#events === undefined || version !== this.#version) this.#events = this.#read();
        this.#version = version;
        return this.#events;
    }

    #read(): Pinned[] {
        try {
            const found: unknown = JSON.parse(readFileSync(this.file, 'utf8'));
            return Array.isArray(found) ? (found as Pinned[]).filter(({ id, node }) => id && node) : [];
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
            if (!(error instanceof SyntaxError)) throw diskError(this.file, error);
            // Kept for somebody who can mend it: the next pin would write over it.
            this.#toDisk(() => renameSync(this.file, `${this.file}.damaged`));
            return [];
        }
    }

    #toDisk(act: () => void): void {
        try {
            act();
        } catch (error) {
            throw diskError(this.file, error);
        }
    }

    #write(events: Pinned[]): void {
        this.#toDisk(() => {
            mkdirSync(path.dirname(this.file), { recursive: true });
            writeFileSync(`${this.file}.new`, JSON.stringify(events), { mode: 0o600 });
            renameSync(`${this.file}.new`, this.file);
        });
        this.#events = events;
        this.#version = versionOf(this.file);
    }
}

function versionOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
}

const known = new WeakMap<object, Map<string, PinnedEvents>>();

/** The pinned events of this Node-RED, or of the project that is open in it. */
export function pinnedOf(RED: NodeAPI): PinnedEvents {
    const all = known.get(RED.events) ?? new Map<string, PinnedEvents>();
    known.set(RED.events, all);
    const file = listOf(RED, 'pinned.json');
    const pinned = all.get(file) ?? new PinnedEvents(file);
    all.set(file, pinned);
    return pinned;
}
