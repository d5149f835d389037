import type { Turn } from '../call';
import { Admission, paceOf } from './admission';
import { Executor } from './executor';
import { type Ledger, type LedgerState, limits, type Permit } from './ledger';
import type { Policy } from './policy';
import { type Backlog, backlogsOf } from './queue/backlogs';
import { type Job, jobOf } from './queue/job';
import { type LaneName, Lanes } from './queue/lanes';
import { Pauses } from './queue/pauses';
import { Quick } from './queue/quick';
import { closed, dropped, full, heavy, late, type Reason, Waiting } from './queue/waiting';
import type { Again, Bounds, Task } from './task';
import { MemoryLedger } from './windows/memory-ledger';

export interface LimiterState extends LedgerState {
    readonly policy: Policy;
    readonly waiting: number;
    /** How many wait in each lane. What was refused and what pauses between two tries is in `waiting` alone. */
    readonly queued: Readonly<Record<LaneName, number>>;
    /** Answers 429 so far. */
    readonly refused: number;
    /** Somebody has said that nothing leaves for now. */
    readonly paused: boolean;
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
        this.#admission.ask();
    });
    readonly #waiting = new Waiting<Job>((job, reason) => this.#giveUp(job, reason));
    readonly #admission: Admission;
    readonly #executor = new Executor();
    #submitted = 0;
    #refused = 0;

    constructor(ledger: Ledger = new MemoryLedger()) {
        this.#admission = new Admission(ledger, this.#lanes, (ledger, permit) => this.#admit(ledger, permit));
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
            this.#admission.ask();
            // Only what has to wait counts: a job that could start is gone from the lanes by now, unless it is being asked for.
            const perhaps = this.#admission.isAsking ? limits.inFlight : 0;
            const queued = this.#queued - perhaps;
            if (queued > maxQueue && this.#lanes.remove(job)) this.#drop(job, full(maxQueue));
            else if (queued > 0 && bytes > 0 && this.#waiting.bytes > maxBytes && this.#lanes.remove(job))
                this.#drop(job, heavy(maxBytes));
        });
    }

    /** Goes on with another ledger, which learns what was spent by the one before. */
    use(ledger: Ledger): void {
        this.#admission.use(ledger);
    }

    /** Who may send, and when; whoever keeps what was spent follows it. */
    get ledger(): Ledger {
        return this.#admission.ledger;
    }

    get policy(): Policy {
        return this.ledger.policy;
    }

    set policy(policy: Policy) {
        this.ledger.policy = policy;
        this.#admission.ask();
    }

    /** While it is paused nothing leaves: what waits stays, as long as it may. What is on the wire ends. */
    get paused(): boolean {
        return this.#admission.paused;
    }

    set paused(paused: boolean) {
        this.#admission.paused = paused;
        this.#admission.ask();
    }

    state(): LimiterState {
        const { policy, paused } = this;
        const waiting = this.#queued;
        return { ...this.ledger.state(), policy, waiting, queued: this.#lanes.sizes, refused: this.#refused, paused };
    }

    /** Who waits: each node with what it has in the queue, whoever waits longest first. */
    backlogs(): readonly Backlog[] {
        return backlogsOf([...this.#lanes.fronts(), ...this.#pauses.fronts()]);
    }

    /** Ends all that waits of a node, each call with an error; gives how many there were. */
    drop(node: string): number {
        const jobs = [...this.#lanes.of(node), ...this.#pauses.of(node)];
        for (const job of jobs) this.#giveUp(job, dropped);
        return jobs.length;
    }

    /** What the last waiting call of a node has to expect; `undefined` where none waits for its turn. */
    outlook(node: string): Outlook | undefined {
        const place = this.#lanes.ahead(node);
        return place && { wait: this.ledger.forecast(paceOf(place.lane), place.jobs), ahead: place.jobs };
    }

    get #queued(): number {
        return this.#lanes.size + this.#pauses.size;
    }

    /** Without a priority a node that asks for little goes before those that ask for much, but never before itself. */
    #laneOf({ node, priority }: Turn): LaneName {
        if (priority) return priority;
        return !this.#lanes.has(node, 'normal') && this.#quick.isFew(node) ? 'quick' : 'normal';
    }

    /** Starts the job whose turn it is with this permit, or gives the permit back. */
    #admit(ledger: Ledger, permit: Permit): void {
        const job = this.#lanes.shift();
        if (job && this.#waiting.inTime(job)) this.#executor.run(() => this.#start(job, ledger, permit));
        else {
            ledger.refund(permit);
            if (job) this.#drop(job, late);
        }
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
            const stands = () => ledger.stands?.(permit) ?? true;
            const outcome = await job.task({ number: ++job.attempts, waited: job.waited, refund, stands });
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
        this.#admission.ask();
    }

    #again(job: Job, { again, hold = false, failure }: Again): void {
        if (failure) job.failure = failure;
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
        this.#admission.ask();
    }

    #drop(job: Job, reason: Reason): void {
        this.#waiting.leave(job);
        job.reject(reason(job));
    }
}
