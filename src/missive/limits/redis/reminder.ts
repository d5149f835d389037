import type { Limits } from '../ledger';
import type { Connection, Reply } from './connection';
import type { Known } from './known';
import { OwnLog } from './own-log';
import type { RunningRequests } from './running';

/** So many requests are told at once. */
const part = 500;

/** What this program has sent, and whether Redis still knows of it: else it is told again before it is believed. */
export class Reminder {
    readonly #own: OwnLog;

    constructor(
        private readonly allowed: Limits,
        private readonly known: Known,
        private readonly running: RunningRequests,
    ) {
        this.#own = new OwnLog(Math.max(...allowed.windows.map(({ span }) => span)) + allowed.margin);
    }

    /** A request has finished, by the clock of `performance`. */
    finished(id: string, at?: number): void {
        this.#own.add(id, at);
    }

    /** Milliseconds since each request finished, the oldest first. */
    get ages(): readonly number[] {
        return this.#own.ages().map(([, age]) => age);
    }

    /** Whether a reply counts less than this program alone has sent, or from later on; the margin is for the way to Redis and back. */
    hasForgotten(reply: Reply): boolean {
        const { used } = reply;
        const running = this.running.granted;
        if (this.known.isReborn(reply)) return true;
        return this.allowed.windows.some(({ span }, at) => (used[at] ?? 0) < this.#own.within(span) + running);
    }

    async restore(connection: Connection): Promise<void> {
        const pairs = this.#own.ages();
        for (let at = 0; at === 0 || at < pairs.length; at += part) {
            const { ids, lease } = this.running;
            const some = pairs.slice(at, at + part).flat();
            const held = Math.ceil(this.known.held);
            await connection.send('restore', lease, held, ids.length, ...ids, ...some);
        }
    }
}
