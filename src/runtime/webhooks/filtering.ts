import { setTimeout as pause } from 'node:timers/promises';
import { type Filter, type KeptOut, keptOutOf } from '../../missive/events/event-filter';
import { type Ready, readyFilter } from '../../missive/events/filter-names';
import { directoryOf } from '../../missive/names/directory';
import type { Account } from '../account';

/** After a failure, in milliseconds. */
const again = 60_000;

/** A node's filter: by the names in the events at first, by ids as soon as the account has told them. */
export class Filtering {
    #keptOut: KeptOut;
    /** With ids in place of names, where these are known. */
    filter: Filter;

    constructor(
        filter: Filter,
        private readonly country: string | undefined,
    ) {
        this.filter = filter;
        this.#keptOut = keptOutOf(filter, country);
    }

    readonly keptOut: KeptOut = (body) => this.#keptOut(body);

    /** Looks the names up, and tells once what nobody knows; tries until Missive answers. */
    async prepare(
        account: Account | null,
        signal: AbortSignal,
        tell: (unknown: Ready['unknown']) => void,
    ): Promise<void> {
        const filter = this.filter;
        if (!Object.values(filter).some((list) => list.length > 0)) return;
        while (!signal.aborted) {
            try {
                const lookUp = account && this.#lookUp(account);
                const ready = await readyFilter(filter, lookUp ?? undefined, this.country);
                if (signal.aborted) return;
                this.#keptOut = ready.keptOut;
                this.filter = ready.filter;
                return tell(ready.unknown);
            } catch {
                // Missive cannot be asked now: names are compared with those in the events until it can.
                await pause(again, undefined, { signal, ref: false }).catch(() => undefined);
            }
        }
    }

    #lookUp(account: Account) {
        const client = account.client();
        const turn = { node: 'missive-directory', priority: 'high' } as const;
        const directory = directoryOf(client.limiter);
        return (list: Parameters<typeof directory.list>[0], age: number) =>
            directory.list(list, (call) => client.send(call, turn), age);
    }
}
