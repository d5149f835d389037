import type { NodeAPI } from 'node-red';
import { deployedAccount } from '../account';
import { activityOf } from '../activity/activity';
import type { Wrong } from '../webhooks/webhook-state';
import { webhooks } from '../webhooks/webhooks';

/** Something that somebody should look after. */
export interface Trouble extends Omit<Wrong, 'what'> {
    readonly what: Wrong['what'] | 'token' | 'account';
    /** The webhook in that has it; absent where it is the account's own. */
    readonly node?: string;
    readonly account?: string | undefined;
}

/** What is wrong with accounts and webhooks in. */
export function troublesOf(RED: NodeAPI): readonly Trouble[] {
    const accounts: Trouble[] = [];
    RED.nodes.eachNode(({ id, type }) => {
        if (type === 'missive-config') accounts.push(...ofAccount(RED, id));
    });
    const hooks = (webhooks(RED)?.all() ?? []).flatMap((hook) =>
        hook.wrong().map((each): Trouble => ({ ...each, node: hook.node, account: hook.account })),
    );
    return [...accounts, ...hooks];
}

function ofAccount(RED: NodeAPI, id: string): readonly Trouble[] {
    const account = deployedAccount(RED, id);
    if (!account) return [];
    const refusal = activityOf(RED).refusal(id);
    if (refusal !== undefined) return [{ what: 'token', account: id, text: refusal }];
    try {
        account.client();
        return [];
    } catch (error) {
        return [{ what: 'account', account: id, text: error instanceof Error ? error.message : String(error) }];
    }
}
