import { type Filter, filterIn, listOf } from '../../missive/events/event-filter';
import { pathOf } from '../address';

/** A node's properties as they are stored: anything, and each may be absent. */
export type Stored = Readonly<Record<string, unknown>>;

/** What a webhook in node was told to do. */
export interface Settings {
    /** `/` where none is set. */
    readonly path: string;
    /** The node makes its rule in Missive itself. */
    readonly bySelf: boolean;
    /** Rule types that are let through; empty: all. */
    readonly events: readonly string[];
    readonly filter: Filter;
    /** A secret was saved once: without one nothing is let in. */
    readonly secured: boolean;
    /** The answer waits for webhook done. */
    readonly waits: boolean;
    /** Each delivery is kept until it is done. */
    readonly keeps: boolean;
    /** The whole message is fetched before the flow gets the event. */
    readonly withBody: boolean;
    /** The message says what has changed since the event before. */
    readonly changes: boolean;
    /** What was missed during an absence is looked for. */
    readonly backfill: boolean;
    /** So often the flow may set itself off in one conversation; 0: as often as it likes. */
    readonly rounds: number;
    /** The properties that the node's own rule is made with. */
    readonly stored: Stored;
}

const usualRounds = 10;

export function settingsOf(stored: Stored): Settings {
    const { path, events, mode, answer, keep, withBody, changes, backfill } = stored;
    return {
        path: pathOf(typeof path === 'string' ? path.trim() : ''),
        bySelf: mode === 'hook',
        events: listOf(events),
        filter: filterIn(stored),
        secured: stored.secured === true,
        waits: answer === 'done',
        keeps: keep === true,
        withBody: withBody === true,
        changes: changes === true,
        backfill: backfill === true,
        rounds: roundsIn(stored.rounds),
        stored,
    };
}

function roundsIn(rounds: unknown): number {
    const given = rounds === undefined || rounds === '' ? usualRounds : Number(rounds);
    return Number.isFinite(given) ? given : usualRounds;
}
