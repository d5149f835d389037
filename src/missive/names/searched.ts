/**
 * What people pick by name and no list has whole: the newest of an account are shown, everything else is named by its
 * id, or as it is written.
 */
export const searched = ['conversation', 'contact', 'sender'] as const;

export type Searched = (typeof searched)[number];

export const isSearched = (resource: string | undefined): resource is Searched =>
    searched.some((each) => each === resource);
