import type { Priority } from '../../call';
import type { Front } from './backlogs';
import { Line } from './line';

/** A priority, or `quick`: the calls of a node that asks for little, where nobody has set a priority. */
export type LaneName = Priority | 'quick';

/** In the order in which they are served. */
export const laneNames = ['high', 'quick', 'normal', 'low'] as const satisfies LaneName[];

/** What the lanes need to know of a job. */
export interface Queued {
    readonly node: string;
    readonly lane: LaneName;
    /** Grows with every job: jobs that were refused together go back in the order they came in. */
    readonly number: number;
}

/** Where a node's last job waits, and how many others go before it. */
export interface Place {
    readonly lane: LaneName;
    readonly jobs: number;
}

/** One lane: its nodes take turns, a node's jobs keep their order, and what was put back goes first. */
class Lane<J extends Queued> {
    readonly #back = new Line<J>();
    readonly #turns = new Line<string>();
    readonly #nodes = new Map<string, Line<J>>();
    #size = 0;

    get size(): number {
        return this.#size;
    }

    get isEmpty(): boolean {
        return this.#size === 0;
    }

    has(node: string): boolean {
        return this.#nodes.has(node);
    }

    /** How many jobs go before the last one of this node, the turns of the others counted; `undefined`: it has none. */
    ahead(node: string): number | undefined {
        const own = this.#nodes.get(node)?.size;
        if (own === undefined) return undefined;
        const turns = [...this.#nodes.values()].map(({ size }) => Math.min(size, own));
        return this.#back.size + turns.reduce((sum, each) => sum + each, 0) - 1;
    }

    /** Its nodes with their oldest jobs; what was put back one by one. */
    *fronts(): Iterable<Front<J>> {
        for (const job of this.#back) yield { node: job.node, count: 1, job };
        for (const [node, line] of this.#nodes) {
            const { first } = line;
            if (first !== undefined) yield { node, count: line.size, job: first };
        }
    }

    /** The jobs of a node. */
    of(node: string): J[] {
        return [...[...this.#back].filter((job) => job.node === node), ...(this.#nodes.get(node) ?? [])];
    }

    push(job: J): void {
        let line = this.#nodes.get(job.node);
        if (!line) {
            line = new Line<J>();
            this.#nodes.set(job.node, line);
            this.#turns.insert(job.node, this.#turns.last);
        }
        line.insert(job, line.last);
        this.#size++;
    }

    putBack(job: J): void {
        putInOrder(this.#back, job);
        this.#size++;
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
        const line = this.#nodes.get(job.node);
        if (!this.#back.delete(job) && !line?.delete(job)) return false;
        this.#size--;
        if (line?.size === 0) {
            this.#nodes.delete(job.node);
            this.#turns.delete(job.node);
        }
        return true;
    }
}

/** The queue in front of the limiter: refused jobs first, then `high`, `quick`, `normal` and `low`. */
export class Lanes<J extends Queued> {
    readonly #refused = new Line<J>();
    readonly #lanes = { high: new Lane<J>(), quick: new Lane<J>(), normal: new Lane<J>(), low: new Lane<J>() };

    get size(): number {
        return this.#refused.size + laneNames.reduce((sum, name) => sum + this.#lanes[name].size, 0);
    }

    /** Where the job whose turn it is waits; `undefined` where none does. */
    get first(): 'refused' | LaneName | undefined {
        if (this.#refused.size > 0) return 'refused';
        return laneNames.find((name) => !this.#lanes[name].isEmpty);
    }

    /** How many wait in each lane; the refused ones are on top of that. */
    get sizes(): Readonly<Record<LaneName, number>> {
        const { high, quick, normal, low } = this.#lanes;
        return { high: high.size, quick: quick.size, normal: normal.size, low: low.size };
    }

    /** Whether a node has jobs in this lane, put back ones aside. */
    has(node: string, lane: LaneName): boolean {
        return this.#lanes[lane].has(node);
    }

    /** The last lane in which the node waits, and how many jobs go before its last one there. */
    ahead(node: string): Place | undefined {
        let before = this.#refused.size;
        let last = this.#aheadRefused(node);
        for (const lane of laneNames) {
            const jobs = this.#lanes[lane].ahead(node);
            if (jobs !== undefined) last = { lane, jobs: before + jobs };
            before += this.#lanes[lane].size;
        }
        return last;
    }

    #aheadRefused(node: string): Place | undefined {
        let jobs = this.#refused.size;
        for (let job = this.#refused.last; job !== undefined; job = this.#refused.before(job)) {
            jobs--;
            if (job.node === node) return { lane: job.lane, jobs };
        }
        return undefined;
    }

    /** Each node with its oldest jobs, in whatever lane. */
    *fronts(): Iterable<Front<J>> {
        for (const job of this.#refused) yield { node: job.node, count: 1, job };
        for (const name of laneNames) yield* this.#lanes[name].fronts();
    }

    /** All jobs of a node. */
    of(node: string): J[] {
        const refused = [...this.#refused].filter((job) => job.node === node);
        return [...refused, ...laneNames.flatMap((name) => this.#lanes[name].of(node))];
    }

    push(job: J): void {
        this.#lanes[job.lane].push(job);
    }

    /** A job that has waited once already: at the front of its lane, or, `first`, in front of every lane. */
    putBack(job: J, first: boolean): void {
        if (first) putInOrder(this.#refused, job);
        else this.#lanes[job.lane].putBack(job);
    }

    /** Takes the job whose turn it is. */
    shift(): J | undefined {
        const { high, quick, normal, low } = this.#lanes;
        const refused = this.#refused.first;
        if (refused !== undefined) this.#refused.delete(refused);
        return refused ?? high.shift() ?? quick.shift() ?? normal.shift() ?? low.shift();
    }

    /** Takes out one job; false where it does not wait here. */
    remove(job: J): boolean {
        return this.#refused.delete(job) || this.#lanes[job.lane].remove(job);
    }
}

/** Behind the last job that is older; there are only ever a few to look at. */
function putInOrder<J extends Queued>(line: Line<J>, job: J): void {
    let place = line.last;
    while (place !== undefined && place.number > job.number) place = line.before(place);
    line.insert(job, place);
}
