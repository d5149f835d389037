import { inputError } from '../errors';
import { offsetPages, rowsOf } from '../lists/pages';
import type { Missive } from '../operations/operation';
import { uuid } from '../operations/uuid';

/** A canned response as far as a message is made of it (missive-api §6.8). */
export interface Response {
    readonly id: string;
    readonly title?: string | null;
    readonly subject?: string | null;
    readonly body?: string | null;
    readonly to_fields?: unknown;
    readonly cc_fields?: unknown;
    readonly bcc_fields?: unknown;
    readonly attachments?: readonly { readonly url: string; readonly filename: string }[] | null;
}

/** The canned response of an id, or of an exact title among all that the token sees in the organization. */
export const responseNamed = (missive: Missive, name: string, organization: string | undefined): Promise<Response> =>
    uuid.test(name) ? byId(missive, name) : byTitle(missive, name, organization);

async function byId({ send }: Missive, id: string): Promise<Response> {
    const { body } = await send({ method: 'GET', path: `/responses/${encodeURIComponent(id)}` });
    const [response] = rowsOf<Response>(body, 'responses');
    if (response) return response;
    throw inputError('Response (response) names no canned response that the token may see.');
}

async function byTitle({ send }: Missive, title: string, organization: string | undefined): Promise<Response> {
    const all = new Map<string, Response>();
    for await (const { rows } of offsetPages<Response>(send, '/responses', 'responses', { organization })) {
        const before = all.size;
        for (const row of rows) all.set(row.id, row);
        // A server that gives the same page again and again would never end.
        if (all.size === before) break;
    }
    const folded = (text: string) => text.trim().normalize('NFC').toLocaleLowerCase('en');
    const same = [...all.values()].filter((each) => each.id === title || each.title === title);
    const matches =
        same.length > 0 ? same : [...all.values()].filter((each) => folded(each.title ?? '') === folded(title));
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
