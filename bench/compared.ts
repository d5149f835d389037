import { type ContenderName, contenders } from './contenders';
import { lengths, type PatternName, patterns } from './patterns';
import { type Outcome, quantile, simulate, used } from './simulation';
import { percent, seconds, table } from './table';

const kinds = ['sliding', 'fixed 0.33', 'bucket', 'refused count'];

/** What one contender came to against four servers in six patterns. */
export interface Row {
    readonly contender: ContenderName;
    /** Shares of 900 calls in every 15 minutes, after 15, 30 and 60 minutes; a sliding server, 5,000 at once. */
    readonly used: readonly number[];
    /** Answers 429 over all runs. */
    readonly refused: number;
    readonly lost: number;
    readonly mostInFlight: number;
    /** Seconds that people waited beside a bulk job, without priorities: half, 95 of 100, all. */
    readonly people: readonly (number | undefined)[];
}

async function rowOf(contender: ContenderName): Promise<Row> {
    const runs: { pattern: PatternName; server: string; outcome: Outcome }[] = [];
    for (const pattern of Object.keys(patterns) as PatternName[])
        for (const server of kinds) {
            const outcome = await simulate({ contender, pattern, latency: '50–2000 ms', servers: [server] });
            runs.push({ pattern, server, outcome });
        }
    const sum = (of: (outcome: Outcome) => number) => runs.reduce((all, { outcome }) => all + of(outcome), 0);
    const against = (wanted: PatternName) =>
        runs.find(({ pattern, server }) => pattern === wanted && server === 'sliding')?.outcome;
    const bulk = against('5,000 at once');
    const { people = [], unanswered = 0 } = against('the same without priorities') ?? {};
    return {
        contender,
        used: bulk ? Object.values(lengths).map((length) => used(bulk, length)) : [],
        refused: sum(({ refused }) => Object.values(refused).reduce((all, count) => all + count, 0)),
        lost: sum(({ lost }) => lost),
        mostInFlight: Math.max(...runs.map(({ outcome }) => outcome.mostInFlight)),
        people: unanswered > 0 ? [] : [0.5, 0.95, 1].map((share) => quantile(people, share)),
    };
}

/** Every contender against the same servers, patterns and latencies. */
export async function compare(): Promise<Row[]> {
    const rows: Row[] = [];
    for (const contender of Object.keys(contenders) as ContenderName[]) rows.push(await rowOf(contender));
    return rows;
}

export const comparison = (rows: readonly Row[]): string =>
    table(
        [
            'limiter',
            'used in 15 / 30 / 60 min',
            'answers 429',
            'calls lost',
            'most at once',
            "a person's call: half / 95 % / all",
        ],
        rows.map((row) => [
            row.contender,
            row.used.map(percent).join(' / '),
            String(row.refused),
            String(row.lost),
            String(row.mostInFlight),
            row.people.length > 0 ? `${row.people.map(seconds).join(' / ')} s` : 'not within the hour',
        ]),
    );
