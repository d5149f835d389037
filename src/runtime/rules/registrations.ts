import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { diskError } from '../user-folder';
import { type Doomed, type Known, knownIn, type Registration } from './known-rules';
import type { SharedRules } from './shared-rules';

/** So many lost rules are remembered; the oldest are forgotten. */
const most = 20;

/** The rules made by the nodes of one Node-RED, in a file that is on the disk before a change counts. */
export class Registrations {
    #known: Known | undefined;
    /** The file's state that is known. */
    #version = '';
    /** What this process has written last: it counts where the file is gone or damaged since. */
    #written: string | undefined;
    /** What is known could not be written. */
    #isAhead = false;

    /** Without a file they live as long as the process, as those of the practice inbox do. */
    constructor(
        private readonly file: string | undefined,
        private readonly warn: (text: string) => void = () => {},
        /** In Redis, in place of a file. */
        private readonly shared?: SharedRules,
    ) {}

    /** The file may have been written by another Node-RED: it is read again where it has changed. */
    reload(): void {
        if (this.file === undefined && !this.shared) return;
        const version = this.shared ? String(this.shared.version) : versionOf(this.file ?? '');
        if (version !== this.#version) this.#known = undefined;
        this.#version = version;
    }

    /** Resolves when what was changed would be known after a crash; a file has it at once. */
    async stored(): Promise<void> {
        await this.shared?.stored();
    }

    get(node: string): Registration | undefined {
        return this.#all.nodes[node];
    }

    get isEmpty(): boolean {
        const { nodes, doomed, lost } = this.#all;
        return Object.keys(nodes).length + doomed.length + lost.length === 0;
    }

    get nodes(): readonly string[] {
        return Object.keys(this.#all.nodes);
    }

    set(node: string, registration: Registration): void {
        this.#change(({ nodes }) => {
            nodes[node] = registration;
        });
    }

    /** Missive has made the node's rule: known from now on, also where that cannot be written just now. */
    made(node: string, registration: Registration): void {
        this.#all.nodes[node] = registration;
        this.#write();
    }

    /** Writes what could not be written before. */
    catchUp(): void {
        if (this.#isAhead) this.#write();
    }

    /** The node's rule is no longer wanted: it is to be deleted, or was perhaps never made. */
    doom(node: string): void {
        const registration = this.#all.nodes[node];
        if (!registration) return;
        const { id, print: _, nameless: __, ...made } = registration;
        this.#change(({ nodes, doomed, lost }) => {
            if (id !== undefined) doomed.push({ node, ...made, id });
            else lost.push({ node, ...made });
            lost.splice(0, lost.length - most);
            delete nodes[node];
        });
    }

    /** Rules that nobody wants any more and that are still to be deleted. */
    get doomed(): readonly Doomed[] {
        return [...this.#all.doomed];
    }

    /** A rule was deleted. */
    gone(id: string): void {
        const { doomed } = this.#all;
        const at = doomed.findIndex((each) => each.id === id);
        if (at < 0) return;
        doomed.splice(at, 1);
        this.#write();
    }

    /** The rules that are no longer wanted and may live: the key of each is good until it is gone. */
    get former(): readonly Pick<Doomed, 'node' | 'origin' | 'key'>[] {
        const { lost, doomed } = this.#all;
        return [...lost, ...doomed];
    }

    /** A lost rule has shown its id: it is to be deleted. False where the key is that of no lost rule. */
    found(key: string, id: string): boolean {
        const rule = this.#all.lost.find((each) => each.key === key);
        if (!rule) return false;
        this.#change(({ lost, doomed }) => {
            lost.splice(0, lost.length, ...lost.filter((each) => each.key !== key));
            doomed.push({ ...rule, id });
        });
        return true;
    }

    /** A rule that was never made, as Missive said. */
    forget(node: string): void {
        delete this.#all.nodes[node];
        this.#write();
    }

    /**
     * Changes the list before anything is done in Missive. Where that cannot be written nothing has changed: else a rule
     * would be deleted that after a restart counts as the node's.
     */
    #change(change: (known: Known) => void): void {
        const [before, ahead] = [structuredClone(this.#all), this.#isAhead];
        try {
            change(this.#all);
            this.#write();
        } catch (error) {
            this.#known = before;
            this.#isAhead = ahead;
            throw error;
        }
    }

    get #all(): Known {
        this.#known ??= this.#read();
        return this.#known;
    }

    #read(): Known {
        if (this.shared) return knownIn(this.shared.text).known;
        if (this.file === undefined) return knownIn('{}').known;
        let text: string;
        try {
            text = readFileSync(this.file, 'utf8');
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw diskError(this.file, error);
            return this.#remembered() ?? knownIn('{}').known;
        }
        const { known, damaged } = knownIn(text);
        if (!damaged) return known;
        const remembered = this.#remembered();
        if (remembered) return remembered;
        this.#putAside(this.file);
        this.#known = known;
        this.#write();
        return known;
    }

    /** Somebody took the file away or damaged it while this process has the list: the rules in Missive live on. */
    #remembered(): Known | undefined {
        if (this.#written === undefined || this.#written === nothing) return undefined;
        this.#known = knownIn(this.#written).known;
        this.#write();
        this.warn(
            'The list of rules that this Node-RED has made in Missive was gone or damaged. It was written anew, as this Node-RED knew it.',
        );
        return this.#known;
    }

    /** What is left of a damaged file is for people to look at. */
    #putAside(file: string): void {
        const aside = `${file}.damaged`;
        try {
            renameSync(file, aside);
        } catch (error) {
            throw diskError(file, error);
        }
        this.warn(
            `The list of rules that this Node-RED has made in Missive was damaged. It is now ${aside}; rules are made anew. Look under Rules in Missive for older ones with an address of this Node-RED, and delete them.`,
        );
    }

    #write(): void {
        if (this.shared) {
            this.shared.change(JSON.stringify(this.#all));
            this.#version = String(this.shared.version);
        }
        if (this.file === undefined) return;
        this.#isAhead = true;
        try {
            this.#store(this.file);
        } catch (error) {
            throw diskError(this.file, error);
        }
        this.#isAhead = false;
    }

    #store(file: string): void {
        mkdirSync(path.dirname(file), { recursive: true });
        const fresh = `${file}.new`;
        const text = JSON.stringify(this.#all, undefined, 4);
        const handle = openSync(fresh, 'w', 0o600);
        try {
            writeSync(handle, text);
            fsyncSync(handle);
        } finally {
            closeSync(handle);
        }
        renameSync(fresh, file);
        this.#version = versionOf(file);
        this.#written = text;
    }
}

const nothing = JSON.stringify(knownIn('{}').known, undefined, 4);

function versionOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
}
