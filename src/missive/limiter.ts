import Bottleneck from 'bottleneck';
import type { Priority, Turn } from './call';
import { Lanes } from './lanes';
import { type Ledger, type LedgerState, limits, type Permit } from './ledger';
import { MemoryLedger } from './memory-ledger';
import type { Again, Bounds, Task } from './task';
import { timer } from './timer';
import { closed, full, late, type Reason, type Waiter, Waiting } from './waiting';

export interface LimiterState extends LedgerState {
    readonly waiting: number;
}

interface Job extends Waiter {
    readonly number: number;
    readonly node: string;
    readonly priority: Priority;
    readonly task: Task<unknown>;
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
}

/**
 * Everything that one token sends, in turn: lanes say who is next, the ledger says when, Bottleneck runs at most five
 * at a time. An idle limiter has no timers.
 */
export class Limiter {
    readonly #lanes = new Lanes<Job>();
    /** The timers of jobs that come again later. */
    readonly #pauses = new Map<Job, NodeJS.Timeout>();
    readonly #waiting = new Waiting<Job>((job, reason) => this.#giveUp(job, reason));
    readonly #ledger: Ledger;
    readonly #executor = new Bottleneck({ maxConcurrent: limits.inFlight });
    #submitted = 0;
    #wake: NodeJS.Timeout | undefined;

    constructor(ledger: Ledger = new MemoryLedger()) {
        this.#ledger = ledger;
        // Without a listener Bottleneck's own trouble would be silent; with one that throws it would never end.
        this.#executor.on('error', () => {});
    }

    /** Runs the task in its turn. Rejects with `ERR_MISSIVE_QUEUE`, `ERR_MISSIVE_CLOSED`, or what the task threw. */
    run<T>(task: Task<T>, turn: Turn, { maxQueue = 10_000, maxWait }: Bounds = {}): Promise<T> {
        return new Promise<T>((resolve, reject) => {
            const job: Job = {
                number: this.#submitted++,
                node: turn.node,
                priority: turn.priority ?? 'normal',
                signal: turn.signal,
                maxWait,
                submitted: performance.now(),
                task,
                resolve: (value) => resolve(value as T),
                reject,
                attempts: 0,
                waited: 0,
            };
            if (job.signal?.aborted) return reject(closed(job));
            this.#waiting.enter(job);
            this.#lanes.push(job);
            this.#pump();
            // Only what has to wait counts: a job that could start is gone from the lanes by now.
            if (this.#queued > maxQueue && this.#lanes.remove(job)) this.#drop(job, full(maxQueue));
        });
    }

    state(): LimiterState {
        return { ...this.#ledger.state(), waiting: this.#queued };
    }

    get #queued(): number {
        return this.#lanes.size + this.#pauses.size;
    }

    /** Starts whatever may start, and comes back when the ledger says that it is worth asking again. */
    #pump(): void {
        clearTimeout(this.#wake);
        while (this.#lanes.size > 0) {
            const grant = this.#ledger.acquire();
            if ('wait' in grant) {
                if (grant.wait < Infinity) this.#wake = timer(() => this.#pump(), Math.max(1, grant.wait));
                return;
            }
            const job = this.#lanes.shift();
            if (job && this.#waiting.inTime(job)) void this.#start(job, grant.permit);
            else {
                this.#ledger.refund(grant.permit);
                if (job) this.#drop(job, late);
            }
        }
    }

    async #start(job: Job, permit: Permit): Promise<void> {
        let spent = true;
        const refund = () => {
            spent = false;
        };
        const giveBack = () => (spent ? this.#ledger.release(permit) : this.#ledger.refund(permit));
        try {
            const outcome = await this.#executor.schedule(async () => {
                // Bottleneck takes a few milliseconds to get here, and a signal can have ended the job in between.
                if (!this.#waiting.leave(job)) {
                    refund();
                    throw closed(job);
                }
                return job.task({ number: ++job.attempts, waited: job.waited, refund });
            });
            // Before the permit goes back, or somebody would start with it.
            if ('again' in outcome && outcome.hold) this.#ledger.hold(outcome.again);
            giveBack();
            if ('again' in outcome) this.#again(job, outcome);
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
        else this.#pause(job, again);
    }

    /** Until its time the job is in no lane and holds no permit, so that others go on. */
    #pause(job: Job, ms: number): void {
        const comeBack = () => {
            this.#pauses.delete(job);
            this.#lanes.putBack(job, false);
            this.#pump();
        };
        this.#pauses.set(job, timer(comeBack, ms));
    }

    /** Ends a job that waits, wherever it does. */
    #giveUp(job: Job, reason: Reason): void {
        clearTimeout(this.#pauses.get(job));
        if (!this.#pauses.delete(job)) this.#lanes.remove(job);
        this.#drop(job, reason);
        // The last job that waited takes the timer with it.
        this.#pump();
    }

    #drop(job: Job, reason: Reason): void {
        this.#waiting.leave(job);
        job.reject(reason(job));
    }
}
