import { type ContenderName, contenders, type Submit } from './contenders';
import { dice } from './dice';
import { type LatencyName, latencies } from './latency';
import { type Ask, lengths, type PatternName, patterns } from './patterns';
import { servers } from './servers';
import { inVirtualTime } from './virtual';
import { Wire } from './wire';

export interface Plan {
    readonly contender: ContenderName;
    readonly pattern: PatternName;
    readonly latency: LatencyName;
    /** Names of servers. The first one answers; the others say what they would have refused. */
    readonly servers: readonly string[];
    /** Milliseconds; an hour where nothing is said. */
    readonly length?: number;
    /** Calls a second of another program on the same token. */
    readonly foreign?: number;
    readonly seed?: number;
}

/** What came of a run. */
export interface Outcome {
    /** When calls were done, in milliseconds from the start, ascending. */
    readonly done: readonly number[];
    /** Answers 429 by server. */
    readonly refused: Readonly<Record<string, number>>;
    readonly lost: number;
    readonly mostInFlight: number;
    /** How long people's calls took, in seconds, ascending. */
    readonly people: readonly number[];
    /** People's calls that were not answered by the end. */
    readonly unanswered: number;
}

/** Runs one plan from its first call to its end, in virtual time. */
export async function simulate(plan: Plan): Promise<Outcome> {
    const { contender, pattern, latency, length = lengths.hour, foreign = 0, seed = 1 } = plan;
    const random = dice(seed);
    const asks = [...patterns[pattern](random)].sort((x, y) => x.at - y.at);
    const done: number[] = [];
    const people: number[] = [];
    let lost = 0;
    const wire = await inVirtualTime(length, () => {
        const watching = plan.servers.map((name) => (servers[name] ?? unknown(name))());
        const way = new Wire(watching, latencies[latency], random);
        const submit = contenders[contender]();
        arrive(asks, submit, way, (ask, carriedOut) => {
            const now = performance.now();
            if (!carriedOut) lost++;
            else done.push(now);
            if (ask.person && carriedOut) people.push((now - ask.at) / 1000);
        });
        if (foreign > 0) setInterval(() => way.foreign(), 1000 / foreign);
        return way;
    });
    const asked = asks.filter(({ person, at }) => person && at < length - 60_000).length;
    return {
        done: [...done],
        refused: Object.fromEntries(plan.servers.map((name, at) => [name, wire.refused[at] ?? 0])),
        lost,
        mostInFlight: wire.most,
        people: people.sort((x, y) => x - y),
        unanswered: Math.max(0, asked - people.length),
    };
}

/** Submits each call at its time. */
function arrive(asks: readonly Ask[], submit: Submit, wire: Wire, end: (ask: Ask, carriedOut: boolean) => void): void {
    let next = 0;
    const step = (): void => {
        const now = performance.now();
        for (let ask = asks[next]; ask && ask.at <= now; ask = asks[++next]) {
            const one = ask;
            void submit(one, wire.send).then(
                (carriedOut) => end(one, carriedOut),
                () => end(one, false),
            );
        }
        const coming = asks[next];
        if (coming) setTimeout(step, Math.max(1, coming.at - now));
    };
    step();
}

const unknown = (name: string): never => {
    throw new Error(`No server is called ${name}`);
};

/** The share of what the limits allow in this time that was really done. */
export const used = ({ done }: Outcome, length: number): number =>
    done.filter((at) => at <= length).length / ((900 * length) / lengths.quarter);

/** A value that this share of the ascending values does not exceed. */
export const quantile = (ascending: readonly number[], share: number): number =>
    ascending[Math.min(ascending.length - 1, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
