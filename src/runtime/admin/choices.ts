import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import type { Send } from '../../missive/lists/pages';
import type { Entry } from '../../missive/names/directory';
import { isSearched, searched as searchedLists } from '../../missive/names/searched';
import type { Client } from '../../missive/wire/client';
import { deployedAccount } from '../account';
import { type Say, saidByMissive } from '../language/speaking';
import { type Draft, withDraft } from './draft-account';
import { answering, bodyOf, failureOf, Unusable } from './json-body';

/** A list that is refreshed by hand is loaded anew unless it is as new as this, in milliseconds. */
const refreshAge = 2_000;

/** What the editor learns of the account whose token it asks with. */
interface Owner {
    readonly user: { readonly name: string; readonly email?: string } | undefined;
    readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

const mounted = new WeakSet<object>();

/**
 * Mounts what the editor's menus ask, on Node-RED's admin side, once per app: lists by name of an account that runs
 * (`GET`), of one that is not deployed yet (`POST`, with what its dialog holds), and whose token it is.
 */
export function serveChoices(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    const reads = RED.auth.needsPermission('missive-config.read');
    const writes = RED.auth.needsPermission('missive-config.write');

    const ofDeployed = async (request: Request, resource = String(request.params.resource)) => {
        const account = deployedAccount(RED, request.query.account);
        if (!account) throw new Unusable(404, 'This account is not deployed.');
        const { refresh, search } = request.query;
        return entriesOf(resource, account.client(), { refresh: refresh !== undefined, search: typed(search) });
    };
    const ofDraft = async (request: Request) => {
        const draft = await bodyOf(request);
        const asked = { refresh: draft.refresh === true, search: typed(draft.search) };
        return withDraft(RED, draft as Draft, (client) => entriesOf(String(request.params.resource), client, asked));
    };
    const test = async (request: Request) => withDraft(RED, (await bodyOf(request)) as Draft, ownerOf);

    // Whom customers are and what they write about: for those who may see their events, too.
    for (const resource of searchedLists)
        app.get(
            `/missive/choices/${resource}`,
            writes,
            answering((request) => ofDeployed(request, resource), refused),
        );
    app.get(
        '/missive/choices/:resource',
        reads,
        answering((request) => ofDeployed(request), refused),
    );
    app.post('/missive/choices/:resource', writes, answering(ofDraft, refused));
    app.post('/missive/test', writes, answering(test, refused));
}

/** What somebody looks for; more than this is no name. */
const typed = (search: unknown): string => (typeof search === 'string' ? search.trim().slice(0, 200) : '');

/** Menus go before what flows send: somebody is waiting at the screen. */
const sendOf =
    (client: Client): Send =>
    (call) =>
        client.send(call, { node: 'missive-menus', priority: 'high' });

/** Loaded with the first menu. */
const directories = () => require('../../missive/names/directory') as typeof import('../../missive/names/directory');

/** Loaded with the first of these menus. */
const searched = () => (require('./newest') as typeof import('./newest')).newest;

async function entriesOf(
    resource: string,
    client: Client,
    { refresh, search = '' }: { readonly refresh: boolean; readonly search?: string },
): Promise<{ entries: readonly Entry[] }> {
    const { directoryOf, isListed, usualAge } = directories();
    if (isSearched(resource)) return { entries: await searched()[resource](sendOf(client), search) };
    if (!isListed(resource)) throw new Unusable(404, 'Missive has no such list.');
    const directory = directoryOf(client.limiter);
    return { entries: await directory.list(resource, sendOf(client), refresh ? refreshAge : usualAge) };
}

/** Asks Missive itself, whatever is kept: a token may have been revoked. */
async function ownerOf(client: Client): Promise<Owner> {
    const directory = directories().directoryOf(client.limiter);
    const organizations = await directory.list('organization', sendOf(client), refreshAge);
    const users = await directory.list('user', sendOf(client), refreshAge);
    const owner = users.find(({ me }) => me);
    return {
        user: owner && { name: owner.name, ...(owner.email !== undefined && { email: owner.email }) },
        organizations: organizations.map(({ id, name }) => ({ id, name })),
    };
}

/** A failure with its code and its words, and never with what was sent. What Missive refused is an answer to the editor's question. */
const refused: typeof failureOf = (error, say) => ({
    status: error instanceof MissiveError ? 200 : failureOf(error, say).status,
    error: wordsOf(error, say),
});

/** Short: the address may have been any server, and what it answered is nobody's business. */
const longest = 200;

function wordsOf(
    error: unknown,
    say: Say,
): { readonly code?: string; readonly message: string; readonly said?: string } {
    const short = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
    if (!(error instanceof MissiveError))
        return { message: short(say(error instanceof Unusable ? error.message : 'The list could not be loaded.')) };
    const { details, status } = error;
    // What a server says that is not Missive stays where it is.
    const stranger = status !== undefined && status >= 300 && details === undefined;
    const message = stranger ? `The address answered ${status}, but not as Missive does.` : error.message;
    const said = typeof details === 'object' && details !== null && 'message' in details ? details.message : undefined;
    return {
        code: error.code,
        message: short(say(message, saidByMissive(error))),
        ...(typeof said === 'string' && { said: short(said) }),
    };
}
