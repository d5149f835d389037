import { type Grant, type Ledger, type LedgerState, limits, type Permit, type Window } from './ledger';

/** Kept on top of each window: clocks differ a little, and an answer takes its way back. */
const margin = 1000;

/**
 * Exact sliding windows in memory. A permit counts from its grant until a window and a margin after its request
 * *finished*: whichever instant in between Missive takes for the request's, and whether its own windows slide, are
 * fixed or are a bucket, it never sees too many.
 */
export class MemoryLedger implements Ledger {
    readonly #inFlight = new Set<Permit>();
    /** When requests finished, ascending; older ones than the longest window are cut off now and then. */
    #finished: number[] = [];
    /** For each window the first of `#finished` that still counts. */
    readonly #windows = limits.windows.map((window) => ({ ...window, head: 0 }));
    #heldUntil = 0;
    /** After a hold: the request that goes ahead; `next` while it has not started. */
    #probe: Permit | 'next' | undefined;

    acquire(): Grant {
        const now = performance.now();
        this.#forget(now);
        if (now < this.#heldUntil) return { wait: this.#heldUntil - now };
        if (typeof this.#probe === 'symbol' || this.#inFlight.size >= limits.inFlight) return { wait: Infinity };
        const wait = Math.max(...this.#windows.map((window) => this.#waitFor(window, now)));
        if (wait > 0) return { wait };
        const permit = Symbol('permit');
        this.#inFlight.add(permit);
        if (this.#probe === 'next') this.#probe = permit;
        return { permit };
    }

    release(permit: Permit): void {
        if (!this.#inFlight.delete(permit)) return;
        this.#finished.push(performance.now());
        if (this.#probe === permit) this.#probe = undefined;
    }

    refund(permit: Permit): void {
        this.#inFlight.delete(permit);
        // Missive has not been asked, so the next one is the probe.
        if (this.#probe === permit) this.#probe = 'next';
    }

    hold(ms: number): void {
        this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
        this.#probe = 'next';
    }

    state(): LedgerState {
        const now = performance.now();
        this.#forget(now);
        const windows = this.#windows.map((window) => ({
            limit: window.limit,
            span: window.span,
            used: this.#used(window),
        }));
        return { inFlight: this.#inFlight.size, windows, held: Math.max(0, this.#heldUntil - now) };
    }

    #used(window: { head: number }): number {
        return this.#inFlight.size + this.#finished.length - window.head;
    }

    /** Milliseconds until this window has room; `Infinity` where that hangs on requests which still run. */
    #waitFor(window: Window & { head: number }, now: number): number {
        const excess = this.#used(window) - window.limit;
        if (excess < 0) return 0;
        const finished = this.#finished[window.head + excess];
        return finished === undefined ? Infinity : finished + window.span + margin - now;
    }

    #forget(now: number): void {
        for (const window of this.#windows) {
            const over = now - window.span - margin;
            while ((this.#finished[window.head] ?? Infinity) <= over) window.head++;
        }
        const gone = Math.min(...this.#windows.map((window) => window.head));
        if (gone < 1024) return;
        this.#finished = this.#finished.slice(gone);
        for (const window of this.#windows) window.head -= gone;
    }
}
