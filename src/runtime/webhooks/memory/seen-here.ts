import { createHash } from 'node:crypto';
import { steady } from '../../../missive/steady';
import type { Seen, Ticket } from './memory';

/** Missive waits this long for an answer; a later one it takes for a failure, and delivers again. */
const patience = 15_000;
/** Missive delivers again for 8 minutes. An identical body after that is an event of its own. */
const retryTime = 15 * 60_000;
/** Ids never come back for another event; they are kept as long as somebody might replay a delivery by hand. */
const idTime = 24 * 60 * 60_000;

/** A message in the flow of which Missive may not know yet. */
interface Open {
    began: number;
    failed: boolean;
}

/**
 * What a node put into its flow, in the memory of this process. A delivery has no id of its own. With a key (rule and
 * message, or comment) every later one is a retry. Without, two real events can be equal to the byte (two label
 * changes): only a body whose earlier 200 did not arrive in time can be a retry.
 */
export class SeenHere implements Seen {
    readonly #keys = new Map<string, number>();
    readonly #bodies = new Map<string, Open[]>();

    /** Remembers `max` keys and `max` bodies. `now` gives milliseconds, as what is given as `began`. */
    constructor(
        private readonly now: () => number = steady,
        private readonly max = 10_000,
    ) {}

    /** Recognises a delivery whose request began at `began`, or remembers it. */
    begin(body: Buffer, key: string | undefined, began: number): Ticket {
        return key === undefined ? this.#byBody(body, began) : this.#byKey(key);
    }

    /** Remembers what was in the flow, and is not known to be answered, before Node-RED started. */
    restore(print: string, at: number): void {
        const [kind, rest] = [print.slice(0, 5), print.slice(5)];
        if (kind === 'body:') this.#bodies.set(rest, [...(this.#bodies.get(rest) ?? []), { began: at, failed: true }]);
        else this.#keys.set(print.slice('key:'.length), at);
    }

    /** The flow failed to deal with the event of this key, and nobody waits: it is new when it comes again. */
    forget(key: string): void {
        this.#keys.delete(key);
    }

    #byKey(key: string): Ticket {
        const again = this.now() - (this.#keys.get(key) ?? Number.NEGATIVE_INFINITY) < idTime;
        if (!again) {
            this.#keys.delete(key); // set anew, so that the map stays in the order of age
            this.#keys.set(key, this.now());
            drop(this.#keys, this.max, (seen) => this.now() - seen >= idTime);
        }
        return { print: `key:${key}`, again, answered: () => {}, forget: () => this.#keys.delete(key) };
    }

    #byBody(body: Buffer, began: number): Ticket {
        const hash = createHash('sha256').update(body).digest('base64');
        const earlier = (this.#bodies.get(hash) ?? []).filter((open) => this.now() - open.began < retryTime);
        const lost = earlier.find((open) => open.failed || this.now() - open.began > patience);
        const mine = lost ?? { began, failed: false };
        Object.assign(mine, { began, failed: false });
        // At most 100 equal bodies at once: nobody can fill the memory with one body.
        this.#bodies.delete(hash);
        this.#bodies.set(hash, (lost ? earlier : [...earlier, mine]).slice(-100));
        drop(this.#bodies, this.max, (opens) => opens.every((open) => this.now() - open.began >= retryTime));

        const forget = () => {
            const others = (this.#bodies.get(hash) ?? []).filter((open) => open !== mine);
            if (others.length > 0) this.#bodies.set(hash, others);
            else this.#bodies.delete(hash);
        };
        const answered = (arrived: boolean) => {
            if (mine.began !== began) return; // a retry has taken over: its answer counts
            if (arrived && this.now() - began <= patience) forget();
            else mine.failed = true;
        };
        return { print: `body:${hash}`, again: lost !== undefined, answered, forget };
    }
}

/** Drops what is too old, and the oldest where there are too many. */
function drop<T>(from: Map<string, T>, max: number, old: (value: T) => boolean): void {
    for (const [key, value] of from) {
        if (from.size <= max && !old(value)) return;
        from.delete(key);
    }
}
