import { timer } from '../timer';
import type { Front } from './backlogs';

/** Jobs between two tries: until its time such a job is in no lane and holds no permit, so that others go on. */
export class Pauses<J extends { readonly node: string }> {
    readonly #timers = new Map<J, NodeJS.Timeout>();
    readonly #over: (job: J) => void;

    /** `over` is called when a job's time has come. */
    constructor(over: (job: J) => void) {
        this.#over = over;
    }

    get size(): number {
        return this.#timers.size;
    }

    begin(job: J, ms: number): void {
        const over = () => {
            this.#timers.delete(job);
            this.#over(job);
        };
        this.#timers.set(job, timer(over, ms));
    }

    /** The jobs of a node, in the order in which they came here. */
    of(node: string): J[] {
        return [...this.#timers.keys()].filter((job) => job.node === node);
    }

    /** Each job by itself: there are only ever a few. */
    fronts(): Front<J>[] {
        return [...this.#timers.keys()].map((job) => ({ node: job.node, count: 1, job }));
    }

    /** Ends the pause of a job that does not come again; false where it has none. */
    end(job: J): boolean {
        clearTimeout(this.#timers.get(job));
        return this.#timers.delete(job);
    }
}
