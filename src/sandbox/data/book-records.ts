/** One way to reach a contact; the keys depend on `kind`. */
export type Info = Readonly<Record<string, unknown>>;

export interface Membership {
    /** Id of a group. */
    readonly group: string;
    readonly title?: string;
    readonly department?: string;
    readonly location?: string;
    readonly description?: string;
}

export interface Contact {
    readonly id: string;
    readonly contact_book: string;
    deleted: boolean;
    modified_at: number;
    /** Names, notes and such: whatever of them was given. */
    details: Readonly<Record<string, unknown>>;
    infos: readonly Info[];
    memberships: readonly Membership[];
}

export interface ContactBook {
    readonly id: string;
    readonly name: string;
    readonly user: string;
    /** Null for a personal book. */
    readonly organization: string | null;
}

export interface ContactGroup {
    readonly id: string;
    readonly contact_book: string;
    readonly kind: 'group' | 'organization';
    readonly name: string;
}

export interface SharedLabel {
    readonly id: string;
    readonly organization: string;
    name: string;
    color: string | null;
    parent: string | null;
    sharing: Readonly<Record<string, unknown>>;
}

export interface Team {
    readonly id: string;
    readonly organization: string;
    name: string;
    active_members: readonly string[];
    observers: readonly string[];
    settings: Readonly<Record<string, unknown>>;
}

/** A canned reply. */
export interface CannedResponse {
    readonly id: string;
    modified_at: number;
    content: Readonly<Record<string, unknown>>;
    attachments: readonly { readonly id: string; readonly filename: string; readonly content: Buffer }[];
}

/** A custom channel. */
export interface ChannelAccount {
    readonly id: string;
    readonly name: string;
    readonly organization: string;
}

export interface Report {
    readonly id: string;
    readonly start: number;
    readonly end: number;
    readonly time_zone: string;
    /** Milliseconds, on a clock that nobody sets. */
    readonly asked: number;
}
