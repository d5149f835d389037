import type { Answer, Call } from '../call';
import type { MissiveError } from '../errors';

/** A call that has ended, with an answer or an error. */
export interface Happened {
    readonly call: Call;
    /** Id of the node that asked. */
    readonly node: string;
    readonly answer?: Answer;
    readonly error?: MissiveError;
    /** Milliseconds in the limiter's queue, and from there to the end. */
    readonly waited: number;
    readonly took: number;
}
