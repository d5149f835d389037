import { type Context, createContext, Script } from 'node:vm';

let context: Context | undefined;
const script = new Script('work()');

/**
 * Runs something that does not wait, and stops it after so many milliseconds, whatever it is at: a loop without end, or
 * a pattern that tries too much. What it worked on is thrown away then. Gives undefined where it was stopped.
 */
export function within<T>(milliseconds: number, work: () => T): { readonly result: T } | undefined {
    context ??= createContext(Object.create(null) as Context);
    let done: { result: T } | undefined;
    context.work = () => {
        done = { result: work() };
    };
    try {
        script.runInContext(context, { timeout: milliseconds });
    } catch (cause) {
        // The error is one of the other context: no `instanceof` knows it.
        if ((cause as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
    } finally {
        context.work = undefined;
    }
    return done;
}
