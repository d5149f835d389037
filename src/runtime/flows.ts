import type { NodeAPI } from 'node-red';
import { projectOf } from './user-folder';

/** Which nodes a deploy has replaced or taken away. */
export interface Deploy {
    has(node: { readonly id: string; readonly z?: string }): boolean;
}

/** What Node-RED says of a deploy. */
interface Told {
    readonly type?: string;
    readonly diff?:
        | (Partial<Record<'changed' | 'removed' | 'linked' | 'rewired' | 'flowChanged', string[]>> & {
              readonly globalConfigChanged?: boolean;
          })
        | null;
}

/** Told of each start of the flows, with what was replaced since they last ran. */
type Listener = (deploy: Deploy) => void;

const known = new WeakMap<object, Flows>();

/** The flows of this Node-RED. */
export function flowsOf(RED: NodeAPI): Flows {
    const flows = known.get(RED.events) ?? new Flows(RED.events, () => projectOf(RED));
    known.set(RED.events, flows);
    return flows;
}

/**
 * Whether the flows run. Between the stop and the start of a deploy a message that is sent gets lost, also one from a
 * node that stays to one that stays.
 */
export class Flows {
    /** From the stop of the flows to their next start. */
    stopped = false;
    /** They were stopped not for a deploy: Node-RED ends, or somebody has stopped them. */
    ending = false;
    /** Goes up when another project is opened: its nodes may have the ids of those before, and are not those. */
    book = 0;
    #project: { readonly name: string | undefined } | undefined;
    readonly #listeners = new Set<Listener>();

    constructor(events: NodeAPI['events'], project: () => string | undefined) {
        events.on('flows:stopping', (told: Told | undefined) => {
            this.stopped = true;
            // What a deploy changes is always said.
            this.ending = told?.diff?.globalConfigChanged === undefined;
        });
        events.on('flows:started', (told: Told | undefined) => {
            this.stopped = false;
            this.ending = false;
            const name = project();
            if (this.#project && this.#project.name !== name) this.book += 1;
            this.#project = { name };
            const deploy = deployIn(told);
            for (const listener of [...this.#listeners]) listener(deploy);
        });
    }

    /** Calls a function at each start of the flows, until the function is called that this gives. */
    onStarted(listener: Listener): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    /** Waits until the flows run, up to so many milliseconds where that is bounded; false where they do not by then. */
    async running(ms?: number): Promise<boolean> {
        if (!this.stopped) return true;
        return new Promise((resolve) => {
            const end = (running: boolean) => {
                clearTimeout(timer);
                off();
                resolve(running);
            };
            const timer = ms === undefined ? undefined : setTimeout(() => end(false), ms);
            const off = this.onStarted(() => end(true));
        });
    }
}

function deployIn(told: Told | undefined): Deploy {
    const { type, diff } = told ?? {};
    if ((type !== 'nodes' && type !== 'flows') || !diff) return { has: () => true };
    const { changed = [], removed = [], linked = [], rewired = [], flowChanged = [] } = diff;
    const nodes = new Set([...changed, ...removed, ...(type === 'flows' ? [...linked, ...rewired] : [])]);
    const flows = new Set([...flowChanged, ...removed]);
    return { has: ({ id, z }) => nodes.has(id) || (z !== undefined && flows.has(z)) };
}
