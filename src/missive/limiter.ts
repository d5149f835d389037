import Bottleneck from 'bottleneck';
import type { Priority, Turn } from './call';
import { MissiveError } from './errors';
import { Lanes } from './lanes';
import { type Ledger, type LedgerState, limits, MemoryLedger, type Permit } from './ledger';

/** One start of a task. */
export interface Attempt {
    /** 1 for the first. */
    readonly number: number;
    /** Milliseconds that the task has waited until now, pauses and back-offs included. */
    readonly waited: number;
    /** Says that nothing was written to the wire: the permit was not spent. */
    refund(): void;
}

/** A task wants to run again, after so many milliseconds; with `hold` everybody waits for that long. */
export interface Again {
    readonly again: number;
    readonly hold?: boolean;
    /** Why; told to the user where the task never gets to run again. */
    readonly failure?: MissiveError | undefined;
}

/** One request and what came of it; it throws where it has failed for good. */
export type Task<T> = (attempt: Attempt) => Promise<Again | { readonly value: T }>;

/** How long the queue may get, and how many seconds a task may wait; blank: no deadline. */
export interface Bounds {
    readonly maxQueue?: number | undefined;
    readonly maxWait?: number | undefined;
}

export interface LimiterState extends LedgerState {
    readonly waiting: number;
}

interface Job {
    readonly number: number;
    readonly node: string;
    readonly priority: Priority;
    readonly signal: AbortSignal | undefined;
    readonly maxWait: number | undefined;
    readonly submitted: number;
    readonly task: Task<unknown>;
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
    attempts: number;
    waited: number;
    /** Since when it waits. */
    since: number;
    deadline?: NodeJS.Timeout | undefined;
    backOff?: NodeJS.Timeout | undefined;
    failure?: MissiveError | undefined;
}

/** More than a timer can hold fires at once. */
const longestTimer = 2 ** 31 - 1;
const timer = (done: () => void, ms: number): NodeJS.Timeout =>
    setTimeout(done, Math.min(longestTimer, Math.max(0, Math.ceil(ms))));

/**
 * Everything that one token sends, in turn: lanes say who is next, the ledger says when, Bottleneck runs at most five
 * at a time. An idle limiter has no timers.
 */
