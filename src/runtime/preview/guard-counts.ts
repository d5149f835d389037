import type { NodeAPI } from 'node-red';
import type { Call } from '../../missive/call';
import type { Left } from '../../missive/guard/bounds';
import { boundsIn, type GuardSettings, past } from '../../missive/guard/guard';
import { leavingBy } from '../../missive/guard/leaving';
import { deployedAccount } from '../account';
import { departures } from '../guard/departures';
import { fileOf } from '../user-folder';

/** How many messages have left an account, beside how many may. */
export type Counts = { readonly [span in keyof Left]?: { readonly left: number; readonly most: number } };

const spans = ['hour', 'day'] as const;

/** The bounds of an account's guard as the editor has them, held against what has left the deployed one. */
export class GuardCounts {
    counts: Counts | undefined;

    constructor(
        private readonly RED: NodeAPI,
        private readonly settings: Omit<GuardSettings, 'dry'> & { readonly account?: unknown },
    ) {}

    /** Throws `ERR_MISSIVE_GUARD` where a call's messages would be too many. Nothing is counted. */
    async check(call: Call): Promise<void> {
        const leaving = leavingBy(call).length;
        const bounds = boundsIn(this.settings);
        if (leaving === 0 || spans.every((span) => bounds[span] === undefined)) return;
        const left = await this.#left();
        this.counts = Object.fromEntries(
            spans.flatMap((span) => {
                const most = bounds[span];
                return most === undefined ? [] : [[span, { left: left[span], most }]];
            }),
        );
        const full = spans.find((span) => left[span] + leaving > (bounds[span] ?? Infinity));
        if (full) throw past(full, bounds);
    }

    /** From an account that is not deployed nothing has left. */
    async #left(): Promise<Left> {
        const account = deployedAccount(this.RED, this.settings.account);
        if (!account) return { hour: 0, day: 0 };
        return departures(account.redis, account.id, fileOf(this.RED, 'sent', account.id)).left();
    }
}
