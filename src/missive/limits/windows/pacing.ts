import type { Window } from '../ledger';
import type { Rules } from '../policy';
import type { Spent } from './spent';

/** Milliseconds between two patient calls that no window of this many permits ever minds: Missive's "five a second". */
export const spacing = ({ span }: Window, room: number, margin: number): number => (span + margin) / room;

/** The longest window as the pace has to know it. */
export interface Longest {
    readonly window: Window;
    readonly index: number;
    readonly used: number;
    readonly room: number;
    readonly margin: number;
}

/**
 * Milliseconds between two patient calls so that they never run dry: d = max over the used permits of (when the j-th
 * comes back) / (what is free now + j). It adapts by itself to what urgent calls take. 0 below the policy's burst.
 */
export function pacing(
    { window, index, used, room, margin }: Longest,
    spent: Spent,
    rules: Rules,
    now: number,
): number {
    if (used < rules.burst * window.limit) return 0;
    const free = Math.max(1, room - used);
    let widest = spacing(window, room, margin);
    for (let nth = 0; nth < spent.in(index); nth++) {
        const back = spent.backAt(index, nth) ?? now;
        widest = Math.max(widest, (back - now) / (free + nth));
    }
    return widest;
}
