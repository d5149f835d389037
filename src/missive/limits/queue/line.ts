/** A line of things in order; everything costs the same however long it is. */
export class Line<T> {
    readonly #links = new Map<T, { before: T | undefined; after: T | undefined }>();
    #first: T | undefined;
    #last: T | undefined;

    get size(): number {
        return this.#links.size;
    }

    get first(): T | undefined {
        return this.#first;
    }

    get last(): T | undefined {
        return this.#last;
    }

    before(item: T): T | undefined {
        return this.#links.get(item)?.before;
    }

    *[Symbol.iterator](): Iterator<T> {
        for (let item = this.#first; item !== undefined; item = this.#links.get(item)?.after) yield item;
    }

    /** Puts `item` right behind `place`; at the very front where there is no place. */
    insert(item: T, place: T | undefined): void {
        const behind = place === undefined ? undefined : this.#links.get(place);
        const after = behind ? behind.after : this.#first;
        this.#links.set(item, { before: place, after });
        this.#join(place, item);
        this.#join(item, after);
    }

    delete(item: T): boolean {
        const link = this.#links.get(item);
        if (!link) return false;
        this.#links.delete(item);
        this.#join(link.before, link.after);
        return true;
    }

    #join(left: T | undefined, right: T | undefined): void {
        const before = left === undefined ? undefined : this.#links.get(left);
        const after = right === undefined ? undefined : this.#links.get(right);
        if (before) before.after = right;
        else this.#first = right;
        if (after) after.before = left;
        else this.#last = left;
    }
}
