import type { Answer } from '../missive/call';

/** What became of a call; of one that says nothing only its start is known. */
export interface Made {
    readonly answer?: Answer;
    /** Missive has carried it out, and its answer was lost. */
    readonly done?: true;
}

/**
 * The calls that were made for a kept delivery and must not be made twice, by a name that each has in every run of the
 * flow. Wherever the delivery is kept they are kept beside it, for whoever sends it into the flow the next time.
 */
export interface Calls {
    /** What was made so far, in earlier runs too. */
    known(): Readonly<Record<string, Made>>;
    /** A call is about to go out. Resolves when that is stored; rejects where it cannot be, or the delivery is not ours. */
    begin(call: string): Promise<void>;
    /** What became of it; `undefined` where it was surely not carried out. */
    end(call: string, made: Made | undefined): Promise<void>;
    /** Nobody knows what became of it, and the flow was told: if it says that it failed, it is made again. */
    told(call: string): void;
}

/** A node, as far as it matters who holds a delivery: the object itself tells it from the one that takes its place. */
export interface Holder {
    readonly id: string;
    readonly type?: string;
    /** Of a delay: what it does, and whether it drops what is too much. */
    readonly pauseType?: unknown;
    readonly drop?: unknown;
}

/** `here`: the flow has it, or gets it again; `done` with; or another Node-RED has it, or Missive. */
type Whose = 'here' | 'done' | 'elsewhere';

/** A run of the flow with a delivery, as its calls see it. */
export interface Run {
    readonly calls: Calls;
    /** The names of calls that this run has asked for. */
    readonly asked: Set<string>;
    /** The calls that are waiting or on the wire, in whichever run; each resolves when it is over. */
    readonly under: Map<string, Promise<void>>;
    /** What became of calls here, in whichever run: a later one may know only what was kept when it began. */
    readonly ended: Map<string, Made>;
    whose(): Whose;
    /** Whether the flow has not got it again since. */
    isLast(): boolean;
}

/** Where a delivery is. */
interface Holding {
    /** The package's nodes that have it in their hands, each so many times. */
    readonly nodes: Map<Holder, number>;
    /** Other nodes that have got it and have not sent it on, each so many times. */
    readonly others: Map<Holder, number>;
    /** When it was last seen to move. */
    moved: number;
    calls: Calls | undefined;
    readonly asked: Map<number, Set<string>>;
    readonly under: Run['under'];
    readonly ended: Run['ended'];
    /** How often the flow has got it. */
    runs: number;
    whose: Whose;
    /** A node that had it was stopped, and has not passed it on. */
    fell: boolean;
    onFall: () => void;
}

/** What nobody keeps any more is known for so long, for messages of it that are still in the flow; so many at most. */
const memory = 60 * 60_000;
const most = 10_000;

/** A delay sends on what it has; it may do so tomorrow. */
const longest = 24 * 60 * 60_000;

/** Nodes that give one message for several. */
const joining = /^(join|batch)$/;

/** Which nodes have what, of the deliveries that are kept until they are done. */
class Held {
    readonly #deliveries = new Map<string, Holding>();
    /** Those that nobody keeps any more, and since when. */
    readonly #past = new Map<string, number>();

    /** From now on it is known where this delivery is: the flow gets it. `onFall` is told where it may be lost. */
    follow(delivery: string, calls?: Calls, onFall: () => void = () => {}): void {
        const known = this.#deliveries.get(delivery);
        this.#past.delete(delivery);
        const holding: Holding = known ?? {
            ...{ nodes: new Map(), others: new Map(), asked: new Map(), under: new Map(), ended: new Map() },
            ...{ moved: 0, calls, runs: 0, whose: 'here', fell: false, onFall },
        };
        holding.others.clear();
        Object.assign(holding, { moved: performance.now(), calls, whose: 'here', fell: false, onFall });
        holding.runs += 1;
        holding.asked.set(holding.runs, new Set());
        this.#deliveries.set(delivery, holding);
    }

    /** How often the flow has got a delivery. */
    runs(delivery: string): number {
        return this.#deliveries.get(delivery)?.runs ?? 0;
    }

    /** The calls of a delivery as a run of the flow sees them, else the last one; `undefined` where none are kept. */
    calls(delivery: string | undefined, run?: number): Run | undefined {
        const holding = delivery === undefined ? undefined : this.#deliveries.get(delivery);
        // A message that was kept elsewhere may bear the number of a run in another process.
        const number = run !== undefined && holding?.asked.has(run) ? run : (holding?.runs ?? 0);
        const asked = holding?.asked.get(number);
        if (!holding?.calls || !asked) return undefined;
        const { calls, under, ended } = holding;
        return { calls, asked, under, ended, whose: () => holding.whose, isLast: () => holding.runs === number };
    }

