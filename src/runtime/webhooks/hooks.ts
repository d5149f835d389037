import { type Event, keyOf } from '../../missive/events/event';
import type { Flows } from '../flows';
import type { Outcome } from '../inbox/inbox';
import type { Facts, Kept } from '../inbox/kept';
import type { Reply, Request } from './delivery';
import { Lastings } from './memory/lasting';
import { Waiting } from './waiting';
import type { Wrong } from './webhook-state';

/** A node that waits for deliveries at a path. */
export interface Hook {
    receive(request: Request): Reply | Promise<Reply>;
    /** What became of a request: whether it was answered with success, in time for the sender to see it. */
    answered(reply: Reply, arrived: boolean): void;
    /** Whether deliveries come to this hook; of several with one path, only to the first. */
    turn(mine: boolean): void;
    /** Id of the node. */
    readonly node: string;
    /** Lets an event into the flow that a person sends again. */
    replay(body: Buffer, facts: Facts): Promise<Reply>;
    /** The account that it belongs to. */
    readonly account: string | undefined;
    /** What somebody should look after, the worst first. */
    wrong(): readonly Wrong[];
    /** What it keeps that has failed too often; such a one can be run again, or dropped. */
    stopped(): readonly Kept[];
    /** False where it keeps no such one. */
    revive(delivery: string): boolean;
    drop(delivery: string): Promise<boolean>;
}

/** What made a flow fail, for the editor. */
export interface Why {
    /** Id of the node that failed. */
    readonly node?: string;
    readonly error: string;
}

/** The hooks of one Node-RED, and what each node (by its id) remembers of its deliveries, across deploys. */
export class Webhooks {
    readonly lasting = new Lastings();
    /** The deliveries whose answer waits for the flow. */
    readonly waiting = new Waiting();
    /** Told of what the flow says of a delivery. */
    told: ((id: string, outcome: Outcome, why?: Why) => void) | undefined;
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
    async settle(id: string, outcome: Outcome, why?: Why): Promise<void> {
        this.told?.(id, outcome, why);
        const inbox = [...this.lasting.all()].find(({ inbox }) => inbox?.has(id))?.inbox;
        // Where Missive still waits, a failure is its to repeat: whoever answers gives the delivery back.
        if (!(outcome === 'failed' && this.waiting.has(id))) await inbox?.settle(id, outcome);
        this.waiting.settle(id, outcome);
    }

    /** The flow failed, and Missive has its 200: at least a repetition of the event is taken for a new one. */
    forget(event: Pick<Event, 'event' | 'rule' | 'message' | 'comment'>): void {
        const key = keyOf(event);
        for (const { seen } of this.lasting.all()) if (key !== undefined) seen.forget(key);
    }

    /** The hook of a node. */
    of(node: string): Hook | undefined {
        return this.all().find((hook) => hook.node === node);
    }

    all(): readonly Hook[] {
        return [...this.#hooks.values()].flat();
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
