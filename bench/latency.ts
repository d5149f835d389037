/** How long a request takes from the first byte to the last, in milliseconds. */
export type Latency = (random: () => number) => number;

const between = (least: number, most: number, random: () => number): number => least + (most - least) * random();

/** The three profiles that every promise is measured with. */
export const latencies = {
    '5–50 ms': (random) => between(5, 50, random),
    '50–2000 ms': (random) => between(50, 2000, random),
    // Nine of ten are ordinary, one of ten takes up to 3 s, one of a hundred up to 30 s.
    'tail to 30 s': (random) => {
        const kind = random();
        if (kind < 0.01) return between(3000, 30_000, random);
        return kind < 0.1 ? between(500, 3000, random) : between(50, 500, random);
    },
} as const satisfies Record<string, Latency>;

export type LatencyName = keyof typeof latencies;
