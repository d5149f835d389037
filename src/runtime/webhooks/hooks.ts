import { type Event, keyOf } from '../../missive/events/event';
import type { Flows } from '../flows';
import type { Outcome } from '../inbox/inbox';
import type { Reply, Request } from './delivery';
import { Lastings } from './memory/lasting';
import { Waiting } from './waiting';

/** A node that waits for deliveries at a path. */
export interface Hook {
    receive(request: Request): Reply | Promise<Reply>;
    /** What became of a request: whether it was answered with success, in time for the sender to see it. */
    answered(reply: Reply, arrived: boolean): void;
    /** Whether deliveries come to this hook; of several with one path, only to the first. */
    turn(mine: boolean): void;
}

/** The hooks of one Node-RED, and what each node (by its id) remembers of its deliveries, across deploys. */
export class Webhooks {
    readonly lasting = new Lastings();
    /** The deliveries whose answer waits for the flow. */
    readonly waiting = new Waiting();
    readonly #hooks = new Map<string, Hook[]>();
    /** Given up while the flows are stopped: perhaps by a node that comes again with their start. */
    readonly #between = new Set<string>();

    constructor(readonly flows: Flows) {}

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
            if (!next) {
                this.#hooks.delete(path);
                if (this.flows.stopped) this.#between.add(path);
                else this.#between.clear();
            } else if (next !== first) next.turn(true);
        };
    }

    /**
     * The flow has dealt with a delivery, or failed to. Resolves when that is on the disk, where it has to be. Nothing
     * happens where nobody waits for this delivery (any more).
     */
    async settle(id: string, outcome: Outcome): Promise<void> {
        const inbox = [...this.lasting.all()].find(({ inbox }) => inbox?.has(id))?.inbox;
        // Where Missive still waits, a failure is its to repeat: whoever answers gives the delivery back.
        if (!(outcome === 'failed' && this.waiting.has(id))) await inbox?.settle(id, outcome);
        this.waiting.settle(id, outcome);
    }

    /** The flow failed, and Missive has its 200: at least a repetition of the event is taken for a new one. */
    forget(event: Pick<Event, 'rule' | 'message' | 'comment'>): void {
        const key = keyOf(event);
        for (const { seen } of this.lasting.all()) if (key !== undefined) seen.forget(key);
    }

    at(path: string): Hook | undefined {
        return this.#hooks.get(path)?.[0];
    }

    /** Whether a request to a path is ours, perhaps once the flows run again. */
    has(path: string): boolean {
        return this.#hooks.has(path) || (this.flows.stopped && this.#between.has(path));
    }

    /** All paths that are ours. */
    paths(): readonly string[] {
        return [...this.#hooks.keys(), ...(this.flows.stopped ? this.#between : [])];
    }
}
