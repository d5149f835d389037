import type { Turn } from '../../call';
import type { Task } from '../task';
import type { LaneName, Queued } from './lanes';
import type { Waiter } from './waiting';

/** A call on its way through the limiter. */
export interface Job extends Waiter, Queued {
    readonly task: Task<unknown>;
    readonly resolve: (value: unknown) => void;
    readonly reject: (error: unknown) => void;
}

/** What is known of a job when it comes. */
export interface Coming {
    readonly number: number;
    readonly lane: LaneName;
    readonly turn: Turn;
    readonly maxWait: number | undefined;
    readonly bytes: number;
}

/** A job that comes now. */
export const jobOf = (
    { number, lane, turn, maxWait, bytes }: Coming,
    task: Task<unknown>,
    { resolve, reject }: Pick<Job, 'resolve' | 'reject'>,
): Job => ({
    // One by one: a hundred thousand of them may wait, and a spread makes larger objects.
    number,
    node: turn.node,
    lane,
    signal: turn.signal,
    maxWait,
    bytes,
    submitted: performance.now(),
    task,
    resolve,
    reject,
    attempts: 0,
    waited: 0,
    since: undefined,
    deadline: undefined,
    failure: undefined,
});
