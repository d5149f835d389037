import type { Limits } from '../ledger';

/** When requests finished, and how many of them each window still counts. */
export class Spent {
    readonly #windows: readonly { readonly span: number; head: number }[];
    /** Ascending; what no window counts any more is cut off now and then. */
    #finished: number[] = [];

    constructor({ windows, margin }: Limits) {
        this.#windows = windows.map(({ span }) => ({ span: span + margin, head: 0 }));
    }

    /** Not before the one that was added last. */
    add(at: number): void {
        this.#finished.push(Math.max(at, this.#finished.at(-1) ?? -Infinity));
    }

    /** The finish times that still count. */
    get all(): readonly number[] {
        return this.#finished.slice(this.#oldest);
    }

    /** How many count in this window. */
    in(window: number): number {
        return this.#finished.length - (this.#windows[window]?.head ?? 0);
    }

    /** When the nth of them (0: the next one) counts no more in this window; `undefined` where there are not as many. */
    backAt(window: number, nth: number): number | undefined {
        const { head = 0, span = 0 } = this.#windows[window] ?? {};
        const finished = this.#finished[head + nth];
        return finished === undefined ? undefined : finished + span;
    }

    /** Leaves out what a window counts no more. */
    forget(now: number): void {
        for (const window of this.#windows)
            while ((this.#finished[window.head] ?? Infinity) <= now - window.span) window.head++;
        const gone = this.#oldest;
        if (gone < 1024) return;
        this.#finished = this.#finished.slice(gone);
        for (const window of this.#windows) window.head -= gone;
    }

    get #oldest(): number {
        return Math.min(...this.#windows.map(({ head }) => head));
    }
}
