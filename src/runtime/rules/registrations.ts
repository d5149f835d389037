import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** The rule that a node has made in Missive. */
export interface Registration {
    /** Id of the account's node. */
    readonly account: string;
    /** Stands for all that the rule was made with. */
    readonly print: string;
    /** What deliveries show that they come from this rule. */
    readonly key: string;
    /** Absent: the rule is being made, or Node-RED was stopped while it was. */
    readonly id?: string;
}

/** What is known of the rules in Missive that this Node-RED has made. */
interface Known {
    readonly nodes: Record<string, Registration>;
    /** Rules that nobody wants any more and that are still to be deleted. */
    readonly doomed: { readonly account: string; readonly id: string }[];
    /** Keys of rules that may have been made without our knowing their ids. */
    readonly lost: { readonly node: string; readonly account: string; readonly key: string }[];
}

/** So many lost rules are remembered; the oldest are forgotten. */
const most = 20;

/** The rules made by the nodes of one Node-RED, in a file that is on the disk before a change counts. */
export class Registrations {
    #known: Known | undefined;
    /** The file's state that is known. */
    #version = '';

    /** Without a file they live as long as the process, as those of the practice inbox do. */
    constructor(private readonly file: string | undefined) {}

    /** The file may have been written by another Node-RED: it is read again where it has changed. */
    reload(): void {
        if (this.file === undefined) return;
        const version = versionOf(this.file);
        if (version !== this.#version) this.#known = undefined;
        this.#version = version;
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
        const { id, account, key } = registration;
        if (id !== undefined) doomed.push({ account, id });
        else lost.push({ node, account, key });
        lost.splice(0, lost.length - most);
        delete nodes[node];
        this.#write();
    }

    get doomed(): Known['doomed'] {
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

    lostKeys(node: string): readonly string[] {
        return this.#all.lost.filter((each) => each.node === node).map(({ key }) => key);
    }

    /** A lost rule has shown its id: it is to be deleted. */
    found(key: string, id: string): void {
        const { lost, doomed } = this.#all;
        const at = lost.findIndex((each) => each.key === key);
        const [rule] = at < 0 ? [] : lost.splice(at, 1);
        if (!rule) return;
        doomed.push({ account: rule.account, id });
        this.#write();
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
        const none = { nodes: {}, doomed: [], lost: [] };
        if (this.file === undefined) return none;
        try {
            return { ...none, ...JSON.parse(readFileSync(this.file, 'utf8')) };
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
            throw error;
        }
    }

    #write(): void {
        if (this.file === undefined) return;
        mkdirSync(path.dirname(this.file), { recursive: true });
        const fresh = `${this.file}.new`;
        const handle = openSync(fresh, 'w', 0o600);
        try {
            writeSync(handle, JSON.stringify(this.#all, undefined, 4));
            fsyncSync(handle);
        } finally {
            closeSync(handle);
        }
        renameSync(fresh, this.file);
        this.#version = versionOf(this.file);
    }
}

function versionOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat ? `${stat.ino} ${stat.mtimeMs} ${stat.size}` : '';
}