    /** The flow has failed to deal with it: it comes again, or is stopped. */
    rest(delivery: string): void {
        this.#deliveries.get(delivery)?.others.clear();
    }

    /** It is done: nobody asks for it any more, save what is left in the flow of an earlier run. */
    forget(delivery: string): void {
        const holding = this.#deliveries.get(delivery);
        if (holding) holding.whose = 'done';
        if (holding && holding.runs > 1) this.#keep(delivery);
        else this.#deliveries.delete(delivery);
    }

    /** Another Node-RED has it, or Missive: what is left of it in this flow must not be made here. */
    lose(delivery: string): void {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return;
        holding.whose = 'elsewhere';
        this.#keep(delivery);
    }

    /** A node of the package takes a delivery; the returned function passes it on, or tells that it was stopped. */
    take(delivery: string | undefined, node: Holder): (stopped?: boolean) => void {
        const holding = delivery === undefined ? undefined : this.#deliveries.get(delivery);
        if (!holding) return () => {};
        add(holding.nodes, node);
        return (stopped = false) => {
            subtract(holding.nodes, node);
            holding.moved = performance.now();
            if (stopped) fall(holding);
        };
    }

    /** A message of it was on its way to a node that is there no more. */
    drop(delivery: string): void {
        const holding = this.#deliveries.get(delivery);
        if (holding) fall(holding);
    }

    /** Another node has got a message of a delivery. */
    came(delivery: string, node: Holder): void {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return;
        add(holding.others, node);
        holding.moved = performance.now();
    }

    /** It has sent one on, or failed. */
    went(delivery: string, node: Holder): void {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return;
        if (joining.test(node.type ?? '')) holding.others.delete(node);
        else subtract(holding.others, node);
        holding.moved = performance.now();
    }

    /** A node has thrown away all that it had. */
    emptied(node: Holder): void {
        for (const { others } of this.#deliveries.values()) others.delete(node);
    }

    /** Whether a delivery may have been lost with a node that was stopped; `lives` tells of a node whether it is there. */
    fell(delivery: string, lives: (node: Holder) => boolean): boolean {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return false;
        for (const node of holding.others.keys()) {
            if (lives(node)) continue;
            holding.others.delete(node);
            holding.fell = true;
        }
        return holding.fell;
    }

    /** Whether some node still has it, as far as one can tell: it may also have swallowed it. One that joins waits for others. */
    isHeld(delivery: string): boolean {
        const { nodes, others } = this.#deliveries.get(delivery) ?? {};
        return (nodes?.size ?? 0) > 0 || [...(others?.keys() ?? [])].some(({ type }) => !joining.test(type ?? ''));
    }

    /** For how many milliseconds nobody has said anything of it; 0 while a node of the package, or a delay, has it. */
    silence(delivery: string): number {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return Number.POSITIVE_INFINITY;
        if (holding.nodes.size > 0) return 0;
        const silent = performance.now() - holding.moved;
        const isDelayed = silent < longest && [...holding.others.keys()].some(isDelaying);
        return isDelayed ? 0 : silent;
    }

    #keep(delivery: string): void {
        const now = performance.now();
        this.#past.set(delivery, now);
        for (const [oldest, since] of this.#past) {
            if (this.#past.size <= most && now - since < memory) return;
            this.#past.delete(oldest);
            this.#deliveries.delete(oldest);
        }
    }
}

/** Whether a node surely sends on what it has: one that keeps the last message of each topic may have dropped it. */
const isDelaying = ({ type, pauseType, drop }: Holder): boolean =>
    type === 'delay' && /^(delay|delayv|random|rate)$/.test(String(pauseType)) && drop !== true;

const add = (to: Map<Holder, number>, node: Holder) => to.set(node, (to.get(node) ?? 0) + 1);

function subtract(from: Map<Holder, number>, node: Holder): void {
    const left = (from.get(node) ?? 1) - 1;
    if (left > 0) from.set(node, left);
    else from.delete(node);
}

function fall(holding: Holding): void {
    holding.fell = true;
    holding.onFall();
}

/** One for the process: a delivery's id stands for it alone, whichever Node-RED it belongs to. */
export const held = new Held();
