import type { Account } from '../account';
import { isVariable } from '../connection';

/**
 * What deliveries are checked with: a text; `none` where they are not signed; `missing` where one was saved and is not
 * there, so that nothing is let in; `no account` where the account that may have it is not there.
 */
export type Secret = { readonly text: string } | 'none' | 'missing' | 'no account';

/** The secret of a node: its own, else that of the account that it names. */
export function secretOf(
    own: string,
    accountId: string | undefined,
    account: Account | null,
    secured: boolean,
): Secret {
    const given = [own, account?.webhookSecret ?? ''];
    const text = given.find((each) => each !== '');
    if (text !== undefined) return isVariable(text) ? 'missing' : { text };
    if (accountId && !isThere(account)) return 'no account';
    return secured ? 'missing' : 'none';
}

/** Whether an account is deployed, switched on and has its credentials: one that lost its token has lost its secret too. */
function isThere(account: Account | null): boolean {
    try {
        return typeof account?.client === 'function' && account.client() !== undefined;
    } catch {
        return false;
    }
}
