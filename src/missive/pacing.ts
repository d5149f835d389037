import { margin, type Window } from './ledger';
import type { Rules } from './policy';
import type { Spent } from './spent';

/** Milliseconds between two patient calls that no window of this many permits ever minds: Missive's "five a second". */
export const spacing = ({ span }: Window, room: number): number => (span + margin) / room;

/**
 * Milliseconds between two patient calls so that they never run dry: d = max over the used permits of (when the j-th
 * comes back) / (what is free now + j). It adapts by itself to what urgent calls take. 0 below the policy's burst.
 */
export function pacing(
    longest: Window,
    index: number,
    used: number,
    room: number,
    spent: Spent,
    now: number,
    rules: Rules,
): number {
    if (used < rules.burst * longest.limit) return 0;
    const free = Math.max(1, room - used);
    let widest = spacing(longest, room);
    for (let nth = 0; nth < spent.in(index); nth++) {
        const back = spent.backAt(index, nth) ?? now;
        widest = Math.max(widest, (back - now) / (free + nth));
    }
    return widest;
}
