import { isSigned } from '../../../missive/events/signature';
import type { Reply, Step } from '../delivery';

/** Lets in what shows the key of the node's own rule, or is signed with the secret: else 401. */
export const gate: Step = ({ body, headers, key }, { bySelf, rule, secret, path, state, mine }) => {
    if (bySelf) return rule?.sender(key) ? undefined : unknown(mine());
    if (!secret || isSigned(secret, body, headers['x-hook-signature'])) return undefined;
    state.notSigned();
    state.warn(`Refused a webhook at ${path}: ${advice}`);
    return { status: 401, error: advice };
};

/** The Node-RED that has the rules may have made one that this one does not know of yet. */
const unknown = async (mine: boolean | Promise<boolean>): Promise<Reply> => ({
    status: (await mine) ? 401 : 503,
    error: noKey,
});

const noKey = 'The key in the address is missing or wrong.';
const advice =
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.';