export class Limiter {
    readonly #lanes = new Lanes<Job>();
    readonly #ledger: Ledger;
    readonly #executor = new Bottleneck({ maxConcurrent: limits.inFlight });
    /** Waiting jobs by the signal that ends them: one listener each, however many jobs a node has waiting. */
    readonly #signals = new Map<AbortSignal, { readonly jobs: Set<Job>; readonly listener: () => void }>();
    #backingOff = 0;
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
                since: 0,
            };
            if (job.signal?.aborted) return reject(closed(job));
            this.#enter(job);
            this.#lanes.push(job);
            this.#pump();
            // Only what has to wait counts: a job that could start is gone from the lanes by now.
            if (this.#waiting > maxQueue && this.#lanes.remove(job)) this.#drop(job, full(maxQueue));
        });
    }

    state(): LimiterState {
        return { ...this.#ledger.state(), waiting: this.#waiting };
    }

    get #waiting(): number {
        return this.#lanes.size + this.#backingOff;
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
            const job = this.#next();
            if (job) void this.#start(job, grant.permit);
            else this.#ledger.refund(grant.permit);
        }
    }

    /** The next job that is still in time: after a busy moment its deadline's timer can be late. */
    #next(): Job | undefined {
        for (let job = this.#lanes.shift(); job; job = this.#lanes.shift()) {
            if (!overdue(job)) {
                this.#leave(job);
                return job;
            }
            this.#drop(job, late(job));
        }
        return undefined;
    }

    async #start(job: Job, permit: Permit): Promise<void> {
        let spent = true;
        const refund = () => {
            spent = false;
        };
        const giveBack = () => (spent ? this.#ledger.release(permit) : this.#ledger.refund(permit));
        try {
            const outcome = await this.#executor.schedule(async () => {
                if (job.signal?.aborted) {
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
            job.reject(error);
        }
        this.#pump();
    }

    #again(job: Job, { again, hold = false, failure }: Again): void {
        job.failure = failure;
        if (job.signal?.aborted) job.reject(closed(job));
        else {
            this.#enter(job);
            if (hold) this.#lanes.putBack(job, true);
            else this.#backOff(job, again);
        }
    }

    /** Until its time the job is in no lane and holds no permit, so that others go on. */
    #backOff(job: Job, ms: number): void {
        this.#backingOff++;
        job.backOff = timer(() => {
            this.#endBackOff(job);
            this.#lanes.putBack(job, false);
            this.#pump();
        }, ms);
    }

    /** The job begins to wait: from now on its deadline and its signal can end it. */
    #enter(job: Job): void {
        job.since = performance.now();
        if (job.maxWait !== undefined) {
            const left = job.submitted + job.maxWait * 1000 - job.since;
            job.deadline = timer(() => this.#giveUp(job, late(job)), left);
        }
        if (!job.signal) return;
        const jobs = this.#signals.get(job.signal)?.jobs ?? this.#listen(job.signal);
        jobs.add(job);
    }

    #listen(signal: AbortSignal): Set<Job> {
        const jobs = new Set<Job>();
        const listener = () => {
            for (const job of jobs) this.#giveUp(job, closed(job));
        };
        this.#signals.set(signal, { jobs, listener });
        signal.addEventListener('abort', listener);
        return jobs;
    }

    #leave(job: Job): void {
        job.waited += performance.now() - job.since;
        clearTimeout(job.deadline);
        const listening = job.signal && this.#signals.get(job.signal);
        if (!job.signal || !listening?.jobs.delete(job) || listening.jobs.size > 0) return;
        job.signal.removeEventListener('abort', listening.listener);
        this.#signals.delete(job.signal);
    }

    /** Ends a job that waits, wherever it does. */
    #giveUp(job: Job, error: MissiveError): void {
        if (!this.#lanes.remove(job)) this.#endBackOff(job);
        this.#drop(job, error);
        // The last job that waited takes the timer with it.
        this.#pump();
    }

    #endBackOff(job: Job): void {
        if (job.backOff === undefined) return;
        clearTimeout(job.backOff);
        job.backOff = undefined;
        this.#backingOff--;
    }

    #drop(job: Job, error: MissiveError): void {
        this.#leave(job);
        job.reject(error);
    }
}

/** A millisecond of grace, so that a task which may not wait at all can still start where there is room. */
const overdue = (job: Job): boolean =>
    job.maxWait !== undefined && performance.now() > job.submitted + job.maxWait * 1000 + 1;

const full = (maxQueue: number): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_QUEUE',
        `${maxQueue} calls are already waiting for Missive's limits. Send fewer, or allow the account a longer queue.`,
        { delivered: 'no', attempts: 0 },
    );

const late = (job: Job): MissiveError =>
    ended(job, 'ERR_MISSIVE_QUEUE', `The call waited longer than the ${job.maxWait} s the account allows.`);

const closed = (job: Job): MissiveError =>
    ended(job, 'ERR_MISSIVE_CLOSED', 'The node was stopped while the call waited.');

/** A job that has been sent before says what came of that: Missive may have carried it out. */
function ended(job: Job, code: 'ERR_MISSIVE_QUEUE' | 'ERR_MISSIVE_CLOSED', what: string): MissiveError {
    const { failure } = job;
    return new MissiveError(code, failure ? `${what} Before that: ${failure.message}` : `${what} It was not sent.`, {
        delivered: failure?.delivered ?? 'no',
        attempts: job.attempts,
        ...(failure?.status === undefined ? {} : { status: failure.status }),
        ...(failure?.reason === undefined ? {} : { reason: failure.reason }),
    });
}
