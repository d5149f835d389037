import { type Calls, held } from '../held';
import type { Bounds } from './bounds';
import type { Recipient } from './inbox';
import type { Kept } from './kept';
import { Lines } from './lines';
import { Places } from './places';

/** Where it is written down what has become of a delivery; each resolves when that is stored. */
export interface Course {
    tried(kept: Kept, tries: number): Promise<void>;
    failed(kept: Kept): Promise<void>;
    /** A stopped one gets its tries again. */
    revived(kept: Kept): void;
    /** Its calls that must not be made twice. */
    calls(kept: Kept): Calls;
}

/** Sends kept deliveries into the flow, each in its turn, and again where the flow failed or said nothing. */
export class Dispatch {
    recipient: Recipient | undefined;
    readonly #places = new Places();
    readonly #lines = new Lines();
    /** From an earlier run of Node-RED. */
    readonly #restored = new Set<Kept>();
    /** In the flow, and perhaps lost there. */
    readonly #shaken = new Set<string>();
    /** Sent in this run of Node-RED. */
    readonly #sent = new WeakSet<Kept>();

    constructor(
        private readonly bounds: Bounds,
        private readonly course: Course,
    ) {}

    silentFor(ms: number): number {
        return this.#places.at('flow').filter((id) => held.silence(id) > ms).length;
    }

    /** A delivery that is being stored; `first` of its line goes into the flow right after that. */
    expect(kept: Kept): { readonly first: boolean } {
        this.#places.set(kept.id, 'storing');
        return { first: this.#lines.add(kept)[0] === kept && this.recipient !== undefined };
    }

    /** It is stored. */
    stored(kept: Kept): void {
        this.#places.leave(kept.id);
        this.advance(kept);
    }

    /** A delivery of an earlier run. */
    restore(kept: Kept): void {
        this.#restored.add(kept);
        if (kept.tries >= this.bounds.tries) kept.stopped = true;
        if (!kept.stopped) this.#lines.add(kept);
    }

    /** A delivery that is not to go into the flow any more, `done` or somebody else's; the next of its line waits until `advance`. */
    remove(kept: Kept, done: boolean): void {
        this.#leaveFlow(kept.id);
        if (done) held.forget(kept.id);
        else held.lose(kept.id);
        this.#restored.delete(kept);
        this.#lines.remove(kept);
    }

    /** Whether others of its line wait. */
    hasNext(kept: Kept): boolean {
        return this.#lines.of(kept).length > 0;
    }

    /** Sends the first of a delivery's line, where it is not on its way already. */
    advance(kept: Kept): void {
        this.#advance(this.#lines.of(kept));
    }

    advanceAll(): void {
        for (const line of this.#lines.all()) this.#advance(line);
    }

    /** Goes on after `rest`: what waited for a better time comes now, silence counts on. */
    resume(): void {
        for (const id of this.#places.at('pause')) this.#places.leave(id);
        for (const id of this.#places.at('flow'))
            this.#places.within(id, this.#shaken.has(id) ? this.bounds.grace : this.bounds.silence);
        this.advanceAll();
    }

    /** A deploy has replaced the nodes that had some deliveries, it seems: without a word from the flow they come again. */
    shaken(lost: (delivery: string) => boolean): void {
        for (const id of this.#places.at('flow')) {
            if (lost(id)) this.#shake(id);
        }
    }

    #shake(id: string): void {
        if (this.#places.of(id) !== 'flow') return;
        this.#shaken.add(id);
        // Nothing happens while nobody is there to send it to.
        if (this.recipient) this.#places.within(id, this.bounds.grace);
    }

    /** A stopped delivery gets another chance. */
    revive(kept: Kept): void {
        Object.assign(kept, { stopped: false, failures: 0, tries: 1 });
        this.course.revived(kept);
        this.#lines.add(kept);
        this.advance(kept);
    }

    /** Nothing happens by itself any more. */
    rest(): void {
        this.#places.rest();
    }

    /** The flow has failed to deal with a delivery that it has. */
    async failed(kept: Kept): Promise<void> {
        if (this.#places.of(kept.id) !== 'flow') return;
        kept.failures += 1;
        kept.stopped = kept.failures >= this.bounds.failures;
        this.#leaveFlow(kept.id);
        if (kept.stopped) {
            this.#advance(this.#lines.remove(kept));
            this.recipient?.stopped(kept);
        } else this.#later(kept, this.bounds.delay(kept.failures));
        await this.course.failed(kept);
    }

    #advance([first]: readonly Kept[]): void {
        if (!first || !this.recipient || this.#places.of(first.id)) return;
        const fresh = first.tries === 1 && !this.#restored.has(first) && first.failures === 0;
        if (fresh && !this.#sent.has(first)) {
            this.#emit(first, false);
            return;
        }
        this.#places.set(first.id, 'storing');
        const tries = first.tries + 1;
        // On the disk before it is in the flow: a delivery that ends Node-RED must not do so for ever.
        this.course.tried(first, tries).then(
            () => {
                if (this.#places.of(first.id) !== 'storing') return;
                this.#places.leave(first.id);
                first.tries = tries;
                if (this.recipient) this.#emit(first, tries > 1 || this.#restored.has(first));
            },
            () => this.#later(first, 1000),
        );
    }

    #emit(kept: Kept, redelivered: boolean): void {
        this.#places.set(kept.id, 'flow', this.bounds.silence, () => this.#listen(kept));
        held.follow(kept.id, this.course.calls(kept), () => this.#shake(kept.id));
        this.#sent.add(kept);
        this.recipient?.emit(kept, redelivered);
    }

    /** Only while no node of the package has a delivery in its hands is nothing heard of it. */
    #listen(kept: Kept): void {
        const shaken = this.#shaken.has(kept.id);
        const silent = held.silence(kept.id);
        // Where another node still has it, it is not lost with the one that was stopped.
        const lost = shaken && !held.isHeld(kept.id);
        const left = (lost ? this.bounds.grace : this.bounds.silence) - silent;
        if (left > 1) this.#places.within(kept.id, shaken ? Math.min(left, this.bounds.grace) : left);
        else if (shaken) {
            this.#leaveFlow(kept.id);
            this.advance(kept);
        } else {
            this.recipient?.warn('A delivery was not reported done in time: it comes again.');
            this.failed(kept).catch(() => undefined);
        }
    }

    #leaveFlow(id: string): void {
        this.#places.leave(id);
        this.#shaken.delete(id);
        held.rest(id);
    }

    /** Sends a delivery after a pause. */
    #later(kept: Kept, ms: number): void {
        this.#places.set(kept.id, 'pause', ms, () => {
            this.#places.leave(kept.id);
            this.advance(kept);
        });
    }
}
