import { offsetPages, type Pages, type Send } from '../../missive/lists/pages';
import { byActivity, untilPages } from '../../missive/lists/until-pages';

export type Row = Readonly<Record<string, unknown>>;
export type Query = Readonly<Record<string, unknown>>;

/** One kind of things that can be watched: how its list is read, and what its changes are called. */
export interface Watched {
    /** The property that holds when a row was last touched, in Unix seconds. */
    readonly time: string;
    /**
     * Whether a row that is new tells something else than one that was there: then the first look reads the whole list,
     * to know which ids there are.
     */
    readonly knowsIds: boolean;
    /** `msg.topic` of a row; `undefined` where it tells nothing. */
    topic(row: Row, known: boolean): string | undefined;
    /** The list, the latest touched first: all of it, or at least what was touched at `since` (Unix seconds) or later. */
    pages(send: Send, query: Query, since: number | undefined): Pages<Row>;
}

/** Deleted contacts are listed only together with a moment (missive-api §6.2). */
const contacts: Watched = {
    time: 'modified_at',
    knowsIds: true,
    topic: ({ deleted }, known) => {
        // One that came and went between two looks was never told of.
        if (deleted === true) return known ? 'contact_deleted' : undefined;
        return known ? 'contact_changed' : 'contact_created';
    },
    pages: (send, query, since) =>
        offsetPages(send, '/contacts', 'contacts', {
            ...query,
            order: 'last_modified',
            ...(since !== undefined && { modified_since: since, include_deleted: true }),
        }),
};

const tasks: Watched = {
    time: 'last_activity_at',
    knowsIds: true,
    topic: (_, known) => (known ? 'task_changed' : 'task_created'),
    pages: (send, query) => untilPages(send, '/tasks', 'tasks', query, byActivity),
};

const conversations: Watched = {
    time: 'last_activity_at',
    knowsIds: false,
    topic: () => 'conversation_active',
    pages: (send, query) => untilPages(send, '/conversations', 'conversations', query, byActivity),
};

/** By the stored value of `resource`. */
export const watched: Readonly<Record<string, Watched>> = { contacts, tasks, conversations };

/** When a row was last touched, in Unix seconds; `undefined` where it does not say (a deleted contact need not). */
export function touchedAt({ time }: Watched, row: Row): number | undefined {
    const value = row[time];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
