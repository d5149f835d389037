import type { Outcome } from '../inbox/inbox';

/** How a wait for the flow ended; `late`: it took too long, or the node was stopped. */
export type Waited = Outcome | 'late';

interface Open {
    readonly print: string;
    readonly node: string;
    readonly waited: Promise<Waited>;
    readonly end: (waited: Waited) => void;
}

/** The deliveries whose answer waits until the flow has dealt with them. */
export class Waiting {
    readonly #open = new Map<string, Open>();

    get size(): number {
        return this.#open.size;
    }

    /** Waits for a delivery of a node, up to so many milliseconds. */
    wait(id: string, { node, print, ms }: { node: string; print: string; ms: number }): Promise<Waited> {
        const { promise: waited, resolve } = resolvable<Waited>();
        const end = (outcome: Waited) => {
            clearTimeout(timer);
            this.#open.delete(id);
            resolve(outcome);
        };
        const timer = setTimeout(() => end('late'), ms);
        this.#open.set(id, { print, node, waited, end });
        return waited;
    }

    has(id: string): boolean {
        return this.#open.has(id);
    }

    /** The wait for an earlier request with the same delivery. */
    of(node: string, print: string): Promise<Waited> | undefined {
        for (const each of this.#open.values()) if (each.node === node && each.print === print) return each.waited;
        return undefined;
    }

    settle(id: string, outcome: Outcome): void {
        this.#open.get(id)?.end(outcome);
    }

    /** Ends what waits for a node that is being stopped: the messages may be lost with their nodes. */
    stop(node: string): void {
        for (const each of this.#open.values()) if (each.node === node) each.end('late');
    }
}

function resolvable<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
    let resolve: (value: T) => void = () => {};
    const promise = new Promise<T>((settle) => {
        resolve = settle;
    });
    return { promise, resolve };
}
