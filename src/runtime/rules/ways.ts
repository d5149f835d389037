import type { NodeAPI } from 'node-red';
import { type Account, deployedAccount, type Way } from '../account';
import { isSamePlace } from '../connection';
import type { Doomed } from './known-rules';

/** A way to a rule; `sure`: by the token that it was made with, so what is not found there is gone. */
export interface WayTo extends Way {
    readonly sure: boolean;
}

/**
 * The ways to where a rule was made, the surest first: by the account that made it, by any other one with its address
 * and token, by the account as it was before the deploy; else by accounts with its address and another token.
 */
export function waysTo(RED: NodeAPI, rule: Doomed, former: Account | undefined): readonly WayTo[] {
    const own = deployedAccount(RED, rule.account);
    const others: Account[] = [];
    RED.nodes.eachNode((each) => {
        const account = each.type === 'missive-config' && each.id !== rule.account && deployedAccount(RED, each.id);
        if (account) others.push(account);
    });
    const ways = [own, ...others, former].flatMap((account) => account?.ways ?? []);
    const { origin } = rule;
    if (origin === undefined) return realWays(own ?? former).map((way) => ({ ...way, sure: true }));
    const exact = ways.find((way) => way.origin === origin);
    if (exact) return [{ ...exact, sure: true }];
    return ways.filter((way) => isSamePlace(way.origin, origin)).map((way) => ({ ...way, sure: false }));
}

/** Rules of which only the account is known were made in Missive itself. */
const realWays = (account: Account | undefined): readonly Way[] =>
    account?.sandbox ? account.ways.slice(1) : (account?.ways ?? []);
