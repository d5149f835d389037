import type { Permit } from '../ledger';

/** A request on its way: its name in Redis, and the local permit of one that was granted without it. */
export interface Running {
    readonly id: string;
    readonly local: Permit | undefined;
    /** Milliseconds since Redis was last asked to let it run, where it surely has. */
    readonly sinceAsked: () => number;
}

/** The part of its lease after which a permit is not used any more: what is written has a way to go. */
const usable = 0.85;

/** The requests of this program that are on their way. */
export class RunningRequests {
    readonly #all = new Map<Permit, Running>();
    #named = 0;

    /** `lease`: milliseconds for which a request counts as running without a word from its program. */
    constructor(
        private readonly client: string,
        readonly lease: number,
    ) {}

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
        return `${this.client}-${this.#named++}`;
    }

    /** `sinceAsked`: begun before Redis was asked, so that its lease ends no sooner. */
    give(id: string, sinceAsked: () => number, local?: Permit): Permit {
        const permit = Symbol('permit');
        this.#all.set(permit, { id, local, sinceAsked });
        return permit;
    }

    /** Whether Redis still counts it as running; what this program has granted itself nobody else takes. */
    stands(permit: Permit): boolean {
        const one = this.#all.get(permit);
        return one !== undefined && (one.local !== undefined || one.sinceAsked() < usable * this.lease);
    }

    /**
     * Redis was asked so long ago to let these run on, and has: but only what has not come to its end before the answer
     * was surely still there.
     */
    renewed(ids: readonly string[], sinceAsked: () => number): void {
        for (const [permit, one] of this.#all)
            if (ids.includes(one.id) && one.sinceAsked() < this.lease) this.#all.set(permit, { ...one, sinceAsked });
    }

    take(permit: Permit): Running | undefined {
        const one = this.#all.get(permit);
        this.#all.delete(permit);
        return one;
    }
}
