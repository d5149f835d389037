import { inputError, MissiveError } from '../errors';
import type { Fields, Input } from '../operations/fields';
import { uuid } from '../operations/uuid';
import { trimmed } from '../reading/hidden';
import { type Entry, isListed, type Listed, usualAge } from './directory';

/** A list of the account by name; `age` is how old it may be, in milliseconds. */
export type LookUp = (resource: Listed, age: number) => Promise<readonly Entry[]>;

/** How old a list may be that does not know a name: what was made in Missive a moment ago is found. */
const freshAge = 30_000;

/**
 * Whether a text that no list knows may be an id all the same: Missive's UUID, or 16 and more letters, digits and dashes
 * in one.
 */
const looksLikeId = (text: string): boolean => uuid.test(text) || /^[a-z\d-]{16,}$/i.test(text);

/** The fields of an input with ids in place of the names that a flow gave; an id costs no request. */
export async function withIds<F extends Fields>(fields: F, input: Input<F>, lookUp: LookUp): Promise<Input<F>> {
    const found: Record<string, unknown> = { ...input };
    // The organization comes first: it tells things of one name in two organizations apart.
    const keys = Object.keys(found).sort((a, b) => Number(b === 'organization') - Number(a === 'organization'));
    for (const key of keys) {
        const field = fields[key];
        const value = found[key];
        // What an operation is about is named by its id alone: nothing is deleted for sharing a name.
        if (!field || key === 'id' || !isListed(field.resource)) continue;
        const organization = key === 'organization' ? undefined : found.organization;
        const naming = { resource: field.resource, label: `${field.label} (${key})`, organization };
        const idOf = (name: string) => idOfName(name, naming, lookUp);
        if (typeof value === 'string') found[key] = await idOf(value);
        else if (isTexts(value)) {
            const ids: string[] = [];
            for (const each of value) ids.push(await idOf(each));
            found[key] = [...new Set(ids)];
        }
    }
    return found as Input<F>;
}

const isTexts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string');

/** What ends the message whatever it names: it was stopped, or may not wait, or there is nobody to ask. */
const endings: readonly unknown[] = ['ERR_MISSIVE_CLOSED', 'ERR_MISSIVE_QUEUE', 'ERR_MISSIVE_CONFIG'];

/** A list that cannot be read: the address has none, the token may not see it, or Missive fails. */
function unreadable(cause: unknown): undefined {
    if (cause instanceof MissiveError && !endings.includes(cause.code)) return undefined;
    throw cause;
}

/** What names a thing: where it is looked up, and what the error calls it. */
export interface Naming {
    readonly resource: Listed;
    /** Such as `Team (team)`. */
    readonly label: string;
    /** Id of the organization that tells things of one name apart. */
    readonly organization?: unknown;
}

/**
 * The id of what a text names: an id, else what bears exactly that name, e-mail or path of names, else what bears it case
 * and outer blanks aside; `me` is the token's owner. Throws `ERR_MISSIVE_INPUT` with the names that there are.
 */
export async function idOfName(
    name: string,
    { resource, label, organization }: Naming,
    lookUp: LookUp,
): Promise<string> {
    if (uuid.test(name)) return name;
    const seen = await lookUp(resource, usualAge).catch(unreadable);
    const isKnown = !seen || matching(seen, name, organization).length > 0;
    const entries = isKnown ? seen : await lookUp(resource, freshAge).catch(unreadable);
    // Where there is nothing to compare with, Missive is the judge.
    if (!entries) return name;
    const matches = matching(entries, name, organization);
    const [only] = matches;
    if (only && matches.length === 1) return only.id;
    const what = words[resource];
    if (only)
        throw inputError(
            `${label}: ${quoted(name)} is the name of ${matches.length} ${what}s: ${named(matches)}. Give the id, or a name that only one has.`,
        );
    if (looksLikeId(name)) return name;
    const there = entries.length === 0 ? 'There is none.' : `There are: ${named(similarFirst(entries, name))}.`;
    throw inputError(`${label}: Missive has no ${what} called ${quoted(name)}. ${there}`);
}

const folded = (text: string): string =>
    trimmed(text)
        .normalize('NFC')
        .toLocaleLowerCase('en')
        .split('/')
        .map((part) => part.trim())
        .join('/');
const exact = (text: string): string => text.normalize('NFC');

/**
 * The entries that a text means. An id counts before a name, a name as it is written before one in another case, a whole
 * name before a label's own, and what is in the message's organization before the rest.
 */
export function matching(entries: readonly Entry[], name: string, organization?: unknown): readonly Entry[] {
    const byId = entries.filter(({ id }) => id === name);
    if (byId.length > 0) return byId;
    const owner = folded(name) === 'me' ? entries.filter(({ me }) => me) : [];
    if (owner.length > 0) return owner;
    for (const form of [exact, folded]) {
        const has = (text: string | undefined) => text !== undefined && form(text) === form(name);
        const whole = entries.filter((each) => has(each.name) || has(each.email));
        const found = whole.length > 0 ? whole : entries.filter(({ short }) => has(short));
        const inside = found.filter((each) => each.organization === organization);
        if (found.length > 0) return inside.length > 0 ? inside : found;
    }
    return [];
}

const words: Readonly<Record<Listed, string>> = {
    organization: 'organization',
    team: 'team',
    user: 'user',
    shared_label: 'shared label',
    contact_book: 'contact book',
    contact_group: 'contact group',
    response: 'response',
};

/** A long text is no name: it may be the body of a message that came into the wrong field. */
const quoted = (name: string): string =>
    name.length > 60 || /[\r\n]/.test(name) ? `what was given (text of ${name.length} characters)` : `“${name}”`;

/** Names that share their first letters with the one that was given come first. */
function similarFirst(entries: readonly Entry[], name: string): readonly Entry[] {
    const start = folded(name).slice(0, 2);
    const near = (each: Entry) => [each.name, each.short ?? ''].some((text) => folded(text).startsWith(start));
    return [...entries.filter(near), ...entries.filter((each) => !near(each))];
}

function named(entries: readonly Entry[]): string {
    const shown = entries.slice(0, 10).map(({ name, email, within }) => {
        const more = email ?? within;
        return more === undefined || more === name ? name : `${name} (${more})`;
    });
    return entries.length > shown.length
        ? `${shown.join(', ')} and ${entries.length - shown.length} more`
        : shown.join(', ');
}
