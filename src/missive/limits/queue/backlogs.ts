/** What one node has in one place of the queue: how many jobs, and the oldest of them. */
export interface Front<J> {
    readonly node: string;
    readonly count: number;
    readonly job: J;
}

/** What waits of one node. */
export interface Backlog {
    readonly node: string;
    readonly waiting: number;
    /** For how long the oldest of it has waited, in milliseconds. */
    readonly longest: number;
}

/** Each node with what it has in all places, whoever waits longest first. */
export function backlogsOf(
    fronts: Iterable<Front<{ readonly submitted: number }>>,
    now = performance.now(),
): readonly Backlog[] {
    const found = new Map<string, { waiting: number; since: number }>();
    for (const { node, count, job } of fronts) {
        const { waiting = 0, since = job.submitted } = found.get(node) ?? {};
        found.set(node, { waiting: waiting + count, since: Math.min(since, job.submitted) });
    }
    return [...found]
        .map(([node, { waiting, since }]) => ({ node, waiting, longest: Math.round(now - since) }))
        .sort((one, other) => other.longest - one.longest);
}
