import { randomUUID } from 'node:crypto';
import { stopwatch } from '../../missive/limits/redis/stopwatch';
import type { Link } from './link';

/** Milliseconds: so long a turn lasts without a word, and so often it is said. */
const [lease, word] = [20_000, 5_000];

/** KEYS 1: who has the turn. ARGV 1 who asks, 2 how long it lasts without a word. */
const take = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const give = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

/** What one instance does for all: it has the turn while it lives, then another one gets it. */
export class Turn {
    readonly id = randomUUID();
    /** Milliseconds since it was last given to us; `undefined` where it is not ours. */
    #sinceTaken: (() => number) | undefined;
    /** How often it came to us without having been ours: in between somebody else may have had it. */
    times = 0;
    #saying: NodeJS.Timeout | undefined;

    constructor(
        private readonly link: Link,
        readonly key: string,
    ) {}

    get isOurs(): boolean {
        return this.#sinceTaken !== undefined && this.#sinceTaken() < lease;
    }

    /** Takes the turn where nobody has it. False where somebody has, or Redis is not there. */
    async take(): Promise<boolean> {
        const sinceAsked = stopwatch();
        try {
            const is = (await this.link.run(take, this.key, this.id, lease)) === 1;
            if (is && !this.isOurs) this.times++;
            this.#sinceTaken = is ? sinceAsked : undefined;
            if (is) this.#saying ??= setInterval(() => void this.take(), word).unref();
        } catch {
            // Ours as long as it was said for.
        }
        return this.isOurs;
    }

    async give(): Promise<void> {
        clearInterval(this.#saying);
        this.#saying = undefined;
        this.#sinceTaken = undefined;
        await this.link.run(give, this.key, this.id).catch(() => undefined);
    }
}
