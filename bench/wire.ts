import type { Latency } from './latency';
import type { Server, Verdict } from './servers';

/** What came back from Missive, as the retry rule reads it. */
export interface Reply {
    readonly status: 201 | 429;
    readonly headers: Readonly<Record<string, string>>;
}

/** One request over the virtual wire; it never throws. */
export type Send = () => Promise<Reply>;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

const concurrent = 5;

/** A virtual way to a virtual Missive, and a log of what went over it. */
export class Wire {
    /** When requests arrived, refused ones too. */
    readonly arrived: number[] = [];
    /** How many requests each server refused. The first one's word counts; the others only look on. */
    readonly refused: number[];
    /** The most requests between their sending and the end of their answer. */
    most = 0;
    #running = 0;
    #inside = 0;

    constructor(
        private readonly servers: readonly Server[],
        private readonly latency: Latency,
        private readonly random: () => number,
    ) {
        this.refused = servers.map(() => 0);
    }

    readonly send: Send = async () => {
        this.most = Math.max(this.most, ++this.#running);
        const latency = this.latency(this.random);
        const way = latency * this.random();
        await sleep(way);
        const verdict = this.#arrive();
        this.#inside++;
        // Half of what is left is Missive's work, half the way back.
        await sleep((latency - way) / 2);
        this.#inside--;
        await sleep((latency - way) / 2);
        this.#running--;
        return verdict.ok ? { status: 201, headers: {} } : refusal(verdict);
    };

    /** A request of another program on the same token. */
    foreign(): void {
        const now = performance.now();
        for (const server of this.servers) server(now);
    }

    #arrive(): Verdict {
        const now = performance.now();
        this.arrived.push(now);
        if (this.#inside >= concurrent) {
            for (const at of this.refused.keys()) this.#count(at);
            return { ok: false, limit: concurrent, wait: 1000 };
        }
        const verdicts = this.servers.map((server, at) => {
            const verdict = server(now);
            if (!verdict.ok) this.#count(at);
            return verdict;
        });
        return verdicts[0] ?? { ok: true };
    }

    #count(at: number): void {
        this.refused[at] = (this.refused[at] ?? 0) + 1;
    }
}

/** The headers that Missive documents for a 429. */
function refusal({ limit, wait }: Exclude<Verdict, { ok: true }>): Reply {
    const headers = { 'retry-after': String(Math.max(1, Math.ceil(wait / 1000))), 'x-ratelimit-limit': String(limit) };
    return { status: 429, headers };
}
