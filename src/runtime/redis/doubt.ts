import type { Link } from './link';

/** Why a Redis may lose what is kept in it: a status, and what to do. */
export interface Doubt {
    readonly status: string;
    readonly advice: string;
}

/** What is wrong with how a Redis is set, as far as it says so; `undefined` where nothing is. */
export async function doubtOf(link: Link): Promise<Doubt | undefined> {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await link.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction')
        return {
            status: 'Redis evicts',
            advice: `Redis throws data away when its memory is full (its maxmemory-policy is ${policy}), and kept deliveries with it: set it to noeviction.`,
        };
    const aof = /^aof_enabled:(\d)/m.exec(await link.info('persistence'))?.[1];
    if (aof === '0')
        return {
            status: 'Redis is not persistent',
            advice: 'Redis writes no append-only file, so a restart of it loses kept deliveries: set appendonly to yes, and appendfsync to everysec or always.',
        };
    return undefined;
}

/** Tells of doubts now and whenever Redis is back, until the returned function is called. */
export function watchDoubts(link: Link, tell: (doubt: Doubt | undefined) => void): () => void {
    let over = false;
    const look = () =>
        void doubtOf(link).then((doubt) => {
            if (!over && link.isThere) tell(doubt);
        });
    if (link.isThere) look();
    const off = link.onBack(look);
    return () => {
        over = true;
        off();
    };
}
