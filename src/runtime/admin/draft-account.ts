import type { NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import type { Client } from '../../missive/wire/client';
import { deployedAccount } from '../account';
import { checkConnection, connectionOf, firstOf } from '../connection';

/** What the editor holds of an account that is not deployed, or not as it is in the dialog. */
export interface Draft {
    /** Id of the account: a deployed one lends its token where `token` is blank. */
    readonly account?: unknown;
    readonly connection?: unknown;
    readonly url?: unknown;
    readonly token?: unknown;
}

/**
 * Runs a task with the client of an account that is only in the editor, through the limiter of its address and token.
 * A token that Node-RED holds goes only where Node-RED sends it already: whoever types an address types the token too.
 */
export async function withDraft<T>(RED: NodeAPI, draft: Draft, task: (client: Client) => Promise<T>): Promise<T> {
    const deployed = deployedAccount(RED, draft.account);
    const place = { connection: textOf(draft.connection), url: fromEnvironment(draft.url) };
    const typed = typeof draft.token === 'string' ? draft.token.trim() : '';
    const own = typed !== '' && !isEnv(typed);
    const connection = connectionOf(place, own ? typed : fromEnvironment(typed));
    if (!own && place.connection !== 'sandbox') {
        if (typed === '' && deployed?.place === connection.place) return task(deployed.client());
        const held = [connectionOf({}, '').place, deployed?.place];
        const lent = connection.token !== '' || (deployed !== undefined && deployed.place !== 'sandbox');
        if (lent && !held.includes(connection.place))
            throw new MissiveError(
                'ERR_MISSIVE_CONFIG',
                'The token that is stored is not sent to another address. Type the token again.',
            );
    }
    checkConnection(connection);
    // Loaded when somebody asks. A guest of the limiter: the deployed accounts' settings stand.
    const { acquire } = require('../../missive/limits/limiters') as typeof import('../../missive/limits/limiters');
    const { Client: Asking } = require('../../missive/wire/client') as typeof import('../../missive/wire/client');
    const share = acquire(connection.place, connection.token);
    const client = new Asking({
        address: connection.address,
        token: connection.token,
        limiter: share.limiter,
        maxWait: patience,
    });
    try {
        return await task(client);
    } finally {
        share.release();
        void client.close();
    }
}

/** Seconds: nobody waits longer at the screen. */
const patience = 60;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const isEnv = (text: string): boolean => /^\$\{[^}]+\}$/.test(text);

/** A property as Node-RED will have it when it is deployed: one that names an environment variable is its value. */
const fromEnvironment = (value: unknown): string => {
    const text = firstOf(value);
    return isEnv(text) ? (process.env[text.slice(2, -1)] ?? '') : text;
};
