import { expected } from '../expected';
import { conversationId } from '../reading/conversation-link';
import { visible } from '../reading/hidden';
import { type Address, parseAddress, parseAddresses } from './addresses';
import { type File, parseAttachments } from './attachments';
import { parseMoment } from './moment';

/** Kinds of input; the editor draws each in its own way. */
export type Kind =
    | 'text'
    | 'long'
    | 'number'
    | 'flag'
    | 'choice'
    | 'moment'
    | 'list'
    | 'address'
    | 'addresses'
    | 'json'
    | 'attachments'
    | 'pick'
    | 'picks';

/** Things in Missive that a field can name by their id. */
export type Resource =
    | 'organization'
    | 'team'
    | 'user'
    | 'shared_label'
    | 'contact_book'
    | 'contact_group'
    | 'response'
    | 'conversation'
    | 'sender'
    | 'account'
    | 'task'
    | 'message'
    | 'draft'
    | 'post'
    | 'contact'
    | 'report'
    | 'hook';

/** One input of an operation: how it is named, explained, edited and sent. Its key in `Fields` is the API's name. */
export interface Field<T = unknown> {
    readonly kind: Kind;
    readonly label: string;
    readonly help: string;
    readonly required?: boolean;
    /** A new node leaves it out: it is not the API's, so a payload may hold something else under its name. */
    readonly unset?: boolean;
    /** A real value for the blank box; absent: the declaration's example, where it is short. */
    readonly sample?: string;
    /** What a new node starts with. */
    readonly starts?: string | boolean;
    /**
     * What it picks out: where it goes, whom it reaches, which rows are given. A row for it that comes out blank is refused,
     * unless another field with one of its aims has a value: without it Missive would do it somewhere else. null is a value.
     */
    readonly aims?: readonly string[];
    /** Most characters that Missive takes. */
    readonly max?: number;
    readonly choices?: readonly string[];
    readonly resource?: Resource;
    /** Name of the part of the form that holds it and is closed at first; absent: always in sight. */
    readonly section?: string;
    /**
     * Turns what a flow supplied (never blank, never null) into what the API takes; throws a TypeError that says what was
     * expected. National phone numbers are those of the account's `country`.
     */
    readonly parse: (value: unknown, country?: string) => T;
}

export type Fields = Readonly<Record<string, Field>>;

/** What a flow supplied for the fields of an operation, parsed. A field that came out blank is absent; null is kept. */
export type Input<F extends Fields> = { [K in keyof F]?: (F[K] extends Field<infer T> ? T : never) | null };

type Look = Pick<Field, 'label' | 'help' | 'required' | 'unset' | 'sample' | 'starts' | 'max' | 'section' | 'aims'>;

/**
 * A text's length as Missive counts it: in Unicode code points. Its API answers in the words of Rails, and Ruby counts
 * so, as its database does: an emoji is one, where JavaScript counts two.
 */
const lengthOf = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

const parseText =
    (max?: number) =>
    (value: unknown): string => {
        if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
            throw expected('text', value);
        const text = String(value);
        const length = max === undefined || text.length <= max ? 0 : lengthOf(text);
        if (max !== undefined && length > max)
            throw new TypeError(`is ${length} characters long, and Missive takes ${max} at most`);
        return text;
    };

export const text = (look: Look): Field<string> => ({ kind: 'text', ...look, parse: parseText(look.max) });
export const long = (look: Look): Field<string> => ({ kind: 'long', ...look, parse: parseText(look.max) });

export const number = (look: Look): Field<number> => ({
    kind: 'number',
    ...look,
    parse(value) {
        const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
        if (typeof parsed !== 'number' || !Number.isFinite(parsed)) throw expected('a number', value);
        return parsed;
    },
});

export const flag = (look: Look): Field<boolean> => ({
    kind: 'flag',
    ...look,
    parse(value) {
        if (value === true || value === 'true') return true;
        if (value === false || value === 'false') return false;
        throw expected('true or false', value);
    },
});

