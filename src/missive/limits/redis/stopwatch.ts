/**
 * Begins now; gives the milliseconds since then, by whichever clock says more: the one that nobody sets stands still while
 * a machine sleeps, the other one may have been put.
 */
export function stopwatch(): () => number {
    const [steady, day] = [performance.now(), Date.now()];
    return () => Math.max(performance.now() - steady, Date.now() - day);
}
