import type { Node, NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import { directoryOf, type Listed } from '../../missive/names/directory';
import { idOfName, type LookUp } from '../../missive/names/names';
import type { Account } from '../account';
import { evaluate } from '../operations/input';

/** The parameters of POST /hooks, with the types of event that they belong to; all others go with every type. */
const parameters: Readonly<Record<string, readonly string[] | undefined>> = {
    organization: undefined,
    content_contains: undefined,
    content_starts_with: undefined,
    content_ends_with: undefined,
    is_task: ['new_comment'],
    author: ['new_comment'],
    mention: ['new_comment'],
    from_eq: ['incoming_email'],
    subject_contains: ['incoming_email'],
};

/** The types of event that Missive makes a rule of by its API; all others need one that is made by hand. */
export const hookTypes: readonly string[] = [
    ...['incoming_email', 'incoming_sms_message', 'incoming_facebook_message'],
    ...['incoming_whatsapp_message', 'incoming_twilio_chat_message', 'new_comment'],
];

/** What POST /hooks gets besides the address, from a node's properties. Throws where there is no such type. */
export async function hookSettings(
    RED: NodeAPI,
    node: Node,
    config: Readonly<Record<string, unknown>>,
    account: Account,
): Promise<Record<string, unknown>> {
    const read = (property: string) => {
        const type = config[`${property}Type`];
        const source = { type: typeof type === 'string' && type !== '' ? type : 'str', value: config[property] };
        return evaluate(RED, node, source, {});
    };
    const type = (await read('hook_type')) ?? 'incoming_email';
    if (typeof type !== 'string' || !hookTypes.includes(type))
        throw new Error(`Missive makes no rule of the type ${String(type)} by its API: make one by hand.`);
    const settings: Record<string, unknown> = { type };
    for (const [name, types] of Object.entries(parameters)) {
        const value = types && !types.includes(type) ? undefined : await read(name);
        const given = value === undefined && name === 'organization' ? account.organization : value;
        if (given !== undefined && given !== '') settings[name] = given;
    }
    return withIds(settings, account);
}

/** The parameters that people may give by name. */
const named: Readonly<Record<string, { readonly resource: Listed; readonly label: string }>> = {
    organization: { resource: 'organization', label: 'Organization (organization)' },
    author: { resource: 'user', label: 'Author (author)' },
    mention: { resource: 'user', label: 'Mentions (mention)' },
};

async function withIds(settings: Record<string, unknown>, account: Account): Promise<Record<string, unknown>> {
    for (const [name, naming] of Object.entries(named)) {
        const given = settings[name];
        if (typeof given !== 'string') continue;
        const { organization } = settings;
        settings[name] = await idOfName(given.trim(), { ...naming, organization }, lookUpOf(account));
    }
    return settings;
}

/** A list that cannot be read just now is asked for again later: a name in place of its id would make another rule. */
const lookUpOf =
    (account: Account): LookUp =>
    async (resource, age) => {
        const client = account.client();
        const turn = { node: 'missive-directory', priority: 'high' } as const;
        try {
            return await directoryOf(client.limiter).list(resource, (call) => client.send(call, turn), age);
        } catch (cause) {
            const isRefused =
                cause instanceof MissiveError && (cause.code === 'ERR_MISSIVE_NOT_FOUND' || cause.status === 403);
            if (isRefused || !(cause instanceof Error)) throw cause;
            throw new Error(`Names cannot be looked up: ${cause.message}`, { cause });
        }
    };
