import { alive } from '../../../missive/limits/process-place';
import { lineOf } from './head';
import type { Steps } from './steps';
import type { Working } from './working';

/** Compares what Redis has for this instance's with what is in its flow: an answer may have got lost on its way. */
export class Claims {
    #differed = false;
    #unknown: ReadonlySet<string> = new Set();
    #missing: ReadonlySet<string> = new Set();

    constructor(
        private readonly steps: Steps,
        private readonly working: Working,
        /** Another instance has it by now. */
        private readonly taken: (id: string, line: string) => void,
    ) {}

    /** After each beat: how many lines Redis has for ours, and where all instances are (instance, place, …). */
    async check(lines: number, places: readonly string[]): Promise<void> {
        await this.#bury(places);
        const differed = this.#differed;
        this.#differed = lines !== this.working.size;
        // What is on its way just now differs once, not twice.
        if (this.#differed && differed) await this.#compare();
        else if (!this.#differed) this.#unknown = this.#missing = new Set();
    }

    async #compare(): Promise<void> {
        const owned = new Set(((await this.steps.run('owned', true)) as unknown[]).map(String));
        const here = this.working.lines();
        const unknown = new Set([...owned].filter((line) => !here.has(line)));
        const missing = new Set([...here.keys()].filter((line) => !owned.has(line)));
        for (const line of unknown) if (this.#unknown.has(line)) await this.steps.run('release', true, line);
        for (const line of missing) {
            const kept = this.#missing.has(line) && this.working.lines().get(line);
            if (kept) this.taken(kept.id, lineOf(kept));
        }
        this.#unknown = unknown;
        this.#missing = missing;
    }

    /** Of instances on this machine it is known at once when they are dead. */
    async #bury(places: readonly string[]): Promise<void> {
        for (let at = 0; at + 1 < places.length; at += 2) {
            const [instance = '', place = '{}'] = [places[at], places[at + 1]];
            if (instance !== this.steps.id && alive(JSON.parse(place)) === false)
                await this.steps.run('buried', true, instance);
        }
    }
}
