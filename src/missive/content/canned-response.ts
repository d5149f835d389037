import { inputError } from '../errors';
import { expected } from '../expected';
import { written } from '../json';
import { type Address, parseAddresses } from '../operations/addresses';
import { type Input, json, pick } from '../operations/fields';
import type { Missive } from '../operations/operation';
import { filled, type Values } from './liquid';
import { type Person, personOf, recipientOf } from './recipient';
import { type Response, responseNamed } from './response-lookup';

const canned = { section: 'canned' };

/** The fields of an operation that can be written from a canned response. They are ours: Missive never sees them. */
export const cannedFields = {
    response: pick('response', {
        ...canned,
        unset: true,
        label: 'Response',
        help: 'The id or the exact title of a canned response: Subject, Body, To, Cc, Bcc and Attachments come from it where the draft has none of its own. It is Liquid, as in Missive.',
    }),
    values: json(
        {
            ...canned,
            label: 'Values',
            help: 'An object with what the variables of the response stand for, such as { "order": { "id": 7 } } for {{ order.id }}. recipient (name, first_name, last_name, email, phone_number of the first in To) and user (the owner of the token) are there by themselves; what is given here goes first. A variable without a value and without a default is an error: nobody gets “Hello ,”.',
        },
        // Looked at where a response is named: without one, `values` of a payload may be anything.
        (value): unknown => value,
    ),
};

/** The title of the part of a form that holds them. */
export const cannedSection = { canned: 'Canned response' };

/** What a canned response fills in. */
interface Fillable extends Input<typeof cannedFields> {
    organization?: string | null;
    subject?: string | null;
    body?: string | null;
    to_fields?: Address[] | null;
    cc_fields?: Address[] | null;
    bcc_fields?: Address[] | null;
    attachments?: unknown[] | null;
}

/**
 * The input with what its canned response gives where it has nothing of its own, and without the fields that are ours.
 * Asks Missive only where a response is named.
 */
export async function withResponse<I extends Fillable>(
    { response: name, values, ...own }: I,
    missive: Missive,
): Promise<Omit<I, 'response' | 'values'>> {
    if (!name) return own;
    const given = valuesOf(values ?? {});
    const response = await responseNamed(missive, name, own.organization ?? undefined);
    const recipients = own.to_fields === undefined ? addressesIn(response, 'to_fields') : own.to_fields;
    const filling: Values = {
        ...given,
        recipient: over(recipientOf(recipients), given.recipient),
        user: over(await userIn(response, own, missive), given.user),
    };
    const text = async (part: 'subject' | 'body'): Promise<Fillable> => {
        const template = response[part];
        if (own[part] !== undefined || !template) return {};
        const label = `The ${part} of the response “${response.title ?? response.id}”`;
        return { [part]: await filled(template, filling, part === 'body' ? 'html' : 'line', label) };
    };
    const list = (part: 'to_fields' | 'cc_fields' | 'bcc_fields'): Fillable => {
        const addresses = own[part] === undefined ? addressesIn(response, part) : [];
        return addresses.length > 0 ? { [part]: addresses } : {};
    };
    const files = own.attachments === undefined ? (response.attachments ?? []) : [];
    return {
        ...own,
        ...(await text('subject')),
        ...(await text('body')),
        ...list('to_fields'),
        ...list('cc_fields'),
        ...list('bcc_fields'),
        ...(files.length > 0 && { attachments: files.map(({ url, filename }) => ({ url, filename })) }),
    };
}

/** Whom the response itself is to go to; the fields hold what people typed in Missive. */
function addressesIn(response: Response, part: 'to_fields' | 'cc_fields' | 'bcc_fields'): Address[] {
    try {
        return parseAddresses(response[part] ?? []);
    } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw inputError(`The response “${response.title ?? response.id}” (${part}) ${why}.`);
    }
}

/** What the flow gives goes over what is known of a person, and beside it. */
const over = (person: Person, given: unknown): unknown =>
    given === undefined || given === null
        ? person
        : typeof given === 'object' && !Array.isArray(given)
          ? { ...person, ...given }
          : given;

/** Who the token belongs to; asked for where the response speaks of it. */
async function userIn(
    { subject, body }: Response,
    own: { readonly subject?: unknown; readonly body?: unknown },
    missive: Missive,
): Promise<Person> {
    const templates = [own.subject === undefined && subject, own.body === undefined && body];
    const owner = templates.some((text) => text && /\buser\b/.test(text)) ? await missive.owner() : undefined;
    return personOf(owner ?? {});
}

function valuesOf(values: unknown): Values {
    if (typeof values === 'object' && !Array.isArray(values) && written(values) !== undefined) return values as Values;
    throw inputError(`Values (values) ${expected('an object such as { "name": "Ann" }', values).message}.`);
}
