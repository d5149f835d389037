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

/** Where a delivery is. */
interface Holding {
    /** The package's nodes that have it in their hands, each so many times. */
    readonly nodes: Map<string, number>;
    /** Other nodes that have got it and have not sent it on. */
    readonly others: Set<string>;
    /** When a node of the package last passed it on. */
    passed: number;
    readonly calls: Calls | undefined;
    /** The names of calls that this run of the flow has asked for. */
    readonly asked: Set<string>;
}

/** Which nodes have what, of the deliveries that are kept until they are done. */
class Held {
    readonly #deliveries = new Map<string, Holding>();

    /** From now on it is known where this delivery is. */
    follow(delivery: string, calls?: Calls): void {
        const nodes = this.#deliveries.get(delivery)?.nodes ?? new Map<string, number>();
        const fresh = { others: new Set<string>(), passed: performance.now(), asked: new Set<string>() };
        this.#deliveries.set(delivery, { nodes, ...fresh, calls });
    }

    /** The calls of a delivery, with those that this run of the flow has asked for; `undefined` where none are kept. */
    calls(delivery: string | undefined): { readonly calls: Calls; readonly asked: Set<string> } | undefined {
        const { calls, asked } = (delivery !== undefined && this.#deliveries.get(delivery)) || {};
        return calls && asked && { calls, asked };
    }

    /** Nobody asks for it any more. */
    forget(delivery: string): void {
        this.#deliveries.delete(delivery);
    }

    /** A node of the package takes a delivery; the returned function passes it on. */
    take(delivery: string | undefined, node: string): () => void {
        const holding = delivery === undefined ? undefined : this.#deliveries.get(delivery);
        if (!holding) return () => {};
        const { nodes } = holding;
        nodes.set(node, (nodes.get(node) ?? 0) + 1);
        return () => {
            const left = (nodes.get(node) ?? 1) - 1;
            if (left > 0) nodes.set(node, left);
            else nodes.delete(node);
            holding.passed = performance.now();
        };
    }

    /** Another node has got a message of a delivery. */
    came(delivery: string, node: string): void {
        this.#deliveries.get(delivery)?.others.add(node);
    }

    /** It has sent one on. */
    went(delivery: string, node: string): void {
        this.#deliveries.get(delivery)?.others.delete(node);
    }

    /** The ids of the nodes that have a delivery, as far as one can tell. */
    by(delivery: string): readonly string[] {
        const holding = this.#deliveries.get(delivery);
        return holding ? [...holding.nodes.keys(), ...holding.others] : [];
    }

    /** For how many milliseconds nobody has said anything of it; 0 while a node of the package has it. */
    silence(delivery: string): number {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return Number.POSITIVE_INFINITY;
        return holding.nodes.size > 0 ? 0 : performance.now() - holding.passed;
    }
}

/** One for the process: a delivery's id stands for it alone, whichever Node-RED it belongs to. */
export const held = new Held();
