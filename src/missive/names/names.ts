import { inputError, MissiveError } from '../errors';
import type { Field, Fields, Input } from '../operations/fields';
import { uuid } from '../operations/uuid';
import { type Entry, isListed, type Listed, usualAge } from './directory';

/** A list of the account by name; `age` is how old it may be, in milliseconds. */
export type LookUp = (resource: Listed, age: number) => Promise<readonly Entry[]>;

/** How old a list may be that does not know a name: what was made in Missive a moment ago is found. */
const freshAge = 30_000;

/**
 * Whether a text is taken for an id: Missive's UUID, or a code such as `t-17`, which nobody calls a person, a team or a
 * label. A name has a capital, a space, a letter beyond ASCII, or three letters and no digit.
 */
export const isId = (text: string): boolean => uuid.test(text) || /^[a-z]{0,2}$|^[a-z\d_-]*\d[a-z\d_-]*$/.test(text);

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
        const idOf = (name: string) => find(field, key, name, organization, lookUp);
        if (typeof value === 'string') found[key] = isId(value) ? value : await idOf(value);
        else if (isTexts(value) && !value.every(isId)) {
            const ids: string[] = [];
            for (const each of value) ids.push(isId(each) ? each : await idOf(each));
            found[key] = [...new Set(ids)];
        }
    }
    return found as Input<F>;
}

const isTexts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string');

/** An address that has no such list is none of Missive's; any other failure is the caller's to hear of. */
function none(cause: unknown): readonly Entry[] {
    if (cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND') return [];
    throw cause;
}

async function find(field: Field, key: string, name: string, organization: unknown, lookUp: LookUp): Promise<string> {
    const resource = field.resource as Listed;
    const known = await lookUp(resource, usualAge).catch(none);
    const entries =
        matching(known, name, organization).length > 0 ? known : await lookUp(resource, freshAge).catch(none);
    // Where there is nothing to compare with, or an id of another form, Missive is the judge.
    if (entries.length === 0 || entries.some(({ id }) => id === name)) return name;
    const matches = matching(entries, name, organization);
    const [only] = matches;
    if (only && matches.length === 1) return only.id;
    const what = words[resource];
    if (only)
        throw inputError(
            `${field.label} (${key}): ${quoted(name)} is the name of ${matches.length} ${what}s: ${named(matches)}. Give the id, or a name that only one has.`,
        );
    throw inputError(
        `${field.label} (${key}): Missive has no ${what} called ${quoted(name)}. There are: ${named(similarFirst(entries, name))}.`,
    );
}

const folded = (text: string): string => text.trim().normalize('NFC').toLocaleLowerCase('en');

/** The entries that a name means: a whole name counts before a label's own, an organization's own before others. */
export function matching(entries: readonly Entry[], name: string, organization?: unknown): readonly Entry[] {
    const wanted = folded(name).replace(/\s*\/\s*/g, '/');
    const has = (text: string | undefined) => text !== undefined && folded(text).replace(/\s*\/\s*/g, '/') === wanted;
    const whole = entries.filter((each) => has(each.name) || has(each.email));
    const found = whole.length > 0 ? whole : entries.filter(({ short }) => has(short));
    const inside = found.filter((each) => each.organization === organization);
    return inside.length > 0 ? inside : found;
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
