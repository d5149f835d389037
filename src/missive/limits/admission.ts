import type { Grant, Ledger, Pace, Permit } from './ledger';
import type { Job } from './queue/job';
import type { LaneName, Lanes } from './queue/lanes';
import { timer } from './timer';

/** Asks the ledger for permits as long as somebody waits for one. With nobody waiting it has no timer. */
export class Admission {
    #ledger: Ledger;
    /** An answer of the ledger is on its way; `again`: something has happened since it was asked. */
    #asking: boolean | 'again' = false;
    #wake: NodeJS.Timeout | undefined;
    /** Nobody is let in. */
    paused = false;

    /** `admit` takes whose turn it is. */
    constructor(
        ledger: Ledger,
        private readonly lanes: Lanes<Job>,
        private readonly admit: (ledger: Ledger, permit: Permit) => void,
    ) {
        this.#ledger = ledger;
        ledger.wake = () => this.ask();
    }

    get ledger(): Ledger {
        return this.#ledger;
    }

    /** Whether an answer of the ledger is on its way. */
    get isAsking(): boolean {
        return this.#asking !== false;
    }

    /** Goes on with another ledger, which learns what was spent by the one before. */
    use(ledger: Ledger): void {
        const before = this.#ledger;
        ledger.policy = before.policy;
        ledger.recall(before.spending());
        this.#ledger = ledger;
        ledger.wake = () => this.ask();
        before.wake = undefined;
        before.changed = undefined;
        before.beside = undefined;
        before.close?.();
        this.ask();
    }

    /** Starts whatever may start, and comes back when the ledger says that it is worth asking again. */
    ask(): void {
        if (this.#asking) {
            this.#asking = 'again';
            return;
        }
        clearTimeout(this.#wake);
        if (this.paused) return;
        // Whoever is first may go if anybody may: the lanes behind leave more free.
        for (let first = this.lanes.first; first !== undefined; first = this.lanes.first) {
            const ledger = this.#ledger;
            const grant = ledger.acquire(paceOf(first));
            if (grant instanceof Promise) {
                this.#asking = true;
                void grant.then((given) => this.#answered(ledger, given));
                return;
            }
            if (!this.#take(ledger, grant)) return;
        }
    }

    #answered(ledger: Ledger, grant: Grant): void {
        const isOutdated = this.#asking === 'again';
        this.#asking = false;
        // A refusal may have been for a lane that is not the first any more.
        if (this.#take(ledger, grant) || isOutdated) this.ask();
    }

    /** Lets one in with this permit; false where there is none. */
    #take(ledger: Ledger, grant: Grant): boolean {
        if ('permit' in grant && this.paused) {
            ledger.refund(grant.permit);
            return false;
        }
        if ('permit' in grant) {
            this.admit(ledger, grant.permit);
            return true;
        }
        clearTimeout(this.#wake);
        if (grant.wait < Infinity && this.lanes.size > 0) this.#wake = timer(() => this.ask(), Math.max(1, grant.wait));
        return false;
    }
}

/** What was refused has waited for its permit before. */
export const paceOf = (lane: LaneName | 'refused'): Pace =>
    lane === 'normal' || lane === 'low' ? 'patient' : 'urgent';
