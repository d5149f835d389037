import { linkTo } from '../redis/links';
import { placeOf } from '../redis/place';
import { Turn } from '../redis/turn';
import { type Knowledge, RowsInFile } from './known-rows';
import { SharedLog } from './shared-log';

const forgotten =
    'Redis has forgotten what was told of the things that are watched: this Node-RED has told it again. Set Redis so that it loses nothing (appendonly yes).';

/** In the Redis at an address; `key` stands for the node in every Node-RED with these flows. */
export function sharedKnowledge(address: string, key: string, warn: (text: string) => void = () => {}): Knowledge {
    const { link, release } = linkTo(address);
    const place = placeOf('watch', key);
    const turn = new Turn(link, `${place}:turn`);
    let known: RowsInFile | undefined;
    let log: SharedLog | undefined;
    /** How often the turn had come to us when that was known. */
    let times = 0;
    const anew = () =>
        new RowsInFile((state) => {
            log = new SharedLog(link, `${place}:rows`, turn, state, log?.owed, () => warn(forgotten));
            return log;
        });
    return {
        async turn() {
            await link.ready().catch(() => undefined);
            if (!(await turn.take()) || !link.isThere) return undefined;
            // Another one may have told something in the meantime, or Redis may have come back empty.
            if (known && times !== turn.times && (await log?.isOutdated())) known = undefined;
            times = turn.times;
            known ??= anew();
            return known;
        },
        // What is told while Redis is gone nobody else would know.
        get isOurs() {
            return turn.isOurs && link.isThere;
        },
        async end(removed) {
            if (removed) await known?.discard();
            await turn.give();
            release();
        },
    };
}
