import type { IncomingHttpHeaders } from 'node:http';
import type { Deliveries } from './deliveries';

/** One request to a hook, its body complete. */
export interface Delivery {
    readonly body: Buffer;
    readonly headers: IncomingHttpHeaders;
    /** When the request arrived, in milliseconds. */
    readonly began: number;
}

/** What the sender is told: nothing but the status, or what to do about the error. */
export interface Reply {
    readonly status: number;
    readonly error?: string;
    /** Called once: whether the answer left before the sender was gone. */
    readonly settled?: (arrived: boolean) => void;
}

/** A node that waits for deliveries at a path. */
export interface Hook {
    receive(delivery: Delivery): Reply;
    /** Whether deliveries come to this hook; of several with one path, only to the first. */
    turn(mine: boolean): void;
}

/** The hooks of one Node-RED, and what each node (by its id) remembers of its deliveries, across deploys. */
export class Webhooks {
    readonly deliveries = new Map<string, Deliveries>();
    readonly #hooks = new Map<string, Hook[]>();

    /** Waits for deliveries at a path. The returned function gives the path up, to the next hook that wants it. */
    claim(path: string, hook: Hook): () => void {
        const waiting = this.#hooks.get(path) ?? [];
        waiting.push(hook);
        this.#hooks.set(path, waiting);
        hook.turn(waiting[0] === hook);
        return () => {
            const [first] = waiting;
            const at = waiting.indexOf(hook);
            if (at >= 0) waiting.splice(at, 1);
            const [next] = waiting;
            if (!next) this.#hooks.delete(path);
            else if (next !== first) next.turn(true);
        };
    }

    at(path: string): Hook | undefined {
        return this.#hooks.get(path)?.[0];
    }

    paths(): Iterable<string> {
        return this.#hooks.keys();
    }
}
