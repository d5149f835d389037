import { held } from '../../held';
import type { Bounds } from '../bounds';
import type { Outcome } from '../inbox';
import type { Kept } from '../kept';
import type { SharedCalls } from './shared-calls';

/** What is to be done about a delivery that this instance has in its flow. */
interface Course {
    /** The flow has said nothing for too long. */
    silent(kept: Kept): void;
    /** A deploy has replaced the nodes that had it. */
    lost(kept: Kept): void;
}

/** A delivery in the flow, with its line, and its calls. */
interface One {
    readonly kept: Kept;
    readonly line: string;
    readonly calls: SharedCalls;
}

/** The deliveries that this instance has in its flow, one of a line. */
export class Working {
    readonly #all = new Map<string, One & { timer: NodeJS.Timeout | undefined }>();
    /** Perhaps lost with nodes that a deploy replaced. */
    readonly #shaken = new Set<string>();
    #resting = true;

    constructor(
        private readonly bounds: Bounds,
        private readonly course: Course,
    ) {}

    get size(): number {
        return this.#all.size;
    }

    begin(kept: Kept, line: string, calls: SharedCalls): void {
        this.end(kept.id, 'failed');
        this.#all.set(kept.id, { kept, line, calls, timer: undefined });
        held.follow(kept.id, calls, () => this.#shake(kept.id));
        if (!this.#resting) this.#within(kept.id, this.bounds.silence);
    }

    get(id: string): One | undefined {
        return this.#all.get(id);
    }

    /** It is in the flow no more: dealt with, to come again, or another instance's. */
    end(id: string, how: Outcome | 'taken'): void {
        clearTimeout(this.#all.get(id)?.timer);
        this.#all.delete(id);
        this.#shaken.delete(id);
        if (how === 'done') held.forget(id);
        else if (how === 'taken') held.lose(id);
        else held.rest(id);
    }

    /** Line → what is in the flow of it. */
    lines(): ReadonlyMap<string, Kept> {
        return new Map([...this.#all.values()].map(({ line, kept }) => [line, kept]));
    }

    silentFor(ms: number): number {
        return [...this.#all.keys()].filter((id) => held.silence(id) > ms).length;
    }

    /** Without a word from the flow what may be lost comes again soon. */
    shaken(lost: (delivery: string) => boolean): void {
        for (const id of this.#all.keys()) {
            if (lost(id)) this.#shake(id);
        }
    }

    #shake(id: string): void {
        if (!this.#all.has(id)) return;
        this.#shaken.add(id);
        if (!this.#resting) this.#within(id, this.bounds.grace);
    }

    /** Nothing happens by itself any more, until `resume`. */
    rest(): void {
        this.#resting = true;
        for (const { timer } of this.#all.values()) clearTimeout(timer);
    }

    resume(): void {
        this.#resting = false;
        for (const id of this.#all.keys())
            this.#within(id, this.#shaken.has(id) ? this.bounds.grace : this.bounds.silence);
    }

    #within(id: string, ms: number): void {
        const one = this.#all.get(id);
        if (!one) return;
        clearTimeout(one.timer);
        one.timer = setTimeout(() => this.#listen(one.kept), ms).unref();
    }

    /** Only while no node of the package has a delivery in its hands is nothing heard of it. */
    #listen(kept: Kept): void {
        const shaken = this.#shaken.has(kept.id);
        const silent = held.silence(kept.id);
        // Where another node still has it, it is not lost with the one that was stopped.
        const lost = shaken && !held.isHeld(kept.id);
        const left = (lost ? this.bounds.grace : this.bounds.silence) - silent;
        if (left > 1) this.#within(kept.id, shaken ? Math.min(left, this.bounds.grace) : left);
        else if (shaken) {
            this.#shaken.delete(kept.id);
            this.course.lost(kept);
        } else this.course.silent(kept);
    }
}
