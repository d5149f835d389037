/** By how many milliseconds this computer's clock is ahead of Missive's: for each address and token, as its last answer said. */
const ahead = new WeakMap<object, number>();

/** Half of the second that the head of an answer leaves out, and what an answer may take on its way. */
const slack = 5_000;

/** Remembers what time it was at Missive, in Unix seconds, when an answer left it that is here just now. */
export function noteFarClock(shared: object, date: number | undefined, now = Date.now()): void {
    if (date === undefined) return;
    const difference = now - date * 1000;
    ahead.set(shared, Math.abs(difference) < slack ? 0 : difference);
}

/** `undefined` where Missive has not answered yet. */
export const aheadOfFar = (shared: object): number | undefined => ahead.get(shared);
