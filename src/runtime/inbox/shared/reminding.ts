import { stopwatch } from '../../../missive/limits/redis/stopwatch';
import { parted, remembered, seenKey } from '../../redis/print';
import { isBody, type Kept } from '../kept';
import { headOf, lineOf } from './head';
import type { Steps } from './steps';

/** Tells a Redis that began anew without its data what this instance has in its flow, and what it knows of stopped ones. */
export class Reminding {
    /** Since when Redis knows of the inbox. */
    #born: string | undefined;
    #sinceBeat = stopwatch();
    /** This instance stood still for so long that another one may have done what was in its flow. */
    #stood = false;

    constructor(
        private readonly steps: Steps,
        private readonly place: string,
        private readonly circumstances: {
            working(): Iterable<Kept>;
            stopped(): readonly Kept[];
            /** Another instance has it by now. */
            taken(id: string, line: string): void;
            warn(text: string): void;
        },
        /** Milliseconds that an instance counts as alive without a word of it. */
        private readonly lease: number,
    ) {}

    /** Before each beat. */
    beats(): void {
        this.#stood ||= this.#sinceBeat() > this.lease;
        this.#sinceBeat = stopwatch();
    }

    /** After each beat. Resolves to whether Redis had forgotten everything. */
    async see(born: string): Promise<boolean> {
        const isReborn = this.#born !== undefined && born !== this.#born;
        this.#born = born;
        if (isReborn) await this.#remind();
        this.#stood = false;
        return isReborn;
    }

    /** What Redis knows is nothing to this instance any more. */
    end(): void {
        this.#born = undefined;
        this.#stood = false;
        this.#sinceBeat = stopwatch();
    }

    async #remind(): Promise<void> {
        const { working, stopped, taken, warn } = this.circumstances;
        warn(
            'Redis has forgotten the events that were kept in it. What is in the flow of this Node-RED is kept again; what waited in Redis is lost. Set Redis so that it loses nothing (appendonly yes).',
        );
        for (const kept of [...working()]) {
            const line = lineOf(kept);
            if (this.#stood) {
                taken(kept.id, line);
                continue;
            }
            const [print, ticket] = parted(kept.print);
            const seen = ticket === '' ? '' : seenKey(this.place, print);
            const state = [Math.max(1, kept.tries), kept.failures, seen, ticket, lastingOf(print)];
            const is = await this.steps.run('remind', true, ...this.#told(kept), ...state, ...callsOf(kept));
            if (is !== 1) taken(kept.id, line);
        }
        for (const kept of stopped()) {
            const [print] = parted(kept.print);
            const state = [kept.tries, kept.failures, 1, '', lastingOf(print)];
            await this.steps.run('move', true, ...this.#told(kept), ...state, ...callsOf(kept));
        }
    }

    #told(kept: Kept) {
        return [kept.id, lineOf(kept), headOf(kept), kept.body] as const;
    }
}

/** Call and what became of it, one after the other. */
export const callsOf = ({ calls }: Kept): readonly string[] =>
    Object.entries(calls).flatMap(([call, made]) => [call, JSON.stringify(made)]);

export const lastingOf = (print: string): number => (isBody(print) ? remembered.body : remembered.key);
