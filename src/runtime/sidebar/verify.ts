import { MissiveError } from '../../missive/errors';
import type { Account } from '../account';
import type { Sentence } from './page/words';

type Facts = Readonly<Record<string, unknown>>;

/**
 * Asks Missive for the conversations that a browser names. The first one's facts, or the sentence for the page where the
 * account cannot see one of them, or Missive does not answer.
 */
export async function verified(
    account: Account | undefined,
    ids: readonly string[],
    turn: { readonly node: string; readonly signal: AbortSignal },
): Promise<{ readonly found?: Facts } | { readonly sentence: Sentence }> {
    if (ids.length === 0) return {};
    if (!account || ids.length > mostAtOnce) return { sentence: 'notSeen' };
    try {
        const client = account.client();
        const ask = (id: string) =>
            client.send(
                { method: 'GET', path: `/conversations/${encodeURIComponent(id)}` },
                { ...turn, priority: 'high' },
            );
        const [first] = await Promise.all(ids.map(ask));
        const found = conversationIn(first?.body);
        return found ? { found } : { sentence: 'notSeen' };
    } catch (error) {
        const unseen = error instanceof MissiveError && unseenCodes.includes(error.code);
        return { sentence: unseen ? 'notSeen' : 'noAnswer' };
    }
}

/** Each costs a call. */
const mostAtOnce = 20;
const unseenCodes: readonly string[] = ['ERR_MISSIVE_NOT_FOUND', 'ERR_MISSIVE_AUTH', 'ERR_MISSIVE_REFUSED'];

/** "Get one" is a list with one thing in Missive. */
function conversationIn(body: unknown): Facts | undefined {
    const inside =
        typeof body === 'object' && body !== null && 'conversations' in body ? body.conversations : undefined;
    const first: unknown = Array.isArray(inside) ? inside[0] : inside;
    return typeof first === 'object' && first !== null ? (first as Facts) : undefined;
}
