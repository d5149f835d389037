import type Bottleneck from 'bottleneck';
import { limits } from './ledger';

/** What a slot is given to do; it never throws. */
type Work = () => Promise<void>;

/**
 * Runs at most five things at once, in jobs of Bottleneck. Bottleneck takes some milliseconds to begin a job and to end
 * it, and begins none for a while where the clock was put back: so each of its five jobs is a slot, which does one thing
 * after another and waits for more without a timer.
 */
export class Executor {
    #bottleneck: Bottleneck | undefined;
    #slots = 0;
    readonly #waiting: Work[] = [];
    /** Slots that have nothing to do. */
    readonly #idle: ((work: Work) => void)[] = [];

    /** Starts the work as soon as one of the five slots is free. */
    run(work: Work): void {
        const slot = this.#idle.pop();
        if (slot) {
            slot(work);
            return;
        }
        this.#waiting.push(work);
        if (this.#slots === limits.inFlight) return;
        this.#slots++;
        this.#bottleneck ??= made();
        void this.#bottleneck.schedule(() => this.#slot());
    }

    async #slot(): Promise<never> {
        while (true) {
            const work = this.#waiting.shift() ?? (await new Promise<Work>((resolve) => this.#idle.push(resolve)));
            await work();
        }
    }
}

/** Its smaller build, without Redis, which it could not defend after a crash; it is loaded with the first call. */
function made(): Bottleneck {
    const { default: Limiter } = require('bottleneck/light') as typeof import('bottleneck');
    const bottleneck = new Limiter({ maxConcurrent: limits.inFlight });
    // Without a listener Bottleneck's own trouble would be silent; with one that throws it would never end.
    bottleneck.on('error', () => {});
    return bottleneck;
}
