const running = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Runs the tasks of one owner and key one after another, in the order in which they came; other keys do not wait.
 * A task that fails does not stop the next.
 */
export async function exclusive<T>(owner: object, key: string, task: () => Promise<T>): Promise<T> {
    const tails = running.get(owner) ?? new Map<string, Promise<unknown>>();
    running.set(owner, tails);
    const before = tails.get(key);
    const mine = before ? before.then(task, task) : task();
    tails.set(key, mine);
    try {
        return await mine;
    } finally {
        if (tails.get(key) === mine) tails.delete(key);
    }
}
