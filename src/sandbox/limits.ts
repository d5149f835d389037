import { Refused } from './manners/refuse';

/** How many requests at once, in any 60 s, in any 900 s. */
export interface Ceilings {
    readonly concurrent: number;
    readonly perMinute: number;
    readonly perQuarter: number;
}

/** Missive's published limits. */
export const missiveCeilings: Ceilings = { concurrent: 5, perMinute: 300, perQuarter: 900 };

/** The four headers belong to a 429 alone: nothing says that ordinary answers carry them. */
function tooMany(limit: number, waitMs: number): Refused {
    const wait = Math.max(1, Math.ceil(waitMs / 1000));
    return new Refused(429, 'Too Many Requests', {
        'Retry-After': String(wait),
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + wait),
    });
}

/** Counts requests in rolling windows. A request that is refused does not count. */
export class Limits {
    #running = 0;
    #starts: number[] = [];

    constructor(private readonly ceilings: Ceilings | false) {}

    /** Lets a request in and gives what to call at its end; throws a 429 where there is no room. */
    enter(): () => void {
        if (this.ceilings === false) return () => undefined;
        const { concurrent, perMinute, perQuarter } = this.ceilings;
        if (this.#running >= concurrent) throw tooMany(concurrent, 1000);
        // A clock that nobody sets.
        const at = performance.now();
        this.#starts = this.#starts.filter((start) => start > at - 900_000);
        this.#check(perMinute, 60_000, at);
        this.#check(perQuarter, 900_000, at);
        this.#starts.push(at);
        this.#running += 1;
        return () => {
            this.#running -= 1;
        };
    }

    reset(): void {
        this.#starts = [];
    }

    #check(ceiling: number, window: number, at: number): void {
        const inside = this.#starts.filter((start) => start > at - window);
        const freeing = inside[inside.length - ceiling];
        if (freeing !== undefined) throw tooMany(ceiling, freeing + window - at);
    }
}
