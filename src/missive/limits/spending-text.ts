import { limits, type Spending } from './ledger';

/** Requests that may have gone out after the last time of writing, where nobody has closed the file. */
const unwritten = 10;

/** What is in the file; times by the clock, as it outlives the process. */
export interface Content {
    readonly finished: readonly number[];
    readonly inFlight: number;
    readonly heldUntil: number;
    /** Whether the one who wrote it has stopped in good order. */
    readonly closed: boolean;
}

/** The text of the file: what was spent by now. */
export function textOf({ finished, inFlight, held }: Spending, closed: boolean): string {
    const now = Date.now();
    const content: Content = {
        finished: finished.map((age) => Math.round(now - age)),
        inFlight,
        heldUntil: held > 0 ? Math.round(now + held) : 0,
        closed,
    };
    return `${JSON.stringify(content)}\n`;
}

/** What a text says; `undefined` where it cannot be made out. */
export function contentOf(text: string): Content | undefined {
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (typeof content !== 'object' || content === null) return undefined;
    const { finished, inFlight, heldUntil } = content as Partial<Record<keyof Content, unknown>>;
    const numbers: unknown[] = Array.isArray(finished) ? [inFlight, heldUntil, ...finished] : [undefined];
    return numbers.every((each) => Number.isFinite(each)) ? (content as Content) : undefined;
}

/** Times by the clock as ages. A clock that was put back since makes no request younger than now. */
export function spendingOf({ finished, inFlight, heldUntil, closed }: Content): Spending {
    const now = Date.now();
    const longest = Math.max(...limits.windows.map(({ span }) => span));
    const ages = finished.map((at) => Math.max(0, now - at)).sort((x, y) => y - x);
    return {
        finished: ages,
        inFlight: Math.min(limits.inFlight, inFlight) + (closed ? 0 : unwritten),
        held: Math.min(longest, Math.max(0, heldUntil - now)),
    };
}
