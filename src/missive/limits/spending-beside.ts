import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Beside } from './ledger';
import { type Content, contentOf, spendingOf } from './spending-text';

/** Milliseconds between two looks. */
const every = 1000;

/** Who has written so lately is sending. */
const lately = 5000;

/** Where something was on its way, it may have ended so long after that was written. */
const longest = 60_000;

interface Read {
    readonly version: string;
    readonly at: number;
    readonly content: Content | undefined;
}

/**
 * What other processes have spent of a token, in their files beside our own: those before us in this folder, and those
 * that run now.
 */
export class SpendingBeside {
    readonly #read = new Map<string, Read>();
    #looked = -Infinity;
    #any = false;

    /** `isOthers`: whether a file of this name is another process' of the same token. */
    constructor(
        private readonly folder: string,
        private readonly isOthers: (name: string) => boolean,
    ) {}

    /** What there is now; `undefined` within a second of the last look, and where there is nothing and was nothing. */
    look(): Beside | undefined {
        const now = performance.now();
        if (now - this.#looked < every) return undefined;
        this.#looked = now;
        const files = this.#files();
        const before = this.#any;
        this.#any = files.length > 0;
        return before || this.#any ? besideOf(files) : undefined;
    }

    /** Whether one of them cannot be made out. */
    get damaged(): boolean {
        return this.#files().some(({ content }) => content === undefined);
    }

    #files(): readonly Read[] {
        const names = namesIn(this.folder).filter(this.isOthers);
        for (const name of this.#read.keys()) if (!names.includes(name)) this.#read.delete(name);
        return names.flatMap((name) => this.#fileOf(name) ?? []);
    }

    #fileOf(name: string): Read | undefined {
        const file = path.join(this.folder, name);
        try {
            const { mtimeMs, ino, size } = statSync(file);
            const version = `${ino} ${mtimeMs} ${size}`;
            const known = this.#read.get(name);
            if (known?.version === version) return known;
            const read = { version, at: mtimeMs, content: contentOf(textIn(file)) };
            this.#read.set(name, read);
            return read;
        } catch {
            return undefined; // it was thrown away meanwhile
        }
    }
}

function besideOf(files: readonly Read[]): Beside {
    const now = Date.now();
    const each = files.flatMap(({ at, content }) => {
        if (!content) return [];
        const age = Math.max(0, now - at);
        const { finished, inFlight, held } = spendingOf(content);
        const active = !content.closed && (age < lately || (content.inFlight > 0 && age < longest));
        return [{ finished: [...finished, ...Array.from({ length: inFlight }, () => age)], active, held }];
    });
    return {
        finished: each.flatMap(({ finished }) => finished),
        active: each.filter(({ active }) => active).length,
        held: Math.max(0, ...each.map(({ held }) => held)),
    };
}

function namesIn(folder: string): readonly string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

/** Blank where it cannot be read: nobody knows what it says. */
function textIn(file: string): string {
    try {
        return readFileSync(file, 'utf8');
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error;
        return '';
    }
}
