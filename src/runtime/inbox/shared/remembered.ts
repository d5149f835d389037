/** So many are remembered: what is older is nobody's business any more. */
const most = 10_000;

/** A note for each id; the oldest go. */
export class Remembered {
    readonly #notes = new Map<string, string>();

    get(id: string): string | undefined {
        return this.#notes.get(id);
    }

    has(id: string): boolean {
        return this.#notes.has(id);
    }

    set(id: string, note: string): void {
        this.#notes.set(id, note);
        const [oldest] = this.#notes.keys();
        if (this.#notes.size > most && oldest !== undefined) this.#notes.delete(oldest);
    }

    delete(id: string): void {
        this.#notes.delete(id);
    }
}
