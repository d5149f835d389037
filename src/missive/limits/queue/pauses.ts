import { timer } from '../timer';

/** Jobs between two tries: until its time such a job is in no lane and holds no permit, so that others go on. */
export class Pauses<J> {
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

    /** Ends the pause of a job that does not come again; false where it has none. */
    end(job: J): boolean {
        clearTimeout(this.#timers.get(job));
        return this.#timers.delete(job);
    }
}
