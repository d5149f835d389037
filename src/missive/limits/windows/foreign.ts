import type { Window } from '../ledger';

/** Left free on top, as a part of the limit: the other program goes on while we count. Without it a server that counts refused requests too is met again and again. */
const headroom = 0.02;

/**
 * What somebody else spends on the same token, as far as a 429 below our own count has told. It is left free and fades
 * over two windows, so that what has gone is used again.
 */
export class Foreign {
    readonly #window: Window;
    #most = 0;
    #since = 0;
    /** Spent for certain, and until when it counts. */
    #certain = { permits: 0, until: 0 };

    constructor(window: Window) {
        this.#window = window;
    }

    /** Permits to leave free now. */
    at(now: number): number {
        return this.learnedAt(now) + this.certainAt(now);
    }

    /** Of these, what answers 429 have told. */
    learnedAt(now: number): number {
        return Math.floor(this.#exact(now));
    }

    /** Of these, what was spent for certain. */
    certainAt(now: number): number {
        return now < this.#certain.until ? this.#certain.permits : 0;
    }

    /** So many were spent by others just now: they count like our own, for a window and not a moment less. */
    knows(permits: number, until: number): void {
        this.#certain = { permits, until };
    }

    /** A 429 came while this many permits of the window were free by our own count. */
    learn(free: number, now: number): void {
        const more = Math.max(this.#exact(now), free) + 1 + this.#window.limit * headroom;
        this.#most = Math.min(this.#window.limit - 1, more);
        this.#since = now;
    }

    /** Milliseconds until so many more permits are free; `Infinity` where there are not as many. */
    fades(count: number, now: number): number {
        const left = this.#exact(now);
        const certain = this.certainAt(now);
        if (Math.floor(left) < count) return certain > 0 ? this.#certain.until - now : Infinity;
        const gone = count - 1 + (left % 1);
        return Math.max(1, (gone * this.#lasts) / this.#most);
    }

    get #lasts(): number {
        return 2 * this.#window.span;
    }

    #exact(now: number): number {
        return Math.max(0, this.#most * (1 - (now - this.#since) / this.#lasts));
    }
}
