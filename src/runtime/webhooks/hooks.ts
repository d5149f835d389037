import type { IncomingHttpHeaders } from 'node:http';
import type { Inbox, Outcome } from '../inbox/inbox';
import { Waiting } from '../inbox/waiting';
import type { Deliveries } from './deliveries';

/** One request to a hook, its body complete. */
export interface Delivery {
    readonly body: Buffer;
    readonly headers: IncomingHttpHeaders;
    /** `key` in the address: what a rule that was made by the API has in place of a signature. */
    readonly key: string | undefined;
    /** When the request arrived, in milliseconds. */
    readonly began: number;
}

/** What the sender is told: nothing but the status, or what to do about the error. */
export interface Reply {
    readonly status: number;
    readonly error?: string;
    /** There was nothing in the body: whoever sent it may not be Missive. */
    readonly empty?: boolean;
    /** Called once: whether the answer left before the sender was gone. */
    readonly settled?: (arrived: boolean) => void;
}

/** A node that waits for deliveries at a path. */
export interface Hook {
    receive(delivery: Delivery): Reply | Promise<Reply>;
    /** What became of a request: whether it was answered with success, in time for the sender to see it. */
    answered(reply: Reply, arrived: boolean): void;
    /** Whether deliveries come to this hook; of several with one path, only to the first. */
    turn(mine: boolean): void;
}

/** The hooks of one Node-RED, and what each node (by its id) remembers of its deliveries, across deploys. */
export class Webhooks {
    readonly deliveries = new Map<string, Deliveries>();
    /** The deliveries that nodes (by their ids) keep until they are done. */
    readonly inboxes = new Map<string, Inbox>();
    /** The deliveries whose answer waits for the flow. */
    readonly waiting = new Waiting();
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

    /**
     * The flow has dealt with a delivery, or failed to. Resolves when that is on the disk, where it has to be. Nothing
     * happens where nobody waits for this delivery (any more).
     */
    async settle(id: string, outcome: Outcome): Promise<void> {
        const inbox = [...this.inboxes.values()].find((each) => each.has(id));
        // Where Missive still waits, a failure is its to repeat: whoever answers gives the delivery back.
        if (!(outcome === 'failed' && this.waiting.has(id))) await inbox?.settle(id, outcome);
        this.waiting.settle(id, outcome);
    }

    at(path: string): Hook | undefined {
        return this.#hooks.get(path)?.[0];
    }

    paths(): Iterable<string> {
        return this.#hooks.keys();
    }
}
