import { troubleOf } from '../../missive/limits/redis/trouble';

/** Redis is not there, or takes nothing. */
export class Unreachable extends Error {
    constructor(cause?: unknown) {
        super(`${troubleOf(cause) ?? 'Redis does not answer'}.`, { cause });
    }
}
