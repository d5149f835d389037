import { linkTo } from '../redis/links';
import { placeOf } from '../redis/place';
import { Turn } from '../redis/turn';
import { type Knowledge, RowsInFile } from './known-rows';
import { SharedLog } from './shared-log';

/** In the Redis at an address; `key` stands for the node in every Node-RED with these flows. */
export function sharedKnowledge(address: string, key: string): Knowledge {
    const { link, release } = linkTo(address);
    const place = placeOf('watch', key);
    const turn = new Turn(link, `${place}:turn`);
    let known: RowsInFile | undefined;
    return {
        async turn() {
            const had = turn.isOurs;
            await link.ready().catch(() => undefined);
            if (!(await turn.take())) {
                known = undefined;
                return undefined;
            }
            // Another one may have told something in the meantime.
            if (!had) known = undefined;
            known ??= new RowsInFile((state) => new SharedLog(link, `${place}:rows`, turn, state));
            return known;
        },
        get isOurs() {
            return turn.isOurs;
        },
        async end(removed) {
            if (removed) await known?.discard();
            await turn.give();
            release();
        },
    };
}
