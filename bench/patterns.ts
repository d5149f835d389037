import type { Priority } from '../src/missive/call';

/** One call that somebody wants to be sent. */
export interface Ask {
    /** Milliseconds from the start. */
    readonly at: number;
    readonly node: string;
    readonly priority?: Priority;
    /** A person waits for it. */
    readonly person?: boolean;
}

const minute = 60_000;
const hour = 60 * minute;

const many = (count: number, ask: (index: number) => Ask): Ask[] => Array.from({ length: count }, (_, at) => ask(at));

const backlog = (priority?: Priority): Ask[] =>
    many(5000, () => ({ at: 0, node: 'bulk', ...(priority && { priority }) }));

/** A click now and then, and ten at once every five minutes. */
const people = (priority?: Priority): Ask[] =>
    [
        ...many(180, (index) => ({ at: 10_000 + index * 20_000, node: 'chat' })),
        ...many(120, (index) => ({ at: (1 + Math.floor(index / 10)) * 5 * minute, node: 'chat' })),
    ].map((ask) => ({ ...ask, person: true, ...(priority && { priority }) }));

/** The six ways in which calls arrive within an hour. */
export const patterns = {
    '5,000 at once': () => backlog(),
    'one a second': () => many(3600, (index) => ({ at: index * 1000, node: 'steady' })),
    random: (random) =>
        many(60, (index) => ({ at: index * minute + random() * minute, node: `node ${index % 7}` })).flatMap((ask) =>
            many(Math.floor(random() * 150), () => ask),
        ),
    'bulk and people': () => [...backlog('low'), ...people('high')],
    'the same without priorities': () => [...backlog(), ...people()],
    "the windows' edges": () =>
        [0, 59, 60, 61, 899, 900, 901, 960, 1799, 1801, 2699, 2702].flatMap((second) =>
            many(300, (index) => ({ at: second * 1000 - 50 + index / 10, node: 'edge', priority: 'high' })),
        ),
} as const satisfies Record<string, (random: () => number) => Ask[]>;

export type PatternName = keyof typeof patterns;

/** Whether there is always something to send, so that what is not used is lost. */
export const hasBacklog = (name: PatternName): boolean =>
    !['one a second', 'random', "the windows' edges"].includes(name);

export const lengths = { quarter: hour / 4, half: hour / 2, hour } as const;
