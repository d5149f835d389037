/** The cards of the last conversations, so that they stand there at once when somebody comes back. */
export class Memory {
    #most;
    #cards = new Map();

    constructor(most = 20) {
        this.#most = most;
    }

    get(key) {
        const found = this.#cards.get(key);
        if (found) this.set(key, found);
        return found;
    }

    set(key, value) {
        this.#cards.delete(key);
        this.#cards.set(key, value);
        for (const oldest of this.#cards.keys()) {
            if (this.#cards.size <= this.#most) break;
            this.#cards.delete(oldest);
        }
    }
}
