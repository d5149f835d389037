import type { Kept } from './kept';

/** The deliveries of each conversation that are not stopped, oldest first; one without a conversation stands alone. */
export class Lines {
    readonly #lines = new Map<string, Kept[]>();

    /** Puts a delivery at the end of its line. */
    add(kept: Kept): readonly Kept[] {
        const line = this.#lines.get(keyOf(kept)) ?? [];
        this.#lines.set(keyOf(kept), line);
        line.push(kept);
        return line;
    }

    /** Takes a delivery out; gives those that are left of its line. */
    remove(kept: Kept): readonly Kept[] {
        const line = this.#lines.get(keyOf(kept)) ?? [];
        const at = line.indexOf(kept);
        if (at >= 0) line.splice(at, 1);
        if (line.length === 0) this.#lines.delete(keyOf(kept));
        return line;
    }

    of(kept: Kept): readonly Kept[] {
        return this.#lines.get(keyOf(kept)) ?? [];
    }

    all(): readonly (readonly Kept[])[] {
        return [...this.#lines.values()];
    }
}

const keyOf = ({ conversation, id }: Kept): string => conversation ?? id;
