/** Whoever wants a path; of several, only the first has it. */
export interface Claimant {
    /** Whether requests at the path come here from now on. */
    turn(mine: boolean): void;
}

/** Paths and the nodes that want them. */
export class Paths<C extends Claimant> {
    readonly #waiting = new Map<string, C[]>();

    /** Waits for a path. The returned function gives it up, to the next one that wants it. */
    claim(path: string, claimant: C): () => void {
        const waiting = this.#waiting.get(path) ?? [];
        waiting.push(claimant);
        this.#waiting.set(path, waiting);
        claimant.turn(waiting[0] === claimant);
        return () => {
            const [first] = waiting;
            const place = waiting.indexOf(claimant);
            if (place >= 0) waiting.splice(place, 1);
            const [next] = waiting;
            if (!next) this.#waiting.delete(path);
            else if (next !== first) next.turn(true);
        };
    }

    at(path: string): C | undefined {
        return this.#waiting.get(path)?.[0];
    }

    /** Those that have their path. */
    holders(): C[] {
        return [...this.#waiting.values()].flatMap(([first]) => (first ? [first] : []));
    }
}
