import type { Node, NodeAPI } from 'node-red';
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
    return settings;
}
