/** More than a timer can hold fires at once. */
const longest = 2 ** 31 - 1;

/** A timer for any number of milliseconds: too many, none or less than none. */
export const timer = (done: () => void, ms: number): NodeJS.Timeout =>
    setTimeout(done, Math.min(longest, Math.max(0, Math.ceil(ms))));
