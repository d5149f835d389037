import { MissiveError } from '../errors';
import { atMost, distinct } from '../lists/page-flow';
import { offsetPages, type Send } from '../lists/pages';

/** What an account can list by name, and where Missive has it. */
const paths = {
    organization: 'organizations',
    team: 'teams',
    user: 'users',
    shared_label: 'shared_labels',
    contact_book: 'contact_books',
    contact_group: 'contact_groups',
    response: 'responses',
} as const;

export type Listed = keyof typeof paths;

export const isListed = (resource: string | undefined): resource is Listed =>
    resource !== undefined && Object.hasOwn(paths, resource);

/** One thing that people pick by its name. */
export interface Entry {
    readonly id: string;
    /** How people tell it from others: a label with its parents' names (`Shop/Parts`). */
    readonly name: string;
    /** A label's own name. */
    readonly short?: string;
    readonly email?: string;
    /** Id of the organization that it belongs to; null where it is somebody's own. */
    readonly organization?: string | null;
    /** Name of what it lies in, where that tells two things with one name apart. */
    readonly within?: string;
    /** The owner of the token. */
    readonly me?: true;
}

/** How long a list counts as up to date, in milliseconds. */
export const usualAge = 5 * 60_000;

/** More rows than this are a server's mistake. */
const mostRows = 20_000;

/** How long a list counts as one that the token may not read, in milliseconds. */
const refusedAge = 30_000;

interface Kept {
    readonly entries: Promise<readonly Entry[]>;
    loaded: number;
    refused?: true;
}

/** The things of one address and token by name: each list is loaded once, whoever asks, and kept for a while. */
export class Directory {
    readonly #kept = new Map<Listed, Kept>();

    /** A list, all pages of it, sorted by name; loaded anew where the one that is kept is older than `age`. */
    list(resource: Listed, send: Send, age = usualAge): Promise<readonly Entry[]> {
        const kept = this.#kept.get(resource);
        // Whoever began to load it may have been stopped; that is not the end for who waits with it.
        if (kept && performance.now() - kept.loaded <= (kept.refused ? Math.min(age, refusedAge) : age))
            return kept.entries.catch((cause: unknown) => {
                if (!isStopped(cause)) throw cause;
                return this.list(resource, send, age);
            });
        // While it is on its way it is as new as can be.
        const fresh: Kept = { entries: this.#load(resource, send), loaded: Infinity };
        this.#kept.set(resource, fresh);
        fresh.entries.then(
            () => {
                fresh.loaded = performance.now();
            },
            (cause: unknown) => {
                // Every message would ask again for what Missive will not show.
                if (isRefused(cause)) Object.assign(fresh, { loaded: performance.now(), refused: true });
                else if (this.#kept.get(resource) === fresh) this.#kept.delete(resource);
            },
        );
        return fresh.entries;
    }

    async #load(resource: Listed, send: Send): Promise<readonly Entry[]> {
        const rows = resource === 'contact_group' ? await this.#groups(send) : await rowsAt(resource, send);
        // Their names only tell apart what is called the same: without them the list is still a list.
        const organizations = resource === 'organization' ? [] : await this.list('organization', send).catch(() => []);
        const nameOf = new Map(organizations.length > 1 ? organizations.map(({ id, name }) => [id, name]) : []);
        return rows
            .flatMap((row) => entryOf(row, nameOf) ?? [])
            .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' }));
    }

    /** Groups lie in books, and Missive lists them by book and kind alone. */
    async #groups(send: Send): Promise<Row[]> {
        const rows: Row[] = [];
        for (const book of await this.list('contact_book', send))
            for (const kind of ['organization', 'group'])
                for (const row of await rowsAt('contact_group', send, { contact_book: book.id, kind }))
                    rows.push({ ...row, within: book.name });
        return rows;
    }
}

type Row = Readonly<Record<string, unknown>>;

const isRefused = (cause: unknown): boolean =>
    cause instanceof MissiveError && (cause.code === 'ERR_MISSIVE_NOT_FOUND' || cause.status === 403);

const isStopped = (cause: unknown): boolean => cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_CLOSED';

async function rowsAt(resource: Listed, send: Send, query: Row = {}): Promise<Row[]> {
    const envelope = paths[resource];
    const rows: Row[] = [];
    for await (const page of distinct(atMost(offsetPages<Row>(send, `/${envelope}`, envelope, query), mostRows))) {
        // Something that answers and has no such list is no empty list.
        if (!hasList(page.answer.body, envelope))
            throw new MissiveError('ERR_MISSIVE_NOT_FOUND', `The answer holds no ${envelope}: this is not Missive.`);
        rows.push(...page.rows);
    }
    return rows;
}

const hasList = (body: unknown, envelope: string): boolean =>
    typeof body === 'object' && body !== null && envelope in body;

const textIn = (row: Row, ...keys: readonly string[]): string | undefined =>
    keys.map((key) => row[key]).find((value): value is string => typeof value === 'string' && value.trim() !== '');

/** A row as an entry; one without an id cannot be picked. */
function entryOf(row: Row, nameOf: ReadonlyMap<string, string>): Entry | undefined {
    const id = textIn(row, 'id');
    if (id === undefined) return undefined;
    const name = textIn(row, 'name_with_parent_names', 'name', 'title', 'email') ?? id;
    const [short, email] = [textIn(row, 'name'), textIn(row, 'email')];
    const organization = row.organization === null ? null : textIn(row, 'organization');
    const within = textIn(row, 'within') ?? nameOf.get(organization ?? '');
    return {
        ...{ id, name },
        ...(short !== undefined && short !== name && { short }),
        ...(email !== undefined && { email }),
        ...(organization !== undefined && { organization }),
        ...(within !== undefined && { within }),
        ...(row.me === true && { me: true as const }),
    };
}

const directories = new WeakMap<object, Directory>();

/** The directory of an address and token, by the limiter that their calls share. */
export function directoryOf(shared: object): Directory {
    const found = directories.get(shared) ?? new Directory();
    directories.set(shared, found);
    return found;
}
