/** Calls at once that still count as a person's, and how many more a second. */
const burst = 30;
const perSecond = 0.2;

/** As long as it takes an empty bucket to fill up: a node that asked for nothing since then is as good as new. */
const full = (burst / perSecond) * 1000;

/** Tells who asks for little from who asks for much, where nobody has set a priority: a bucket of tokens for each node. */
export class Quick {
    readonly #buckets = new Map<string, { tokens: number; at: number }>();

    /** Whether this call of the node is one of few; it takes a token. */
    isFew(node: string, now = performance.now()): boolean {
        const bucket = this.#buckets.get(node) ?? { tokens: burst, at: now };
        bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
        bucket.at = now;
        if (this.#buckets.size > 1000) this.#forget(now);
        this.#buckets.set(node, bucket);
        if (bucket.tokens < 1) return false;
        bucket.tokens--;
        return true;
    }

    #forget(now: number): void {
        for (const [node, { at }] of this.#buckets) if (now - at > full) this.#buckets.delete(node);
    }
}
