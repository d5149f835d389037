import type { Brake, Verdict } from './memory';

/** A minute without own events, and a conversation starts anew. */
const span = 60_000;
const most = 10_000;

/** Counts in the memory of this process. */
export class BrakeHere implements Brake {
    readonly #rounds = new Map<string, { count: number; last: number }>();

    /** After so many `rounds` in a row, each within a minute of the one before, it holds; 0: never. */
    constructor(
        private readonly rounds: number,
        private readonly now: () => number = () => performance.now(),
    ) {}

    /** How many rounds of a conversation were counted here without a pause. */
    count(conversation: string): number {
        const known = this.#rounds.get(conversation);
        return known && this.now() - known.last < span ? known.count : 0;
    }

    round(conversation: string): Verdict {
        if (this.rounds <= 0) return 'go';
        const before = this.#rounds.get(conversation);
        const count = before && this.now() - before.last < span ? before.count + 1 : 1;
        this.#rounds.delete(conversation);
        this.#rounds.set(conversation, { count, last: this.now() });
        for (const [oldest, { last }] of this.#rounds) {
            if (this.#rounds.size <= most && this.now() - last < span) break;
            this.#rounds.delete(oldest);
        }
        if (count <= this.rounds) return 'go';
        return count === this.rounds + 1 ? 'stop' : 'stopped';
    }
}
