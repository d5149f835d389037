import type { Priority } from './call';
import { Line } from './line';

/** What the lanes need to know of a job. */
export interface Queued {
    readonly node: string;
    readonly priority: Priority;
    /** Grows with every job: jobs that were refused together go back in the order they came in. */
    readonly number: number;
}

/** One priority: its nodes take turns, a node's jobs keep their order, and what was put back goes first. */
class Lane<J extends Queued> {
    readonly #back = new Line<J>();
    readonly #turns = new Line<string>();
    readonly #nodes = new Map<string, Line<J>>();

    push(job: J): void {
        let line = this.#nodes.get(job.node);
        if (!line) {
            line = new Line<J>();
            this.#nodes.set(job.node, line);
            this.#turns.insert(job.node, this.#turns.last);
        }
        line.insert(job, line.last);
    }

    putBack(job: J): void {
        putInOrder(this.#back, job);
    }

    shift(): J | undefined {
        const node = this.#turns.first;
        const job = this.#back.first ?? (node === undefined ? undefined : this.#nodes.get(node)?.first);
        if (job === undefined) return undefined;
        const takesTurn = job !== this.#back.first;
        this.remove(job);
        // The node whose turn it was goes to the end of the row, if it still has jobs.
        if (takesTurn && this.#turns.delete(job.node)) this.#turns.insert(job.node, this.#turns.last);
        return job;
    }

    remove(job: J): boolean {
        if (this.#back.delete(job)) return true;
        const line = this.#nodes.get(job.node);
        if (!line?.delete(job)) return false;
        if (line.size === 0) {
            this.#nodes.delete(job.node);
            this.#turns.delete(job.node);
        }
        return true;
    }
}

/** The queue in front of the limiter: refused jobs first, then `high`, `normal` and `low`. */
export class Lanes<J extends Queued> {
    readonly #refused = new Line<J>();
    readonly #lanes = { high: new Lane<J>(), normal: new Lane<J>(), low: new Lane<J>() };
    #size = 0;

    get size(): number {
        return this.#size;
    }

    push(job: J): void {
        this.#lanes[job.priority].push(job);
        this.#size++;
    }

    /** A job that has waited once already: at the front of its lane, or, `first`, in front of every lane. */
    putBack(job: J, first: boolean): void {
        if (first) putInOrder(this.#refused, job);
        else this.#lanes[job.priority].putBack(job);
        this.#size++;
    }

    /** Takes the job whose turn it is. */
    shift(): J | undefined {
        const { high, normal, low } = this.#lanes;
        const refused = this.#refused.first;
        if (refused !== undefined) this.#refused.delete(refused);
        const job = refused ?? high.shift() ?? normal.shift() ?? low.shift();
        if (job !== undefined) this.#size--;
        return job;
    }

    /** Takes out one job; false where it does not wait here. */
    remove(job: J): boolean {
        const removed = this.#refused.delete(job) || this.#lanes[job.priority].remove(job);
        if (removed) this.#size--;
        return removed;
    }
}

/** Behind the last job that is older; there are only ever a few to look at. */
function putInOrder<J extends Queued>(line: Line<J>, job: J): void {
    let place = line.last;
    while (place !== undefined && place.number > job.number) place = line.before(place);
    line.insert(job, place);
}
