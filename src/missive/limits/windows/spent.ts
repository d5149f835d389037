import type { Limits } from '../ledger';

/** When requests finished, and how many of them each window still counts. */
export class Spent {
    readonly #windows: readonly { readonly span: number; head: number }[];
    /** Ascending; what no window counts any more is cut off now and then. */
    #finished: number[] = [];
    /** Those of them that this process has sent itself. */
    #own: number[] = [];

    constructor({ windows, margin }: Limits) {
        this.#windows = windows.map(({ span }) => ({ span: span + margin, head: 0 }));
    }

    /** Not before the one that was added last. */
    add(at: number): void {
        const last = Math.max(at, this.#finished.at(-1) ?? -Infinity);
        this.#finished.push(last);
        this.#own.push(last);
    }

    /** What others have sent, in place of what was known of them. */
    beside(others: readonly number[], now: number): void {
        const known = others.map((at) => Math.min(at, now));
        this.#finished = [...this.#own, ...known].sort((one, other) => one - other);
        for (const window of this.#windows) window.head = 0;
        this.forget(now);
    }

    /** The finish times of this process that still count. */
    get own(): readonly number[] {
        return this.#own;
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
        const gone = Math.min(...this.#windows.map(({ head }) => head));
        const longest = Math.max(...this.#windows.map(({ span }) => span));
        const old = this.#own.findIndex((at) => at > now - longest);
        if (old !== 0) this.#own = old < 0 ? [] : this.#own.slice(old);
        if (gone < 1024) return;
        this.#finished = this.#finished.slice(gone);
        for (const window of this.#windows) window.head -= gone;
    }
}
