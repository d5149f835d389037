import { MissiveError } from '../errors';

/** How long and in what company a task may wait for its turn. */
export interface Patience {
    /** Seconds since `since`; blank: as long as it takes. */
    readonly maxWait?: number | undefined;
    /** So many tasks of one owner may wait. */
    readonly maxQueue?: number | undefined;
    /** Aborted when the node is stopped. */
    readonly signal?: AbortSignal | undefined;
    /** When the message came, as `performance.now()` has it; blank: now. */
    readonly since?: number | undefined;
}

interface Lines {
    readonly tails: Map<string, Promise<unknown>>;
    waiting: number;
}

const all = new WeakMap<object, Lines>();

/**
 * Runs the tasks of one owner and key one after another, in the order in which they came; other keys do not wait.
 * A task that fails does not stop the next. One that may wait no longer is not run: `ERR_MISSIVE_QUEUE`, or
 * `ERR_MISSIVE_CLOSED` where its node was stopped.
 */
export async function exclusive<T>(
    owner: object,
    key: string,
    task: () => Promise<T>,
    patience: Patience = {},
): Promise<T> {
    const lines = all.get(owner) ?? { tails: new Map(), waiting: 0 };
    all.set(owner, lines);
    const before = lines.tails.get(key);
    const mine = before ? wait(lines, before, patience).then(task) : task();
    // Whoever comes next waits for those before this one too, even where this one gives up.
    const tail = Promise.allSettled([before, mine]);
    lines.tails.set(key, tail);
    void tail.then(() => {
        if (lines.tails.get(key) === tail) lines.tails.delete(key);
    });
    return mine;
}

async function wait(lines: Lines, before: Promise<unknown>, patience: Patience): Promise<void> {
    const { maxQueue = 10_000, maxWait, signal, since = performance.now() } = patience;
    if (lines.waiting >= maxQueue) throw full(maxQueue);
    lines.waiting += 1;
    let timer: NodeJS.Timeout | undefined;
    let stop: (() => void) | undefined;
    try {
        await new Promise<void>((resolve, reject) => {
            void before.then(() => resolve());
            if (signal?.aborted) reject(stopped());
            stop = () => reject(stopped());
            signal?.addEventListener('abort', stop, { once: true });
            if (maxWait === undefined) return;
            const left = Math.max(0, maxWait * 1000 - (performance.now() - since));
            timer = setTimeout(() => reject(late(maxWait)), Math.min(left, 2 ** 31 - 1));
        });
    } finally {
        lines.waiting -= 1;
        clearTimeout(timer);
        if (stop) signal?.removeEventListener('abort', stop);
    }
}

const full = (maxQueue: number): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_QUEUE',
        `${maxQueue} messages about contacts are already waiting for their turn. Send fewer, or allow the account a longer queue.`,
    );

const late = (maxWait: number): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_QUEUE',
        `The message waited longer than the ${maxWait} s the account allows, for others about the same contact.`,
    );

const stopped = (): MissiveError =>
    new MissiveError('ERR_MISSIVE_CLOSED', 'The node was stopped; nothing was written.');
