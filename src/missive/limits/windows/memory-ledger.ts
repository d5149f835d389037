import {
    type Beside,
    type Grant,
    type Ledger,
    type LedgerState,
    type Limits,
    limits,
    type Pace,
    type Permit,
    type Spending,
    shareOf,
} from '../ledger';
import type { Policy } from '../policy';
import { CountedWindows } from './counted-windows';

/**
 * Exact sliding windows in memory. A permit counts from its grant until a window and a margin after its request
 * *finished*: whichever instant in between Missive takes for the request's, and whether its own windows slide, are
 * fixed or are a bucket, it never sees too many.
 */
export class MemoryLedger implements Ledger {
    policy: Policy = 'balanced';
    wake: (() => void) | undefined;
    changed: (() => void) | undefined;
    beside: (() => Beside | undefined) | undefined;
    readonly #limits: Limits;
    readonly #instances: number;
    readonly #windows: CountedWindows;
    readonly #inFlight = new Set<Permit>();
    #heldUntil = 0;
    /** After a hold: the request that goes ahead; `next` while it has not started. */
    #probe: Permit | 'next' | undefined;
    /** When the last patient call got its permit. */
    #paced = -Infinity;
    /** Others that send just now, as far as is known. */
    #others = 0;

    /** Keeps to an equal part of the limits where several instances share them. */
    constructor(of: Limits = limits, instances = 1) {
        const allowed = instances > 1 ? shareOf(of, instances) : of;
        this.#instances = instances;
        this.#limits = allowed;
        this.#windows = new CountedWindows(
            allowed,
            () => this.#inFlight.size,
            () => this.policy,
        );
    }

    acquire(pace: Pace = 'urgent'): Grant {
        const now = performance.now();
        this.#meet(now);
        this.#windows.spent.forget(now);
        if (now < this.#heldUntil) return { wait: this.#heldUntil - now };
        if (typeof this.#probe === 'symbol' || this.#inFlight.size >= this.#atOnce) return { wait: Infinity };
        const wait = this.#windows.wait(pace, now);
        if (wait > 0) return { wait };
        if (pace === 'patient') {
            const turn = this.#paced + this.#windows.gap(now);
            if (now < turn) return { wait: turn - now };
            this.#paced = now;
        }
        const permit = Symbol('permit');
        this.#inFlight.add(permit);
        if (this.#probe === 'next') this.#probe = permit;
        this.changed?.();
        return { permit };
    }

    release(permit: Permit): void {
        if (!this.#inFlight.delete(permit)) return;
        this.#windows.spent.add(performance.now());
        if (this.#probe === permit) this.#probe = undefined;
        this.changed?.();
    }

    refund(permit: Permit): void {
        this.#inFlight.delete(permit);
        // Missive has not been asked, so the next one is the probe.
        if (this.#probe === permit) this.#probe = 'next';
    }

    hold(ms: number, limit?: number): void {
        const now = performance.now();
        this.#heldUntil = Math.max(this.#heldUntil, now + ms);
        this.#probe = 'next';
        this.#windows.spent.forget(now);
        for (const window of this.#windows.all)
            if (window.limit === limit)
                window.foreign.learn(Math.max(0, window.limit - this.#windows.used(window)), now);
        this.changed?.();
    }

    /** Nobody knows what was spent: nine tenths of everything are left free at first, and come back by and by. */
    doubt(): void {
        const now = performance.now();
        for (const window of this.#windows.all) window.foreign.learn(0.9 * window.limit, now);
    }

    /** So many of this window were spent by others until then. */
    know(window: number, permits: number, since = performance.now()): void {
        const counted = this.#windows.all[window];
        counted?.foreign.knows(permits, since + counted.span + this.#limits.margin);
    }

    spending(): Spending {
        const now = performance.now();
        this.#windows.spent.forget(now);
        const finished = this.#windows.spent.own.map((at) => now - at);
        return { finished, inFlight: this.#inFlight.size, held: Math.max(0, this.#heldUntil - now) };
    }

    recall({ finished, inFlight, held }: Spending): void {
        const now = performance.now();
        for (const age of finished) this.#windows.spent.add(now - Math.max(0, age));
        // Nobody will say when these have ended.
        for (let at = 0; at < inFlight; at++) this.#windows.spent.add(now);
        if (held > 0) this.hold(held);
    }

    forecast(pace: Pace, ahead: number): number {
        const now = performance.now();
        this.#windows.spent.forget(now);
        return Math.max(this.#heldUntil - now, this.#windows.forecast(pace, ahead, this.#paced, now), 0);
    }

    /** Counts what others have sent. */
    #meet(now: number): void {
        const found = this.beside?.();
        if (!found) return;
        const { finished, active, held } = found;
        this.#windows.spent.beside(
            finished.map((age) => now - age),
            now,
        );
        this.#others = active;
        this.#windows.crowded = active > 0;
        // A moment's difference is that of the clocks.
        if (held > 0 && now + held > this.#heldUntil + 100) this.hold(held);
    }

    /** So many of our own may be on their way: a part of what is allowed where others send, too. */
    get #atOnce(): number {
        return Math.max(1, Math.floor(this.#limits.inFlight / (1 + this.#others)));
    }

    state(): LedgerState {
        const now = performance.now();
        this.#meet(now);
        this.#windows.spent.forget(now);
        const windows = this.#windows.all.map((window) => ({
            limit: window.limit,
            span: window.span,
            used: this.#windows.used(window),
        }));
        const sharing = this.#instances > 1 ? 'parted' : 'alone';
        return {
            sharing,
            instances: Math.max(this.#instances, 1 + this.#others),
            inFlight: this.#inFlight.size,
            windows,
            held: Math.max(0, this.#heldUntil - now),
        };
    }
}
