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
        this.#all.nodes[node] = registration;
        this.#write();
    }

    /** The node's rule is no longer wanted: it is to be deleted, or was perhaps never made. */
    doom(node: string): void {
        const { nodes, doomed, lost } = this.#all;
        const registration = nodes[node];
        if (!registration) return;
        const { id, print: _, ...made } = registration;
        if (id !== undefined) doomed.push({ node, ...made, id });
        else lost.push({ node, ...made });
        lost.splice(0, lost.length - most);
        delete nodes[node];
        this.#write();
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

    /** The keys of a node's rules that are no longer wanted and may live: each is good until its rule is gone. */
    formerKeys(node: string): readonly string[] {
        const { lost, doomed } = this.#all;
        return [...lost, ...doomed].filter((each) => each.node === node).flatMap(({ key }) => key ?? []);
    }

    /** A lost rule has shown its id: it is to be deleted. False where the key is that of no lost rule. */
    found(key: string, id: string): boolean {
        const { lost, doomed } = this.#all;
        const at = lost.findIndex((each) => each.key === key);
        const [rule] = at < 0 ? [] : lost.splice(at, 1);
        if (!rule) return false;
        doomed.push({ ...rule, id });
        this.#write();
        return true;
    }

    /** A rule that was never made, as Missive said. */
    forget(node: string): void {
        delete this.#all.nodes[node];
        this.#write();
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
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return knownIn('{}').known;
            throw diskError(this.file, error);
        }
        const { known, damaged } = knownIn(text);
        if (damaged) {
            this.#putAside(this.file);
            this.#known = known;
            this.#write();
        }
        return known;
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
        try {
            this.#store(this.file);
        } catch (error) {
            throw diskError(this.file, error);
        }
    }

    #store(file: string): void {
        mkdirSync(path.dirname(file), { recursive: true });
        const fresh = `${file}.new`;
        const handle = openSync(fresh, 'w', 0o600);
        try {
            writeSync(handle, JSON.stringify(this.#all, undefined, 4));
            fsyncSync(handle);
        } finally {
            closeSync(handle);
        }
        renameSync(fresh, file);
        this.#version = versionOf(file);
    }
}

function versionOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
}
