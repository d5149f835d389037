import { idsIn, object } from './event-filter';

/** What webhooks tell of a conversation that can change, as far as they tell it. */
export interface State {
    readonly labels: readonly string[];
    readonly assignees: readonly string[];
    /** `null`: no team. */
    readonly team: string | null;
    /** Absent before the first event that closes or reopens it: a conversation has no such flag of its own. */
    readonly closed?: boolean;
}

/** What has changed since the event before: only what has. Ids throughout. */
export interface Change {
    readonly labels?: { readonly added: readonly string[]; readonly removed: readonly string[] };
    readonly assignees?: { readonly added: readonly string[]; readonly removed: readonly string[] };
    readonly team?: { readonly from: string | null; readonly to: string | null };
    readonly closed?: { readonly from: boolean | null; readonly to: boolean };
}

/** The state after an event; `before` gives what the event does not speak of. */
export function stateAfter(body: Readonly<Record<string, unknown>>, before?: State): State {
    const conversation = object(body.conversation);
    const type = object(body.rule).type;
    const team = object(conversation.team).id;
    const closed = { conversation_closed: true, conversation_reopened: false }[String(type)] ?? before?.closed;
    return {
        labels: 'shared_labels' in conversation ? idsIn(conversation.shared_labels) : (before?.labels ?? []),
        assignees: 'assignees' in conversation ? idsIn(conversation.assignees) : (before?.assignees ?? []),
        team: typeof team === 'string' ? team : null,
        ...(closed !== undefined && { closed }),
    };
}

/** What differs; an empty object where nothing does. */
export function difference(before: State, after: State): Change {
    const [labels, assignees] = [sets(before.labels, after.labels), sets(before.assignees, after.assignees)];
    return {
        ...(labels && { labels }),
        ...(assignees && { assignees }),
        ...(before.team !== after.team && { team: { from: before.team, to: after.team } }),
        ...(after.closed !== undefined &&
            before.closed !== after.closed && { closed: { from: before.closed ?? null, to: after.closed } }),
    };
}

function sets(before: readonly string[], after: readonly string[]) {
    const added = after.filter((id) => !before.includes(id));
    const removed = before.filter((id) => !after.includes(id));
    return added.length + removed.length > 0 ? { added, removed } : undefined;
}
