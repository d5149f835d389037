type Json = Readonly<Record<string, unknown>>;

/** Which events are wanted; an empty list wants all. Where several lists have something, each must agree. */
export interface Filter {
    /** Ids. */
    readonly organizations: readonly string[];
    /** Ids of the conversation's team. */
    readonly teams: readonly string[];
    /** Ids of shared labels: one of them is enough. */
    readonly labels: readonly string[];
    /** E-mail addresses, `@domain`, phone numbers, or ids of who wrote the message or comment. */
    readonly senders: readonly string[];
}

/** A list as it is stored: an array, or text with commas. */
export const listOf = (stored: unknown): string[] =>
    (Array.isArray(stored) ? stored : typeof stored === 'string' ? stored.split(/[\s,;]+/) : [])
        .filter((each): each is string => typeof each === 'string')
        .map((each) => each.trim())
        .filter((each) => each !== '');

/** Whether an event is wanted. What a body does not say is not wanted by a list that asks for it. */
export function passes(filter: Filter, body: Json): boolean {
    const conversation = object(body.conversation);
    const wanted = (list: readonly string[], ids: readonly unknown[]) =>
        list.length === 0 || ids.some((id) => id !== undefined && list.includes(String(id)));
    return (
        wanted(filter.organizations, [object(conversation.organization).id]) &&
        wanted(filter.teams, [object(conversation.team).id]) &&
        wanted(filter.labels, idsIn(conversation.shared_labels)) &&
        (filter.senders.length === 0 || isFrom(filter.senders, body))
    );
}

function isFrom(senders: readonly string[], body: Json): boolean {
    const from = object(object(body.message ?? body.latest_message).from_field);
    const author = object(object(body.comment).author);
    const who = body.comment ? author : from;
    const names = [who.address, who.email, who.id, who.username]
        .filter((each): each is string => typeof each === 'string')
        .map((each) => each.toLowerCase());
    return senders
        .map((each) => each.toLowerCase())
        .some((sender) => names.some((name) => (sender.startsWith('@') ? name.endsWith(sender) : name === sender)));
}

/** The ids of a list of things; the list may be anything. */
export const idsIn = (list: unknown): string[] =>
    Array.isArray(list) ? list.map((each) => object(each).id).filter((id): id is string => typeof id === 'string') : [];

/** Anything as an object, an empty one where it is none. */
export const object = (value: unknown): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
