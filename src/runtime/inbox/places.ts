/** Where a delivery is on its way; one that is kept and in none of these waits for its turn. */
export type Place = 'storing' | 'flow' | 'pause';

/** Where the deliveries of an inbox are, each by its id, and what happens to it if it stays there for long. */
export class Places {
    readonly #places = new Map<string, { at: Place; timer?: NodeJS.Timeout; since?: number }>();

    /** A delivery comes to a place, and after so many milliseconds something happens. */
    set(id: string, at: Place, ms?: number, then: () => void = () => {}): void {
        this.leave(id);
        const since = at === 'flow' && { since: performance.now() };
        const timer = ms !== undefined && { timer: setTimeout(then, ms).unref() };
        this.#places.set(id, { at, ...since, ...timer });
    }

    leave(id: string): void {
        clearTimeout(this.#places.get(id)?.timer);
        this.#places.delete(id);
    }

    of(id: string): Place | undefined {
        return this.#places.get(id)?.at;
    }

    /** How many are in the flow for longer than so many milliseconds. */
    silentFor(ms: number): number {
        const before = performance.now() - ms;
        return [...this.#places.values()].filter(({ since }) => since !== undefined && since < before).length;
    }

    /** Nothing happens any more to what stays where it is. */
    rest(): void {
        for (const { timer } of this.#places.values()) clearTimeout(timer);
    }
}
