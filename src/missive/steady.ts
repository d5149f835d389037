/**
 * Milliseconds as `Date.now()` has them, on a clock that nobody sets: what is measured with it is as long as it was, also
 * where the computer's clock was wrong and is put right meanwhile.
 */
export const steady = (): number => performance.timeOrigin + performance.now();
