import { type Address, parseAddresses } from './addresses';
import { inputError } from './errors';
import { expected } from './expected';
import { type Input, json, pick } from './fields';
import { written } from './json';
import type { Missive } from './operation';
import { offsetPages, rowsOf } from './pages';
import { filled, type Values } from './placeholders';

/** A canned response as far as a message is made of it (missive-api §6.8). */
interface Response {
    readonly id: string;
    readonly title?: string | null;
    readonly subject?: string | null;
    readonly body?: string | null;
    readonly to_fields?: unknown;
    readonly cc_fields?: unknown;
    readonly bcc_fields?: unknown;
    readonly attachments?: readonly { readonly url: string; readonly filename: string }[] | null;
}

const canned = { section: 'canned' };

/** The fields of an operation that can be written from a canned response. They are ours: Missive never sees them. */
export const cannedFields = {
    response: pick('response', {
        ...canned,
        label: 'Response',
        help: 'The id or the exact title of a canned response: Subject, Body, To, Cc, Bcc and Attachments come from it where the draft has none of its own.',
    }),
    values: json(
        {
            ...canned,
            label: 'Values',
            help: 'An object with what stands for the {{placeholders}} of the response, such as { "name": "Ann" } for {{name}} and { "order": { "id": 7 } } for {{order.id}}. A placeholder without a value is an error: nobody gets “Hello {{name}}”.',
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
    const filling = valuesOf(values ?? {});
    const response = await found(missive, name, own.organization ?? undefined);
    const text = (part: 'subject' | 'body'): Fillable => {
        const template = response[part];
        if (own[part] !== undefined || !template) return {};
        const label = `The ${part} of the response “${response.title ?? response.id}”`;
        return { [part]: filled(template, filling, part === 'body' ? 'html' : 'line', label) };
    };
    const list = (part: 'to_fields' | 'cc_fields' | 'bcc_fields'): Fillable => {
        const addresses = own[part] === undefined ? parseAddresses(response[part] ?? []) : [];
        return addresses.length > 0 ? { [part]: addresses } : {};
    };
    const files = own.attachments === undefined ? (response.attachments ?? []) : [];
    return {
        ...own,
        ...text('subject'),
        ...text('body'),
        ...list('to_fields'),
        ...list('cc_fields'),
        ...list('bcc_fields'),
        ...(files.length > 0 && { attachments: files.map(({ url, filename }) => ({ url, filename })) }),
    };
}

function valuesOf(values: unknown): Values {
    if (typeof values === 'object' && !Array.isArray(values) && written(values) !== undefined) return values as Values;
    throw inputError(`Values (values) ${expected('an object such as { "name": "Ann" }', values).message}.`);
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

const found = (missive: Missive, name: string, organization: string | undefined): Promise<Response> =>
    isId(name) ? byId(missive, name) : byTitle(missive, name, organization);

async function byId({ send }: Missive, id: string): Promise<Response> {
    const { body } = await send({ method: 'GET', path: `/responses/${encodeURIComponent(id)}` });
    const [response] = rowsOf<Response>(body, 'responses');
    if (response) return response;
    throw inputError('Response (response) names no canned response that the token may see.');
}

async function byTitle({ send }: Missive, title: string, organization: string | undefined): Promise<Response> {
    const all = new Map<string, Response>();
    for await (const { rows } of offsetPages<Response>(send, '/responses', 'responses', { organization }))
        for (const row of rows) all.set(row.id, row);
    const matches = [...all.values()].filter((each) => each.title?.trim() === title);
    const [response] = matches;
    if (response && matches.length === 1) return response;
    const wanted = `Response (response): ${matches.length === 0 ? 'no' : matches.length} canned ${matches.length > 1 ? 'responses are' : 'response is'} called ${quoted(title)}.`;
    if (response) throw inputError(`${wanted} Name one by its id instead: ${matches.map(({ id }) => id).join(', ')}.`);
    throw inputError(`${wanted} ${candidates(title, [...all.values()])}`);
}

/** Titles that a sentence names; more would hide the others. */
const most = 10;

/** The titles there are, those that resemble the wanted one first. */
function candidates(wanted: string, all: readonly Response[]): string {
    const titles = [...new Set(all.map(({ title }) => title ?? '').filter((title) => title !== ''))];
    if (titles.length === 0)
        return 'The token sees none at all: write one in Missive, or set Response to “not set” if the text is your own.';
    const text = wanted.toLowerCase();
    const near = (title: string) => Number(title.toLowerCase().includes(text) || text.includes(title.toLowerCase()));
    titles.sort((a, b) => near(b) - near(a));
    const named = titles.slice(0, most).map((title) => `“${short(title)}”`);
    const rest = titles.length > most ? `, and ${titles.length - most} more` : '';
    return `There are ${named.join(', ')}${rest}. Set Response to “not set” if none is meant.`;
}

/** What stands in a title's place by mistake may be the text of a message, which no error shows. */
const quoted = (title: string): string =>
    title.length > 60 || /[\r\n]/.test(title)
        ? `what the message says (text of ${title.length} characters)`
        : `“${title}”`;

/** A title can be 500 characters long. */
const short = (title: string): string => (title.length > 60 ? `${title.slice(0, 60)}…` : title);
