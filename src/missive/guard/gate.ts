import type { Answer, Call } from '../call';
import type { Delivered } from '../errors';

/** Stands before an account's calls: lets them through, answers in Missive's place, or throws. */
export interface Gate {
    /**
     * Asked once for each call, before it is queued. `over` is told what became of a call that was let through;
     * `answer` stands in for Missive's, and nothing is sent.
     */
    pass(call: Call): Promise<{ readonly over?: (delivered: Delivered) => void } | { readonly answer: Answer }>;
}
