import { type Grant, type Limits, type Pace, shareOf } from '../ledger';
import type { Policy } from '../policy';
import type { MemoryLedger } from '../windows/memory-ledger';
import { defended } from './defence';
import { type Known, poll } from './known';
import type { Running, RunningRequests } from './running';
import { stopwatch } from './stopwatch';

/** Before asking again where something has to be cleared up first, in milliseconds. */
export const soon = 200;

/** What this program grants itself while Redis is gone for too long: what is kept free for it. */
export class Alone {
    /** In force from the first permit without Redis on. */
    ledger: MemoryLedger | undefined;

    constructor(
        private readonly allowed: Limits,
        private readonly known: Known,
        private readonly running: RunningRequests,
    ) {}

    /** It goes alone, with what was free when Redis was last heard of, `since` then. */
    begin(policy: Policy, since: number | undefined): void {
        this.ledger = defended(this.allowed, this.known, policy, since);
    }

    acquire(pace: Pace): Grant {
        const slots = shareOf(this.allowed, this.known.promise?.clients ?? this.known.clients).inFlight;
        if (!this.ledger || this.running.size >= slots) return { wait: soon };
        const grant = this.ledger.acquire(pace);
        if ('wait' in grant) return { wait: Math.min(grant.wait, poll) };
        return { permit: this.running.give(this.running.nextId(), stopwatch(), grant.permit) };
    }

    release({ local }: Running): void {
        if (local) this.ledger?.release(local);
        // Granted by Redis before it was lost, and over only now.
        else this.ledger?.recall({ finished: [0], inFlight: 0, held: 0 });
    }

    refund({ local }: Running): void {
        if (local) this.ledger?.refund(local);
    }

    end(): void {
        this.ledger = undefined;
    }
}
