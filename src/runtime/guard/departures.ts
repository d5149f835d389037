import type { Departures } from '../../missive/guard/bounds';
import { departuresIn } from './departures-file';

const shared = new Map<string, Departures>();

/** When messages left an account: in the Redis at an address, or where that is blank in a file. */
export function departures(redis: string, account: string, file: string): Departures {
    if (redis === '') return departuresIn(file);
    const key = `${redis} ${account} ${file}`;
    const known = shared.get(key);
    if (known) return known;
    // What it takes to share is loaded with the first account that does.
    const { linkTo } = require('../redis/links') as typeof import('../redis/links');
    const { placeOf } = require('../redis/place') as typeof import('../redis/place');
    const { DeparturesShared } = require('./departures-shared') as typeof import('./departures-shared');
    // As the counts in a file do, it lasts as long as the process.
    const made = new DeparturesShared(linkTo(redis).link, placeOf('sent', account), departuresIn(file));
    shared.set(key, made);
    return made;
}
