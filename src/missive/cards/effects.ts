import { linesAsHtml } from '../content/html';
import { safeHtml } from '../content/safe-html';
import { parseAddresses } from '../operations/addresses';
import type { Effect } from './card';
import { link } from './link';
import { flag, isBlank, known, listOf, optional, type Reader, record, required, text, wrong } from './reader';

/** What decides about an effect besides itself. */
export interface Permission {
    /** Whether `deliver: true` may send a message without a person who looks at it. */
    readonly maySend: boolean;
}

/** Parameters as the page gets them. */
type Parameters = Readonly<Record<string, unknown>>;
/** The names that a flow may use for one parameter: the one of the page first, then others in use for it. */
type Names = readonly [string, ...string[]];

interface Kind {
    readonly parameters: Readonly<Record<string, { readonly names: Names; readonly read: Reader<unknown> }>>;
    /** What the parameters become; as they are where it is absent. */
    readonly make?: (found: Parameters, at: string, permission: Permission) => Parameters;
}

const one = (read: Reader<unknown>, ...names: Names) => ({ names, read });

/** Several ids or names: a list, or one of them. */
const several: Reader<readonly string[]> = (value, at) => {
    if (isBlank(value)) throw wrong(at, 'is missing.');
    const items = Array.isArray(value) ? value : [value];
    return listOf((each, place) => {
        const id = typeof each === 'object' && each !== null && 'id' in each ? each.id : each;
        if (isBlank(id)) throw wrong(place, 'is blank.');
        return text(id, place).trim();
    })(items, at);
};

const conversationId: Reader<string> = (value, at) => {
    const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
    const found = text(id, at).trim();
    const [, inAddress] = /\/conversations\/([\w-]+)/.exec(found) ?? [];
    const named = inAddress ?? found;
    if (!/^[\w-]+$/.test(named)) throw wrong(at, 'must be the id of a conversation.');
    return named;
};

const color: Reader<string> = (value, at) => {
    const found = text(value, at).trim();
    if (!/^#([\da-f]{3}|[\da-f]{6})$/i.test(found)) throw wrong(at, 'must be a colour such as #2266ed.');
    return found;
};

const addresses: Reader<unknown> = (value, at) => {
    try {
        return parseAddresses(value);
    } catch (cause) {
        throw wrong(at, `${cause instanceof Error ? cause.message : 'cannot be read'}.`);
    }
};

const html: Reader<string> = (value, at) => safeHtml(text(value, at));
const lines: Reader<string> = (value, at) => linesAsHtml(text(value, at));

const none: Kind = { parameters: {} };
const labels: Kind = { parameters: { labels: one(required(several), 'labels', 'ids') } };

/** A message of the composer; `mailto` is what missive.js calls the object around its parts. */
const mail: Kind = {
    parameters: {
        deliver: one(flag, 'deliver'),
        subject: one(optional(text), 'subject'),
        body: one(optional(html), 'body'),
        text: one(optional(lines), 'text'),
        to_fields: one(optional(addresses), 'to_fields'),
        cc_fields: one(optional(addresses), 'cc_fields'),
        bcc_fields: one(optional(addresses), 'bcc_fields'),
    },
    make({ deliver, text: plain, ...mailto }, at, { maySend }) {
        if (deliver === true && !maySend)
            throw wrong(
                `${at}.deliver`,
                'would send the message at once, which this node may not: switch “may send” on.',
            );
        if (plain !== undefined && mailto.body !== undefined)
            throw wrong(`${at}.text`, 'and body are both there: give one of them.');
        return { deliver, mailto: plain === undefined ? mailto : { ...mailto, body: plain } };
    },
};

/** Every effect by its name in `do`. */
const kinds: Readonly<Record<string, Kind>> = {
    comment: { parameters: { body: one(required(text), 'body', 'text') } },
    create_task: {
        parameters: { body: one(required(text), 'body', 'title', 'text'), completed: one(flag, 'completed') },
    },
    add_labels: labels,
    remove_labels: labels,
    // Nobody is a choice, too: an empty list.
    assign: { parameters: { users: one(several, 'users', 'ids', 'assignees') } },
    close: none,
    reopen: none,
    archive: none,
    set_subject: { parameters: { subject: one(required(text), 'subject', 'text') } },
    set_color: { parameters: { color: one(required(color), 'color') } },
    insert_html: { parameters: { html: one(required(html), 'html', 'body') } },
    insert_text: { parameters: { text: one(required(text), 'text', 'body') } },
    reply: mail,
    compose: mail,
    navigate: { parameters: { conversation: one(required(conversationId), 'conversation', 'conversation_id') } },
    open_url: { parameters: { url: one(required(link), 'url') } },
    copy: { parameters: { text: one(required(text), 'text') } },
    alert: {
        parameters: {
            title: one(optional(text), 'title'),
            message: one(required(text), 'message', 'text'),
            note: one(optional(text), 'note'),
        },
    },
};

export const effectNames: readonly string[] = Object.keys(kinds);

/** Effects that change nothing and open nothing: these alone may go to every open page of a conversation. */
export const harmless: readonly string[] = ['alert'];

export const effectReader =
    (permission: Permission): Reader<Effect> =>
    (value, at) => {
        const given = record(value, at);
        const name = required(text)(Object.hasOwn(given, 'do') ? given.do : undefined, `${at}.do`);
        const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
        if (!kind) throw wrong(`${at}.do`, `is no effect. There is: ${effectNames.join(', ')}.`);
        const flat = withMailto(kind, given, at);
        known(flat, ['do', ...Object.values(kind.parameters).flatMap(({ names }) => names)], at);
        const found = Object.entries(kind.parameters).flatMap(([key, { names, read }]) => {
            const used = names.filter((each) => Object.hasOwn(flat, each) && flat[each] !== undefined);
            const [first = names[0], second] = used;
            if (second !== undefined) throw wrong(`${at}.${second}`, `and ${first} are both there: give one of them.`);
            const result = read(flat[first], `${at}.${first}`);
            return result === undefined ? [] : [[key, result] as const];
        });
        const parameters = Object.fromEntries(found);
        return { do: name, ...(kind.make?.(parameters, at, permission) ?? parameters) };
    };

/** missive.js wants a message's parts in `mailto`; both ways of writing it mean the same here. */
function withMailto(kind: Kind, given: Parameters, at: string): Parameters {
    if (kind !== mail || !Object.hasOwn(given, 'mailto') || isBlank(given.mailto)) return given;
    const { mailto, ...flat } = given;
    const inside = record(mailto, `${at}.mailto`);
    const twice = Object.keys(inside).find((key) => key === 'do' || key === 'deliver' || Object.hasOwn(flat, key));
    if (twice !== undefined) throw wrong(`${at}.mailto.${twice}`, 'does not belong into mailto, or is there twice.');
    return { ...flat, ...inside };
}
