const prefix = 'missive_pat-';

/** Missive answers a token that was copied without its beginning like any wrong one. */
export const withPrefix = (token: string): string =>
    token.trim().startsWith(prefix) ? '' : `: it begins with ${prefix}, this one does not`;

/** Refusals that do not say what helps, by a part of Missive's own words. */
const hints: readonly (readonly [said: RegExp, advice: string])[] = [
    [
        /does not match an available sender/i,
        "Set From (from_field), or the account's default sender, to an alias of the token's owner; for one of a shared account turn on Settings → Accounts → Aliases → Allow others to send for them",
    ],
    [
        /invalid resource id/i,
        "Check the ids: each must be one of Missive's and stand there once. It also comes where the token's owner lacks the role, such as Operator of the shared account",
    ],
];

/** What to do about a refusal; the practice inbox says besides who may send there. */
export function hintFor(said: string, error: unknown): string {
    const advice = hints.find(([words]) => words.test(said))?.[1] ?? "Correct the message's fields";
    const senders = typeof error === 'object' && error !== null && 'senders' in error ? error.senders : undefined;
    return Array.isArray(senders) && senders.length > 0 ? `${advice}. Senders here: ${senders.join(', ')}` : advice;
}
