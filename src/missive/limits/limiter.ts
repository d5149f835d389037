import type { Turn } from '../call';
import { Executor } from './executor';
import { type Grant, type Ledger, type LedgerState, limits, type Pace, type Permit } from './ledger';
import type { Policy } from './policy';
import { type Job, jobOf } from './queue/job';
import { type LaneName, Lanes } from './queue/lanes';
import { Pauses } from './queue/pauses';
import { Quick } from './queue/quick';
import { closed, full, heavy, late, type Reason, Waiting } from './queue/waiting';
import type { Again, Bounds, Task } from './task';
import { timer } from './timer';
import { MemoryLedger } from './windows/memory-ledger';

export interface LimiterState extends LedgerState {
    readonly policy: Policy;
    readonly waiting: number;
    /** How many wait in each lane. What was refused and what pauses between two tries is in `waiting` alone. */
    readonly queued: Readonly<Record<LaneName, number>>;
    /** Answers 429 so far. */
    readonly refused: number;
}

/** What a node's last call that waits has to expect. */
export interface Outlook {
    /** About so many milliseconds. */
    readonly wait: number;
    /** So many calls go before it. */
    readonly ahead: number;
}

/**
 * Everything that one token sends, in turn: lanes say who is next, the ledger says when, Bottleneck runs at most five
 * at a time. An idle limiter has no timers.
 */
