import type { Permit } from '../ledger';

/** A request on its way: its name in Redis, and the local permit of one that was granted without it. */
export interface Running {
    readonly id: string;
    readonly local: Permit | undefined;
}

/** The requests of this program that are on their way. */
export class RunningRequests {
    readonly #client: string;
    readonly #all = new Map<Permit, Running>();
    #named = 0;

    constructor(client: string) {
        this.#client = client;
    }

    get size(): number {
        return this.#all.size;
    }

    get ids(): string[] {
        return [...this.#all.values()].map(({ id }) => id);
    }

    /** How many of them Redis has granted. */
    get granted(): number {
        return [...this.#all.values()].filter(({ local }) => local === undefined).length;
    }

    /** A name that no other request has. */
    nextId(): string {
        return `${this.#client}-${this.#named++}`;
    }

    give(id: string, local?: Permit): Permit {
        const permit = Symbol('permit');
        this.#all.set(permit, { id, local });
        return permit;
    }

    take(permit: Permit): Running | undefined {
        const one = this.#all.get(permit);
        this.#all.delete(permit);
        return one;
    }
}
