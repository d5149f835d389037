import type { Snapshot } from '../sandbox/practice/snapshot';
import type { kinds } from './case';

/** A thing that came about, by the properties that a case may speak of. */
export type Thing = Readonly<Record<string, unknown>>;

/** What came about, by kind. */
export type Outcome = Record<(typeof kinds)[number], Thing[]>;

type Conversation = Snapshot['conversations'][number];
type Entry = Conversation['entries'][number];

/** The difference between two states of the practice inbox, and the errors that were logged meanwhile. */
export function outcomeOf(before: Snapshot, after: Snapshot, errors: readonly string[]): Outcome {
    const earlier = new Map(before.conversations.map((each) => [each.id, each]));
    const entries = after.conversations.flatMap((conversation) => {
        const known = new Set(earlier.get(conversation.id)?.entries.map(({ id }) => id));
        return conversation.entries.filter(({ id }) => !known.has(id)).map((entry) => ({ entry, conversation }));
    });
    const messages = (fits: (entry: Entry) => boolean) =>
        entries.filter(({ entry }) => fits(entry)).map(({ entry, conversation }) => messageOf(entry, conversation));
    const labels = after.conversations.flatMap((each) => labelsOf(earlier.get(each.id), each, after));
    return {
        drafts: messages((entry) => entry.kind === 'draft' && entry.send_at === null),
        scheduled: messages((entry) => entry.kind === 'draft' && entry.send_at !== null),
        sent: messages((entry) => entry.kind === 'message' && entry.would_have_gone_to !== null),
        posts: entries.flatMap(({ entry, conversation }) =>
            entry.kind === 'post' ? [postOf(entry, conversation)] : [],
        ),
        ...rowsOf('tasks', before.tasks, after.tasks, taskOf),
        ...rowsOf('contacts', before.contacts, after.contacts, contactOf),
        labels,
        conversations: after.conversations.flatMap((each) => changesOf(earlier.get(each.id), each)),
        merged: Object.entries(after.merged).flatMap(([id, into]) =>
            id in before.merged ? [] : [{ into: titleIn(after, into) }],
        ),
        beside: besideOf(before, after),
        errors: errors.map((message) => ({ message })),
    };
}

const titleIn = ({ conversations }: Snapshot, id: string): string => {
    const found = conversations.find((each) => each.id === id);
    return found ? titleOf(found) : '';
};

/** What is new or another in the systems beside the practice inbox. */
function besideOf(before: Snapshot, after: Snapshot): Thing[] {
    const known = new Set(Object.entries(before.beside).flatMap(([system, rows]) => rows.map(markOf(system))));
    return Object.entries(after.beside).flatMap(([system, rows]) =>
        rows.filter((row) => !known.has(markOf(system)(row))).map((row) => ({ ...(row as object), system })),
    );
}

const markOf = (system: string) => (row: unknown) => system + JSON.stringify(row);

/** New rows, and those that were there and are another now. */
function rowsOf<Kind extends 'tasks' | 'contacts', Row extends { readonly id: unknown }>(
    kind: Kind,
    before: readonly Row[],
    after: readonly Row[],
    thing: (row: Row) => Thing,
) {
    const known = new Map(before.map((row) => [row.id, JSON.stringify(row)]));
    const fresh = after.filter(({ id }) => !known.has(id)).map(thing);
    const changed = after.filter((row) => known.has(row.id) && known.get(row.id) !== JSON.stringify(row)).map(thing);
    return { [kind]: fresh, [`changed_${kind}`]: changed } as Record<Kind | `changed_${Kind}`, Thing[]>;
}

const titleOf = ({ subject, latest_message_subject }: Conversation) => subject ?? latest_message_subject ?? '';

const people = (list: unknown): string =>
    ((list as readonly Record<string, unknown>[] | undefined) ?? [])
        .map(({ address, phone_number, username, name, id }) => address ?? phone_number ?? username ?? name ?? id)
        .join(', ');

function messageOf(entry: Entry, conversation: Conversation): Thing {
    const { from_field, to_fields, cc_fields, bcc_fields, subject, text, attachments } = entry as unknown as Record<
        string,
        unknown
    >;
    return {
        from: people([from_field ?? {}]),
        ...{ to: people(to_fields), cc: people(cc_fields), bcc: people(bcc_fields) },
        ...{ subject: subject ?? '', body: text ?? '', conversation: titleOf(conversation) },
        attachments: ((attachments ?? []) as { filename: string }[]).map(({ filename }) => filename),
    };
}

function postOf(entry: Entry, conversation: Conversation): Thing {
    const { text, markdown, notification } = entry as unknown as Record<string, unknown>;
    const { title } = (notification ?? {}) as { title?: unknown };
    return { text: text ?? markdown ?? '', title: title ?? '', conversation: titleOf(conversation) };
}

function taskOf(row: Snapshot['tasks'][number]): Thing {
    const { title, state, assignees } = row as unknown as Record<string, unknown>;
    const names = ((assignees ?? []) as { name?: string }[]).map((each) => each.name ?? String(each));
    return { title, state, assignee: names.join(', ') };
}

function contactOf(row: Snapshot['contacts'][number]): Thing {
    const { first_name, last_name, infos } = row as unknown as Record<string, unknown>;
    const values = (kind: string) =>
        ((infos ?? []) as { kind: string; value?: string }[])
            .filter((each) => each.kind === kind)
            .map(({ value }) => value)
            .join(', ');
    return {
        name: [first_name, last_name].filter(Boolean).join(' '),
        ...{ email: values('email'), phone_number: values('phone_number') },
    };
}

function labelsOf(before: Conversation | undefined, after: Conversation, { labels }: Snapshot): Thing[] {
    const ids = (one: Conversation | undefined) => (one?.shared_labels ?? []).map(({ id }) => String(id));
    const named = (id: string) => labels.find((each) => each.id === id)?.name ?? id;
    const [was, is] = [ids(before), ids(after)];
    const conversation = titleOf(after);
    return [
        ...is.filter((id) => !was.includes(id)).map((id) => ({ added: named(id), conversation })),
        ...was.filter((id) => !is.includes(id)).map((id) => ({ removed: named(id), conversation })),
    ];
}

const factsOf = (one: Conversation): Thing => ({
    closed: one.closed,
    team: one.team?.name ?? '',
    assignees: one.assignee_names,
});

/** A conversation that somebody closed, assigned, moved or renamed; a new one is none of these. */
function changesOf(before: Conversation | undefined, after: Conversation): Thing[] {
    if (!before) return [];
    const named = before.subject !== after.subject;
    if (!named && JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(after))) return [];
    return [{ subject: titleOf(after), ...factsOf(after) }];
}