export class Limiter {
    readonly #lanes = new Lanes<Job>();
    readonly #quick = new Quick();
    readonly #pauses = new Pauses<Job>((job) => {
        this.#lanes.putBack(job, false);
        this.#pump();
    });
    readonly #waiting = new Waiting<Job>((job, reason) => this.#giveUp(job, reason));
    #ledger: Ledger;
    readonly #executor = new Executor();
    #submitted = 0;
    #refused = 0;
    /** An answer of the ledger is on its way; `again`: something has happened since it was asked. */
    #asking: boolean | 'again' = false;
    #wake: NodeJS.Timeout | undefined;

    constructor(ledger: Ledger = new MemoryLedger()) {
        this.#ledger = ledger;
        ledger.wake = () => this.#pump();
    }

    /** Runs the task in its turn. Rejects with `ERR_MISSIVE_QUEUE`, `ERR_MISSIVE_CLOSED`, or what the task threw. */
    run<T>(task: Task<T>, turn: Turn, bounds: Bounds = {}): Promise<T> {
        const { maxQueue = 10_000, maxWait, maxBytes = 64 * 1024 ** 2, bytes = 0 } = bounds;
        return new Promise<T>((resolve, reject) => {
            const job = jobOf({ number: this.#submitted++, lane: this.#laneOf(turn), turn, maxWait, bytes }, task, {
                resolve: resolve as (value: unknown) => void,
                reject,
            });
            if (job.signal?.aborted) return reject(closed(job));
            this.#waiting.enter(job);
            this.#lanes.push(job);
            this.#pump();
            // Only what has to wait counts: a job that could start is gone from the lanes by now, unless it is being asked for.
            const perhaps = this.#asking ? limits.inFlight : 0;
            const queued = this.#queued - perhaps;
            if (queued > maxQueue && this.#lanes.remove(job)) this.#drop(job, full(maxQueue));
            else if (queued > 0 && bytes > 0 && this.#waiting.bytes > maxBytes && this.#lanes.remove(job))
                this.#drop(job, heavy(maxBytes));
        });
    }

    /** Goes on with another ledger, which learns what was spent by the one before. */
    use(ledger: Ledger): void {
        const before = this.#ledger;
        ledger.policy = before.policy;
        ledger.recall(before.spending());
        this.#ledger = ledger;
        ledger.wake = () => this.#pump();
        before.wake = undefined;
        before.changed = undefined;
        before.close?.();
        this.#pump();
    }

    /** Who may send, and when; whoever keeps what was spent follows it. */
    get ledger(): Ledger {
        return this.#ledger;
    }

    get policy(): Policy {
        return this.#ledger.policy;
    }

    set policy(policy: Policy) {
        this.#ledger.policy = policy;
        this.#pump();
    }

    state(): LimiterState {
        const { policy } = this;
        const waiting = this.#queued;
        return { ...this.#ledger.state(), policy, waiting, queued: this.#lanes.sizes, refused: this.#refused };
    }

    /** What the last waiting call of a node has to expect; `undefined` where none waits for its turn. */
    outlook(node: string): Outlook | undefined {
        const place = this.#lanes.ahead(node);
        return place && { wait: this.#ledger.forecast(paceOf(place.lane), place.jobs), ahead: place.jobs };
    }

    get #queued(): number {
        return this.#lanes.size + this.#pauses.size;
    }

    /** Without a priority a node that asks for little goes before those that ask for much, but never before itself. */
    #laneOf({ node, priority }: Turn): LaneName {
        if (priority) return priority;
        return !this.#lanes.has(node, 'normal') && this.#quick.isFew(node) ? 'quick' : 'normal';
    }

    /** Starts whatever may start, and comes back when the ledger says that it is worth asking again. */
    #pump(): void {
        if (this.#asking) {
            this.#asking = 'again';
            return;
        }
        clearTimeout(this.#wake);
        // Whoever is first may go if anybody may: the lanes behind leave more free.
        for (let first = this.#lanes.first; first !== undefined; first = this.#lanes.first) {
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
        if (this.#take(ledger, grant) || isOutdated) this.#pump();
    }

    /** Starts the next job with this permit; false where there is none. */
    #take(ledger: Ledger, grant: Grant): boolean {
        if ('wait' in grant) {
            clearTimeout(this.#wake);
            if (grant.wait < Infinity && this.#lanes.size > 0)
                this.#wake = timer(() => this.#pump(), Math.max(1, grant.wait));
            return false;
        }
        const job = this.#lanes.shift();
        if (job && this.#waiting.inTime(job)) this.#executor.run(() => this.#start(job, ledger, grant.permit));
        else {
            ledger.refund(grant.permit);
            if (job) this.#drop(job, late);
        }
        return true;
    }

    async #start(job: Job, ledger: Ledger, permit: Permit): Promise<void> {
        let spent = true;
        const refund = () => {
            spent = false;
        };
        const giveBack = () => (spent ? ledger.release(permit) : ledger.refund(permit));
        try {
            // Bottleneck may have taken a few milliseconds to get here, and a signal can have ended the job in between.
            if (!this.#waiting.leave(job)) {
                refund();
                throw closed(job);
            }
            const outcome = await job.task({ number: ++job.attempts, waited: job.waited, refund });
            // Before the permit goes back, or somebody would start with it.
            if ('again' in outcome && outcome.hold) {
                this.#refused++;
                ledger.hold(outcome.again, outcome.limit);
            }
            giveBack();
            if ('again' in outcome && outcome.over) job.reject(outcome.failure);
            else if ('again' in outcome) this.#again(job, outcome);
            else job.resolve(outcome.value);
        } catch (error) {
            giveBack();
            this.#waiting.leave(job);
            job.reject(error);
        }
        this.#pump();
    }

    #again(job: Job, { again, hold = false, failure }: Again): void {
        job.failure = failure;
        if (job.signal?.aborted) {
            job.reject(closed(job));
            return;
        }
        this.#waiting.enter(job);
        if (hold) this.#lanes.putBack(job, true);
        else this.#pauses.begin(job, again);
    }

    /** Ends a job that waits, wherever it does. */
    #giveUp(job: Job, reason: Reason): void {
        if (!this.#pauses.end(job)) this.#lanes.remove(job);
        this.#drop(job, reason);
        // The last job that waited takes the timer with it.
        this.#pump();
    }

    #drop(job: Job, reason: Reason): void {
        this.#waiting.leave(job);
        job.reject(reason(job));
    }
}

/** What was refused has waited for its permit before. */
const paceOf = (lane: LaneName | 'refused'): Pace => (lane === 'normal' || lane === 'low' ? 'patient' : 'urgent');
