import type { NodeAPI } from 'node-red';
import { type Account, deployedAccount } from '../account';
import { activityOf } from '../activity/activity';
import type { Act, Given } from './json-body';
import { Unusable } from './json-body';

function accountIn(RED: NodeAPI, { account }: Given): Account {
    const found = deployedAccount(RED, account);
    if (!found) throw new Unusable(404, 'This account does not run: deploy it first.');
    return found;
}

const turn =
    (how: 'begin' | 'end'): Act =>
    async (RED, given) => {
        const account = accountIn(RED, given);
        const { pause } = account;
        // Then it is known who else sends by its address and token.
        canSend(account);
        try {
            pause[how]();
        } finally {
            activityOf(RED).touch();
        }
        return { paused: pause.on };
    };

/** Ends all that waits of a node: each call is an error to its Catch node. */
const drop: Act = async (RED, { node }) => {
    if (typeof node !== 'string') throw new Unusable(400, 'Name the node.');
    const limiters = new Set(accountsOf(RED).map((account) => account.client().limiter));
    const count = [...limiters].reduce((sum, limiter) => sum + limiter.drop(node), 0);
    activityOf(RED).touch();
    return { count };
};

/** The accounts that can send anything. */
function accountsOf(RED: NodeAPI): Account[] {
    const found: Account[] = [];
    RED.nodes.eachNode(({ id, type }) => {
        const account = type === 'missive-config' ? deployedAccount(RED, id) : undefined;
        if (account && canSend(account)) found.push(account);
    });
    return found;
}

function canSend(account: Account): boolean {
    try {
        return account.client() !== undefined;
    } catch {
        return false; // It has no token, or its address is none.
    }
}

/** What may be done with accounts, and what waits in them. */
export const accountActs: Readonly<Record<string, Act>> = { pause: turn('begin'), 'go-on': turn('end'), drop };
