import { MissiveError } from '../errors';
import type { Listed } from '../names/directory';
import { idOfName, type LookUp } from '../names/names';
import { type Filter, type KeptOut, keptOutOf } from './event-filter';
import { sendersOf } from './senders';

/** A text of a filter by which nothing passes. */
export interface Unknown {
    readonly list: keyof Filter;
    readonly text: string;
    /** A sentence that says what is wrong, with the names that there are. */
    readonly why: string;
}

/** A filter whose names are looked up. */
export interface Ready {
    readonly keptOut: KeptOut;
    /** The filter with ids in place of names, without what is unknown; senders as they were. */
    readonly filter: Filter;
    /** Nothing passes by these: whoever deploys the node has to hear of it. */
    readonly unknown: readonly Unknown[];
}

const resources = { organizations: 'organization', teams: 'team', labels: 'shared_label' } as const;
const titles = { organizations: 'Organizations', teams: 'Teams', labels: 'Labels', senders: 'Senders' } as const;

/**
 * Looks the names of a filter up in the account. Where there is no account, `lookUp` is left out: names are compared with
 * those in the events then. Throws where the account cannot be asked now (`ERR_MISSIVE_CLOSED`, `ERR_MISSIVE_CONFIG`,
 * `ERR_MISSIVE_QUEUE`).
 */
export async function readyFilter(filter: Filter, lookUp?: LookUp, country?: string): Promise<Ready> {
    const unknown: Unknown[] = [];
    const known = async (list: keyof typeof resources): Promise<string[]> => {
        const ids: string[] = [];
        for (const text of filter[list]) {
            const id = await idIn(list, resources[list], text, lookUp);
            if (typeof id === 'string') ids.push(id);
            else unknown.push(id);
        }
        return [...new Set(ids)];
    };
    const found: Filter = {
        organizations: await known('organizations'),
        teams: await known('teams'),
        labels: await known('labels'),
        senders: filter.senders,
    };
    for (const text of sendersOf(filter.senders, country).unusable)
        unknown.push({
            list: 'senders',
            text,
            why: `${titles.senders} (senders): “${text}” is no address, domain or phone number. Put a comma between two.`,
        });
    const none = (Object.keys(resources) as (keyof typeof resources)[]).filter(
        (list) => filter[list].length > 0 && found[list].length === 0,
    );
    return { keptOut: keptOutOf(found, country, none), filter: found, unknown };
}

async function idIn(
    list: keyof typeof resources,
    resource: Listed,
    text: string,
    lookUp: LookUp | undefined,
): Promise<string | Unknown> {
    if (!lookUp) return text;
    try {
        return await idOfName(text, { resource, label: `${titles[list]} (${list})` }, lookUp);
    } catch (cause) {
        if (cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_INPUT')
            return { list, text, why: cause.message };
        throw cause;
    }
}
