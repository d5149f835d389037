import type { ContenderName } from './contenders';
import { type LatencyName, latencies } from './latency';
import { hasBacklog, lengths, type PatternName, patterns } from './patterns';
import { servers } from './servers';
import { quantile, simulate, used } from './simulation';
import { percent, seconds, table } from './table';

/** The package's own limiter in one pattern at one latency, with every server watching. */
export interface Promised {
    readonly contender: ContenderName;
    readonly latency: LatencyName;
    readonly pattern: PatternName;
    readonly used: readonly number[] | undefined;
    readonly refused: number;
    readonly lost: number;
    readonly mostInFlight: number;
    readonly people: readonly number[];
}

/**
 * One run with all servers watching is as good as one run with each of them, as long as none refuses anything: none of
 * their answers would have been another.
 */
export async function measure(contender: ContenderName, latency: LatencyName, pattern: PatternName): Promise<Promised> {
    const outcome = await simulate({ contender, latency, pattern, servers: Object.keys(servers) });
    return {
        contender,
        latency,
        pattern,
        used: hasBacklog(pattern) ? Object.values(lengths).map((length) => used(outcome, length)) : undefined,
        refused: Object.values(outcome.refused).reduce((all, count) => all + count, 0),
        lost: outcome.lost,
        mostInFlight: outcome.mostInFlight,
        people: outcome.people.length > 0 ? [0.5, 0.95, 1].map((share) => quantile(outcome.people, share)) : [],
    };
}

/** Every policy at every latency in every pattern. */
export async function measureAll(): Promise<Promised[]> {
    const rows: Promised[] = [];
    for (const contender of ['balanced', 'fast', 'steady'] as const)
        for (const latency of Object.keys(latencies) as LatencyName[])
            for (const pattern of Object.keys(patterns) as PatternName[])
                rows.push(await measure(contender, latency, pattern));
    return rows;
}

export const promises = (rows: readonly Promised[]): string =>
    table(
        [
            'policy',
            'latency',
            'calls',
            'used in 15 / 30 / 60 min',
            '429',
            'lost',
            'at once',
            'people: half / 95 % / all',
        ],
        rows.map((row) => [
            row.contender,
            row.latency,
            row.pattern,
            row.used?.map(percent).join(' / ') ?? '–',
            String(row.refused),
            String(row.lost),
            String(row.mostInFlight),
            row.people.length > 0 ? `${row.people.map(seconds).join(' / ')} s` : '–',
        ]),
    );
