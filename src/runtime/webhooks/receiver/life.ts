import { ending } from '../../../missive/ending';
import type { Flows } from '../../flows';

/** A node's days: it is made, the flows run with it, it is stopped. */
export class Life {
    /** The flows have run with it. */
    running = false;
    readonly #stop = ending();

    constructor(private readonly flows: Flows) {}

    /** Aborted with its end. */
    get signal(): AbortSignal {
        return this.#stop.signal;
    }

    get over(): boolean {
        return this.#stop.signal.aborted;
    }

    end(): void {
        this.#stop.abort();
    }

    /** Whether the flows run with it; false where it is stopped before they did. */
    started(): boolean | Promise<boolean> {
        return this.running || this.#untilStarted();
    }

    #untilStarted(): Promise<boolean> {
        return new Promise((resolve) => {
            const end = () => {
                off();
                this.signal.removeEventListener('abort', end);
                resolve(!this.over);
            };
            const off = this.flows.onStarted(end);
            this.signal.addEventListener('abort', end);
        });
    }
}
