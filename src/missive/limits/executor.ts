import type Bottleneck from 'bottleneck';
import { limits } from './ledger';

/** What a slot is given to do; it never throws. */
type Work = () => Promise<void>;

/**
 * Runs at most five things at once, in jobs of Bottleneck. Bottleneck takes some milliseconds to begin a job and to end
 * it, so a job of it is a slot: it does one thing after another and stays, waiting for more without a timer. Whoever
 * finds a slot that waits starts at once.
 */
export class Executor {
    #bottleneck: Bottleneck | undefined;
    readonly #waiting: Work[] = [];
    /** Slots that have nothing to do. */
    readonly #idle: ((work: Work) => void)[] = [];

    /** Starts the work as soon as one of the five slots is free. */
    run(work: Work): void {
        const slot = this.#idle.pop();
        if (slot) slot(work);
        else {
            this.#waiting.push(work);
            this.#bottleneck ??= made();
            void this.#bottleneck.schedule(() => this.#slot(this.#bottleneck));
        }
    }

    async #slot(bottleneck: Bottleneck | undefined): Promise<void> {
        // Somebody behind a sixth slot is served by the five; that slot then has nothing to wait for.
        for (let work = this.#waiting.shift(); work; work = this.#waiting.shift() ?? (await this.#next(bottleneck)))
            await work();
    }

    /** What comes next, however long that takes; nothing where Bottleneck has another slot to begin. */
    #next(bottleneck: Bottleneck | undefined): Promise<Work | undefined> {
        if (bottleneck?.queued()) return Promise.resolve(undefined);
        return new Promise((resolve) => this.#idle.push(resolve));
    }
}

/** Its smaller build, without Redis: it does that badly (see the README), and it is loaded with the first call. */
function made(): Bottleneck {
    const { default: Limiter } = require('bottleneck/light') as typeof import('bottleneck');
    const bottleneck = new Limiter({ maxConcurrent: limits.inFlight });
    // Without a listener Bottleneck's own trouble would be silent; with one that throws it would never end.
    bottleneck.on('error', () => {});
    return bottleneck;
}