export const choice = <const C extends string>(choices: readonly C[], look: Look): Field<C> => ({
    kind: 'choice',
    choices,
    ...look,
    parse(value) {
        const found = choices.find((each) => each === value);
        if (found === undefined) throw expected(`one of ${choices.join(', ')}`, value);
        return found;
    },
});

/** A point in time, sent as whole Unix seconds; see `moment.ts` for the forms it may have. */
export const moment = (look: Look): Field<number> => ({ kind: 'moment', ...look, parse: parseMoment });

/** Several short texts; text is split at commas. */
export const list = (look: Look): Field<string[]> => ({ kind: 'list', ...look, parse: parseList });

/** Message-IDs or external ids; a text may be the header of a mail, where they stand in angle brackets. */
export const references = (look: Look): Field<string[]> => ({
    kind: 'list',
    ...look,
    parse: (value) =>
        [value].flat().flatMap((each: unknown) => (typeof each === 'string' ? referencesIn(each) : parseList(each))),
});

/** The ids in a text, also as the head of a mail has them: with its own name before them, and comments between. */
function referencesIn(text: string): string[] {
    const plain = visible(text)
        .replace(/(?:^|(?<=\s))(?:references|in-reply-to|message-id)\s*:/gi, ' ')
        .trim();
    if (plain.includes('<'))
        return (plain.replace(/\([^()<>]*\)/g, ' ').match(/<[^<>]+>|[^\s,;<>]+/g) ?? []).filter((id) =>
            /[\p{L}\p{N}]/u.test(id),
        );
    return parseList(plain).flatMap((part) => {
        const words = part.split(/\s+/);
        return words.every((word) => /.@./.test(word)) ? words : [part];
    });
}

/** The e-mail address alone, of text that may have a name beside it. */
export const email = (look: Look): Field<string> => ({
    kind: 'text',
    ...look,
    parse(value) {
        const parsed = parseAddress(value);
        if (!('address' in parsed)) throw expected('an e-mail address', value);
        return parsed.address;
    },
});

/** One sender or recipient; see `addresses.ts` for the forms it may have. */
export const address = (look: Look): Field<Address> => ({ kind: 'address', ...look, parse: parseAddress });
export const addresses = (look: Look): Field<Address[]> => ({ kind: 'addresses', ...look, parse: parseAddresses });

/** Files; see `attachments.ts` for the forms they may have. */
export const attachments = (look: Look): Field<File[]> => ({
    kind: 'attachments',
    ...look,
    parse: parseAttachments,
});

/** An object or a list as the API has it, or JSON text of one; `shape` checks it and gives what is sent. */
export const json = <T>(look: Look, shape: (value: unknown, country?: string) => T): Field<T> => ({
    kind: 'json',
    ...look,
    parse(value, country) {
        if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return shape(value, country);
        try {
            return shape(JSON.parse(value), country);
        } catch (cause) {
            if (cause instanceof SyntaxError) throw new TypeError('is no valid JSON');
            throw cause;
        }
    },
});

/** The id of a thing in Missive; an object that has one, such as `msg.payload.conversation` of a webhook, will do. */
export const pick = (resource: Resource, look: Look): Field<string> => ({
    kind: 'pick',
    resource,
    ...look,
    parse: (value) => parseId(resource, value),
});
/** Several ids; text is split at commas. */
export const picks = (resource: Resource, look: Look): Field<string[]> => ({
    kind: 'picks',
    resource,
    ...look,
    parse: (value) =>
        (Array.isArray(value) ? value : typeof value === 'string' ? parseList(value) : [value]).map((each) =>
            parseId(resource, each),
        ),
});

function parseId(resource: Resource, value: unknown): string {
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
    // A path of dots alone would lead elsewhere.
    if (typeof id !== 'string' || !/[^.\s]/.test(id)) throw expected('an id', value);
    return resource === 'conversation' ? conversationId(id) : id.trim();
}

function parseList(value: unknown): string[] {
    const items = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
    return items
        .map((item: unknown) => {
            if (typeof item !== 'string' && typeof item !== 'number') throw expected('a list of texts', value);
            return String(item).trim();
        })
        .filter((item) => item !== '');
}
