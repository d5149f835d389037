import { ownCallsOf } from '../../missive/events/own-calls';
import type { Limiter } from '../../missive/limits/limiter';

/** The calls of an account's limiter are told to all who share a Redis, until the returned function is called. */
export function shareOwnCalls(limiter: Limiter, redis: string, origin: string): () => void {
    if (redis === '') return () => {};
    // What it takes to share is loaded with the first account that does.
    const { linkTo } = require('../redis/links') as typeof import('../redis/links');
    const { ownCallsShared } = require('../redis/own-calls-shared') as typeof import('../redis/own-calls-shared');
    const { link, release } = linkTo(redis);
    const own = ownCallsOf(limiter);
    const shared = ownCallsShared(link, origin);
    own.elsewhere = shared;
    return () => {
        if (own.elsewhere === shared) own.elsewhere = undefined;
        release();
    };
}
