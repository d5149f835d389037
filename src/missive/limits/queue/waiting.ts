import { dropped as droppedText, type ErrorFacts, MissiveError } from '../../errors';
import { timer } from '../timer';

/** A job as far as its waiting goes. */
export interface Waiter {
    /** Aborted when the job's node is stopped. */
    readonly signal: AbortSignal | undefined;
    /** Seconds since `submitted`; blank: no deadline. */
    readonly maxWait: number | undefined;
    readonly submitted: number;
    /** What it keeps in memory. */
    readonly bytes: number;
    /** Milliseconds, up to the last time it left. */
    waited: number;
    attempts: number;
    /** While it waits: since when. These two are in the job itself, as a hundred thousand of them may wait. */
    since: number | undefined;
    deadline: NodeJS.Timeout | undefined;
    /** What came of the last attempt. */
    failure?: MissiveError | undefined;
}

/** Why a job ends unsent, for its user. */
export type Reason = (job: Waiter) => MissiveError;

/** The jobs that wait, each until its task begins or its deadline or its signal ends it. */
export class Waiting<J extends Waiter> {
    /** One listener for each signal, however many jobs a node has waiting. */
    readonly #signals = new Map<AbortSignal, { readonly jobs: Set<J>; readonly listener: () => void }>();
    /** What all that wait keep in memory. */
    bytes = 0;
    readonly #end: (job: J, reason: Reason) => void;

    /** `end` is called in the moment in which a job's time is over. */
    constructor(end: (job: J, reason: Reason) => void) {
        this.#end = end;
    }

    enter(job: J): void {
        const now = performance.now();
        const left = deadlineOf(job) - now;
        job.since = now;
        this.bytes += job.bytes;
        job.deadline = left < Infinity ? timer(() => this.#end(job, late), left) : undefined;
        if (!job.signal) return;
        const jobs = this.#signals.get(job.signal)?.jobs ?? this.#listen(job.signal);
        jobs.add(job);
    }

    /** The job's turn has come, and no deadline ends it any more; false where that is over: its timer can be late. */
    inTime(job: J): boolean {
        clearTimeout(job.deadline);
        // A millisecond of grace, so that a job which may not wait at all can still start where there is room.
        return performance.now() <= deadlineOf(job) + 1;
    }

    /** The job waits no longer; false where it has left before. */
    leave(job: J): boolean {
        if (job.since === undefined) return false;
        job.waited += performance.now() - job.since;
        job.since = undefined;
        this.bytes -= job.bytes;
        clearTimeout(job.deadline);
        if (job.signal) this.#forget(job, job.signal);
        return true;
    }

    #listen(signal: AbortSignal): Set<J> {
        const jobs = new Set<J>();
        const listener = () => {
            for (const job of jobs) this.#end(job, closed);
        };
        this.#signals.set(signal, { jobs, listener });
        signal.addEventListener('abort', listener);
        return jobs;
    }

    #forget(job: J, signal: AbortSignal): void {
        const listening = this.#signals.get(signal);
        if (!listening?.jobs.delete(job) || listening.jobs.size > 0) return;
        signal.removeEventListener('abort', listening.listener);
        this.#signals.delete(signal);
    }
}

const deadlineOf = ({ submitted, maxWait = Infinity }: Waiter): number => submitted + maxWait * 1000;

/** The queue is as long as it may be. */
export const full = (maxQueue: number): Reason => {
    const what = `${maxQueue} calls are already waiting for Missive's limits. Send fewer, or allow the account a longer queue.`;
    return (job) => new MissiveError('ERR_MISSIVE_QUEUE', what, factsOf(job));
};

/** What waits takes as much memory as it may. */
export const heavy = (maxBytes: number): Reason => {
    const what = `Calls with ${Math.round(maxBytes / 1024 ** 2)} MB of texts and files are already waiting for Missive's limits. Send fewer at once, give files by their path, or allow the account more (maxBytes).`;
    return (job) => new MissiveError('ERR_MISSIVE_QUEUE', what, factsOf(job));
};

/** The deadline is over. */
export const late: Reason = (job) =>
    new MissiveError(
        'ERR_MISSIVE_QUEUE',
        `The call waited longer than the ${job.maxWait} s the account allows. ${before(job)}`,
        factsOf(job),
    );

/** The node was stopped. */
export const closed: Reason = (job) =>
    new MissiveError('ERR_MISSIVE_CLOSED', `The node was stopped while the call waited. ${before(job)}`, factsOf(job));

/** Somebody has dropped what waited of the job's node. */
export const dropped: Reason = (job) =>
    new MissiveError('ERR_MISSIVE_QUEUE', `Somebody dropped in the editor what this node had waiting. ${before(job)}`, {
        ...factsOf(job),
        reason: droppedText,
    });

/** A job that has been sent before says what came of that: Missive may have carried it out. */
const before = ({ failure }: Waiter): string => (failure ? `Before that: ${failure.message}` : 'It was not sent.');

function factsOf({ failure, attempts, waited }: Waiter): ErrorFacts & { readonly waited: number } {
    return {
        delivered: failure?.delivered ?? 'no',
        attempts,
        waited,
        ...(failure?.status === undefined ? {} : { status: failure.status }),
        ...(failure?.reason === undefined ? {} : { reason: failure.reason }),
    };
}
