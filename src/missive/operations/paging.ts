/** How a list that goes back in time is paged (missive-api §4). */
export interface Backwards {
    /** Most rows that Missive gives on a page, blocks of one timestamp aside. */
    readonly limit: number;
    /** The properties that hold a row's time; the first that has one counts. */
    readonly times: readonly string[];
}

/** How the pages of a list follow one another; `once`: there is only one; `timeline`: three lists are made one. */
export type Paging = 'offset' | 'once' | 'timeline' | Backwards;
