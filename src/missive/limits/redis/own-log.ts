/** What this process has sent within the longest window, for a Redis that has forgotten it. */
export class OwnLog {
    readonly #keep: number;
    #entries: { readonly id: string; readonly at: number }[] = [];

    /** `keep`: milliseconds for which a request counts after it has finished. */
    constructor(keep: number) {
        this.#keep = keep;
    }

    add(id: string, at = performance.now()): void {
        this.#entries.push({ id, at });
        const now = performance.now();
        if (this.#entries.length > 2000) this.#entries = this.#entries.filter((entry) => now - entry.at < this.#keep);
    }

    /** How many finished within so many milliseconds. */
    within(span: number): number {
        const since = performance.now() - span;
        let count = 0;
        for (const { at } of this.#entries) if (at > since) count++;
        return count;
    }

    /** Pairs of id and age in milliseconds, the oldest first. */
    ages(): readonly (readonly [string, number])[] {
        const now = performance.now();
        return this.#entries
            .filter(({ at }) => now - at < this.#keep)
            .map(({ id, at }) => [id, Math.round(now - at)] as const);
    }
}
