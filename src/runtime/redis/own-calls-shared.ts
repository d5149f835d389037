import type { Elsewhere } from '../../missive/events/own-calls';
import type { Link } from './link';
import { placeOf } from './place';

const note = `return redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])`;
const has = `return redis.call('EXISTS', KEYS[1])`;

/** The calls of all instances with one address and token (`origin`). While Redis is gone each knows its own. */
export function ownCallsShared(link: Link, origin: string): Elsewhere {
    const place = placeOf('calls', origin);
    return {
        // Not kept for later: then it would be too late.
        note: (conversation, ms) => void link.run(note, `${place}:${conversation}`, ms).catch(() => undefined),
        has: (conversation) =>
            link.run(has, `${place}:${conversation}`).then(
                (found) => found === 1,
                () => false,
            ),
    };
}
