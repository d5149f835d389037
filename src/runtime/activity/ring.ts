/** The latest entries, bounded in number and bytes; each has a number that only grows. */
export class Ring<T extends object> {
    #next = 1;
    #bytes = 0;
    readonly #entries = new Map<number, { readonly entry: T & { readonly number: number }; readonly bytes: number }>();

    /** `dropped` is told of each entry that goes. */
    constructor(
        private readonly most: number,
        private readonly mostBytes: number,
        private readonly dropped: (entry: T) => void = () => {},
    ) {}

    /** Takes an entry of about so many bytes, and numbers it; the oldest go where there are too many. */
    add(entry: T, bytes: number): T & { readonly number: number } {
        const numbered = Object.assign(entry, { number: this.#next++ });
        this.#entries.set(numbered.number, { entry: numbered, bytes });
        this.#bytes += bytes;
        while (this.#entries.size > this.most || this.#bytes > this.mostBytes) this.shift();
        return numbered;
    }

    /** The oldest entry. */
    get oldest(): (T & { readonly number: number }) | undefined {
        return this.#entries.values().next().value?.entry;
    }

    /** Lets the oldest entry go. */
    shift(): void {
        const [first] = this.#entries;
        if (!first) return;
        const [number, { entry, bytes }] = first;
        this.#entries.delete(number);
        this.#bytes -= bytes;
        this.dropped(entry);
    }

    get(number: number): (T & { readonly number: number }) | undefined {
        return this.#entries.get(number)?.entry;
    }

    /** The entries, the newest first. */
    list(): (T & { readonly number: number })[] {
        return [...this.#entries.values()].map(({ entry }) => entry).reverse();
    }

    get bytes(): number {
        return this.#bytes;
    }
}
