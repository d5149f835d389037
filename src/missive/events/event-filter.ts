import { written } from '../json';
import { uuid } from '../operations/uuid';
import { partsOf } from '../reading/address-text';
import { trimmed } from '../reading/hidden';
import { isOneOf, sendersOf } from './senders';

type Json = Readonly<Record<string, unknown>>;

/** Which events are wanted; an empty list wants all. Where several lists have something, each must agree. */
export interface Filter {
    /** Ids or names. */
    readonly organizations: readonly string[];
    /** Ids or names of the conversation's team. */
    readonly teams: readonly string[];
    /** Ids or names of shared labels, with the names of their parents too (`Shop/Parts`): one of them is enough. */
    readonly labels: readonly string[];
    /** E-mail addresses, domains, phone numbers, or ids of who wrote the message or comment. */
    readonly senders: readonly string[];
}

/** A filter as a node stores it. */
export const filterIn = (stored: Readonly<Partial<Record<keyof Filter, unknown>>>): Filter => ({
    organizations: listOf(stored.organizations),
    teams: listOf(stored.teams),
    labels: listOf(stored.labels),
    senders: listOf(stored.senders).flatMap((each) => partsOf(each).flatMap(wordsOf)),
});

/**
 * A list as it is stored: an array, or text with commas, semicolons or line breaks. Blanks part only ids and addresses
 * that stand alone: names and numbers have blanks.
 */
export const listOf = (stored: unknown): string[] =>
    (Array.isArray(stored)
        ? stored.flat(Infinity)
        : typeof stored === 'string'
          ? partsOf(stored).flatMap(wordsOf)
          : [stored]
    )
        .map(textOf)
        .filter((each) => each !== '');

/** One entry as text. What cannot be one is nobody's name: left out, the list might be empty and want everything. */
function textOf(entry: unknown): string {
    if (entry === undefined || entry === null || entry === false) return '';
    if (typeof entry !== 'object') return trimmed(String(entry));
    const { id } = entry as { id?: unknown };
    return typeof id === 'string' ? trimmed(id) : (written(entry) ?? '?');
}

function wordsOf(part: string): string[] {
    const words = part.split(/\s+/);
    return words.every((word) => uuid.test(word) || /^[^@<>"]*@[^@<>"]+$/.test(word)) ? words : [part];
}

/** Tells whether an event is wanted. What a body does not say is not wanted by a list that asks for it. */
export type Passes = (body: Json) => boolean;

/** Tells which list does not want an event; `undefined` where it is wanted. */
export type KeptOut = (body: Json) => keyof Filter | undefined;

/**
 * A filter made ready. Its organizations, teams and labels are ids; what is no id (nobody could look it up) is compared
 * with the names in the body. `none` names the lists of which nothing is known: nothing passes them.
 */
export function keptOutOf(filter: Filter, country?: string, none: readonly (keyof Filter)[] = []): KeptOut {
    const senders = sendersOf(filter.senders, country);
    const lists = {
        organizations: wishOf(filter.organizations, none.includes('organizations')),
        teams: wishOf(filter.teams, none.includes('teams')),
        labels: wishOf(filter.labels, none.includes('labels')),
    };
    return (body) => {
        const conversation = object(body.conversation);
        const labels = Array.isArray(conversation.shared_labels) ? conversation.shared_labels.map(object) : [];
        if (!lists.organizations([object(conversation.organization)])) return 'organizations';
        if (!lists.teams([object(conversation.team)])) return 'teams';
        if (!lists.labels(labels)) return 'labels';
        return filter.senders.length === 0 || isOneOf(senders, senderOf(body), country) ? undefined : 'senders';
    };
}

/** The same, where nobody asks which list it is. */
export function passesOf(...given: Parameters<typeof keptOutOf>): Passes {
    const keptOut = keptOutOf(...given);
    return (body) => keptOut(body) === undefined;
}

/** Whether an event is wanted, for a filter that nobody has made ready. */
export const passes = (filter: Filter, body: Json): boolean => passesOf(filter)(body);

const folded = (text: string): string =>
    trimmed(text)
        .normalize('NFC')
        .toLowerCase()
        .replace(/\s*\/\s*/g, '/');

function wishOf(list: readonly string[], nothing: boolean): (things: readonly Json[]) => boolean {
    if (list.length === 0 && !nothing) return () => true;
    const names = new Set(list.filter((each) => !uuid.test(each)).map(folded));
    const isNamed = ({ name, name_with_parent_names }: Json) =>
        [name, name_with_parent_names].some((each) => typeof each === 'string' && names.has(folded(each)));
    const ids = new Set(list.map((each) => each.toLowerCase()));
    return (things) => things.some((each) => ids.has(String(each.id).toLowerCase()) || isNamed(each));
}

function senderOf(body: Json): Json {
    if (body.comment) return object(object(body.comment).author);
    return object(object(body.message ?? body.latest_message).from_field);
}

/** The ids of a list of things; the list may be anything. */
export const idsIn = (list: unknown): string[] =>
    Array.isArray(list) ? list.map((each) => object(each).id).filter((id): id is string => typeof id === 'string') : [];

/** Anything as an object, an empty one where it is none. */
export const object = (value: unknown): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
