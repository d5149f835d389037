import { setTimeout as pause } from 'node:timers/promises';

/** How often to look, in seconds. */
export const [leastEvery, usualEvery] = [60, 300];

/** The seconds between two looks that a node's property stands for. */
export function everyOf(value: unknown): number {
    const seconds = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value ?? Number.NaN);
    return Number.isFinite(seconds) ? Math.max(leastEvery, seconds) : usualEvery;
}

/** What looking again and again needs. */
interface Course {
    /** Seconds from the end of a look to the next one. */
    readonly every: number;
    readonly signal: AbortSignal;
    look(): Promise<void>;
    /** A look failed; the next one comes as if nothing had been. */
    failed(error: Error): void;
}

/** Looks at once, then again and again until the signal says stop; never twice at a time. */
export async function watching({ every, signal, look, failed }: Course): Promise<void> {
    while (!signal.aborted) {
        try {
            await look();
        } catch (error) {
            if (!signal.aborted) failed(error instanceof Error ? error : new Error(String(error)));
        }
        await pause(every * 1000, undefined, { signal, ref: false }).catch(() => undefined);
    }
}
