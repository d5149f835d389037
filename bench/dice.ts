/** A generator of numbers from 0 to 1 with a seed, so that a run can be run again. */
export function dice(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}
