import type { Kept } from '../kept';
import { keptIn } from './head';
import type { Steps } from './steps';

/** The deliveries that failed too often, of all instances: how many, and the oldest of them. */
export class Stopped {
    count = 0;
    #oldest: readonly Kept[] = [];

    constructor(
        private readonly steps: Steps,
        private readonly most: number,
    ) {}

    get oldest(): readonly Kept[] {
        return this.#oldest;
    }

    /** Takes one off the list: it is to be run again. */
    take(id: string): boolean {
        const left = this.#oldest.filter((kept) => kept.id !== id);
        const known = left.length < this.#oldest.length;
        this.#oldest = left;
        return known;
    }

    /** How many Redis says there are now; resolves to whether that is another number than before. */
    async follow(count: number): Promise<boolean> {
        const changed = count !== this.count;
        this.count = count;
        if (changed || this.#oldest.length !== Math.min(count, this.most)) {
            const found = (await this.steps.run('ofStopped', false, this.most)) as unknown[];
            this.#oldest = found.flatMap((each) => keptIn(each) ?? []).map((kept) => ({ ...kept, stopped: true }));
        }
        return changed;
    }
}
