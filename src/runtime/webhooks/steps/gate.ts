import { isSigned } from '../../../missive/events/signature';
import type { OwnRule } from '../../rules/own-rule';
import type { Receiving, Step } from '../delivery';

/** Lets in what shows the key of the node's own rule, or is signed with the secret: else 401, 503 without the account. */
export const gate: Step = ({ body, headers, key }, { bySelf, rule, secret, path, state, mine }) => {
    if (rule) return rule.sender(key) ? undefined : unknown(rule, key, mine);
    // Without its account nobody knows the rule that a node has made: Missive sends it again.
    if (bySelf || secret === 'no account') {
        state.warn(`Refused a webhook at ${path}: ${noAccount}`);
        return { status: 503, error: noAccount };
    }
    if (secret === 'none') return undefined;
    if (secret !== 'missing' && isSigned(secret.text, body, headers['x-hook-signature'])) return undefined;
    const why = secret === 'missing' ? noSecret : advice;
    state.notSigned();
    state.warn(`Refused a webhook at ${path}: ${why}`);
    return { status: 401, error: why };
};

/** The Node-RED that has the rules may have made one that this one does not know of yet, or cannot read of. */
async function unknown(rule: OwnRule, key: string | undefined, mine: Receiving['mine']) {
    try {
        if (await rule.senderNow(key)) return undefined;
        return { status: (await mine()) ? 401 : 503, error: noKey };
    } catch {
        return { status: 503, error: noKey }; // without Redis nobody knows
    }
}

const noAccount =
    'the account of this node is missing, switched off or without its credentials, and it may hold the secret. Open the node, choose an account, enter its credentials and deploy.';
const noSecret =
    'the secret that was once saved is not there, or is an environment variable that is not set. Enter it in the webhook in node or its account, or set the variable, then deploy.';
const noKey = 'The key in the address is missing or wrong.';
const advice =
    'the signature is missing or wrong. Enter one and the same secret in the rule in Missive and in the webhook in node (or its account) in Node-RED, then deploy.';
