import { existsSync } from 'node:fs';
import { parted, seenKey } from '../../redis/print';
import { Journal } from '../journal';
import { Keeping, putRecord } from '../keeping';
import { isBody } from '../kept';
import { recordOf } from '../record';
import { headOf, keptIn, lineOf } from './head';
import { callsOf, lastingOf } from './reminding';
import type { Steps } from './steps';

/** So many prints are told to Redis at once. */
const handful = 500;

/** Moves what a file keeps into Redis, each delivery once, and takes the file away. Rejects where Redis or the disk fails. */
export async function moveToRedis(file: string, place: string, steps: Steps): Promise<void> {
    if (!existsSync(file)) return;
    const keeping = new Keeping();
    const journal = new Journal(file, keeping);
    try {
        const { records } = await journal.read();
        keeping.replay(records);
        const seen = [...keeping.seen.keys()].map(
            (print) => [seenKey(place, print), 'file', lastingOf(print)] as const,
        );
        while (seen.length > 0)
            await Promise.all(seen.splice(0, handful).map((given) => steps.run('saw', false, ...given)));
        // The last first: each goes in front of those of its conversation that came later.
        for (const kept of [...keeping.deliveries.values()].reverse()) {
            const { id, print, tries, failures, stopped, answered } = kept;
            const again = print !== '' && !(isBody(print) && answered) && !print.startsWith('replay:');
            const known = again ? seenKey(place, print) : '';
            const state = [tries, failures, stopped ? 1 : 0, known, lastingOf(print), ...callsOf(kept)];
            await steps.run('move', false, id, lineOf(kept), headOf(kept), kept.body, ...state);
            keeping.remove(kept, false);
            await journal.append(recordOf({ k: 'gone', id }));
        }
        await journal.remove();
    } finally {
        await journal.close();
    }
}

/**
 * Moves everything that no other instance works on to the end of a file that nobody has open; each counts as gone from
 * Redis once it is on the disk. `moved` is told the id.
 */
export async function moveToFile(file: string, steps: Steps, moved: (id: string) => void): Promise<void> {
    const journal = new Journal(file, new Keeping());
    try {
        for (let count = 1; count > 0; ) {
            const [moving, found] = (await steps.run('drain', false)) as [number, unknown[]];
            count = found.length;
            for (const [at, each] of found.entries()) {
                const kept = keptIn(each);
                if (!kept) continue;
                const print = parted(kept.print)[0];
                const state = { tries: Math.min(kept.tries, 1), stopped: at >= Number(moving), answered: false };
                await journal.append(putRecord({ ...kept, ...state, print, stored: true }));
                moved(kept.id);
                await steps.run('settle', false, kept.id, lineOf(kept), 0, '', '');
            }
        }
    } finally {
        await journal.close();
    }
}
