import { type Context, createContext, Script } from 'node:vm';

let context: Context | undefined;
const script = new Script('work()');

/** Where a computer is so busy that the time went to others, how much longer the second try may take. */
const longer = 2;

/**
 * Runs something that does not wait, and stops it after so many milliseconds of its own, whatever it is at: a loop
 * without end, or a pattern that tries too much. What it worked on is thrown away then; it may be begun a second time.
 * Gives undefined where it was stopped.
 */
export function within<T>(milliseconds: number, work: () => T): { readonly result: T } | undefined {
    const before = process.cpuUsage().user;
    const first = stoppable(milliseconds, work);
    const spent = (process.cpuUsage().user - before) / 1000;
    return first ?? (spent < milliseconds / 2 ? stoppable(milliseconds * longer, work) : undefined);
}

function stoppable<T>(timeout: number, work: () => T): { readonly result: T } | undefined {
    context ??= createContext(Object.create(null) as Context);
    let done: { result: T } | undefined;
    context.work = () => {
        done = { result: work() };
    };
    try {
        script.runInContext(context, { timeout });
    } catch (cause) {
        // The error is one of the other context: no `instanceof` knows it.
        if ((cause as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
    } finally {
        context.work = undefined;
    }
    return done;
}
