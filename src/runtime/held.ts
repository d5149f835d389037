/** Where a delivery is that a node of the package has in its hands. */
interface Holding {
    /** Ids of the nodes that have it, each so many times. */
    readonly nodes: Map<string, number>;
    /** When one of them last passed it on. */
    passed: number;
}

/** What the package's nodes have in their hands, of the deliveries that are kept until they are done. */
class Held {
    readonly #deliveries = new Map<string, Holding>();

    /** From now on it is known where this delivery is. */
    follow(delivery: string): void {
        const nodes = this.#deliveries.get(delivery)?.nodes ?? new Map<string, number>();
        this.#deliveries.set(delivery, { nodes, passed: performance.now() });
    }

    /** Nobody asks for it any more. */
    forget(delivery: string): void {
        this.#deliveries.delete(delivery);
    }

    /** A node takes a delivery; the returned function passes it on. */
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

    /** The ids of the nodes that have a delivery. */
    by(delivery: string): readonly string[] {
        return [...(this.#deliveries.get(delivery)?.nodes.keys() ?? [])];
    }

    /** For how many milliseconds nobody has had it; 0 while a node of the package has. */
    silence(delivery: string): number {
        const holding = this.#deliveries.get(delivery);
        if (!holding) return Number.POSITIVE_INFINITY;
        return holding.nodes.size > 0 ? 0 : performance.now() - holding.passed;
    }
}

/** One for the process: a delivery's id stands for it alone, whichever Node-RED it belongs to. */
export const held = new Held();
