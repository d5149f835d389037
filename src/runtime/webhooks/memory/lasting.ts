import type { Started } from '../../delivery-mark';
import type { Inbox } from '../../inbox/inbox';
import { Shaken } from '../../inbox/shaken';
import { SeenHere } from './seen-here';

/** A message on its way into the flow. */
export interface Outgoing {
    readonly msg: Started;
    /** Whether its sender was told meanwhile to send it again. */
    readonly withdrawn: () => boolean;
}

/** What outlives a node: a deploy makes a new one with the same id. */
export interface Lasting {
    readonly seen: SeenHere;
    /** What it keeps until it is done. */
    inbox: Inbox | undefined;
    /** The owner's term in which it was last opened. */
    term: number | undefined;
    readonly shaken: Shaken;
    /** What came while the flows were stopped, and is to go into them. */
    readonly parked: Outgoing[];
}

/** What outlives each of the nodes of one Node-RED. */
export class Lastings {
    readonly #nodes = new Map<string, Lasting>();

    /** `key`: what stands for a node, its id or more. */
    of(key: string): Lasting {
        const lasting = this.#nodes.get(key) ?? {
            ...{ seen: new SeenHere(), inbox: undefined, term: undefined, shaken: new Shaken(), parked: [] },
        };
        this.#nodes.set(key, lasting);
        return lasting;
    }

    all(): Iterable<Lasting> {
        return this.#nodes.values();
    }

    /** The node is gone for good. */
    forget(key: string): void {
        this.#nodes.delete(key);
    }
}
