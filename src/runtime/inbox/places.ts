/** Where a delivery is on its way; one that is kept and in none of these waits for its turn. */
export type Place = 'storing' | 'flow' | 'pause';

interface Standing {
    readonly at: Place;
    readonly then: () => void;
    timer: NodeJS.Timeout | undefined;
}

/** Where the deliveries of an inbox are, each by its id, and what happens to it if it stays there for long. */
export class Places {
    readonly #places = new Map<string, Standing>();

    /** A delivery comes to a place, and after so many milliseconds something happens. */
    set(id: string, at: Place, ms?: number, then: () => void = () => {}): void {
        this.leave(id);
        this.#places.set(id, { at, then, timer: undefined });
        if (ms !== undefined) this.within(id, ms);
    }

    /** It happens after so many milliseconds from now instead. */
    within(id: string, ms: number): void {
        const standing = this.#places.get(id);
        if (!standing) return;
        clearTimeout(standing.timer);
        standing.timer = setTimeout(standing.then, ms).unref();
    }

    leave(id: string): void {
        clearTimeout(this.#places.get(id)?.timer);
        this.#places.delete(id);
    }

    of(id: string): Place | undefined {
        return this.#places.get(id)?.at;
    }

    /** The ids of those at a place. */
    at(place: Place): readonly string[] {
        return [...this.#places].filter(([, { at }]) => at === place).map(([id]) => id);
    }

    /** Nothing happens any more to what stays where it is. */
    rest(): void {
        for (const { timer } of this.#places.values()) clearTimeout(timer);
    }
}
