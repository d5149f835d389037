import type { Card, Effect } from '../../missive/cards/card';
import { MissiveError } from '../../missive/errors';
import type { Account } from '../account';

/** Effects that change nothing in Missive: text goes into an open composer, where a person reads it. */
const leaveAlone = ['navigate', 'open_url', 'copy', 'alert', 'insert_text', 'insert_html'];

/**
 * A card as the account of its node lets it be: on a dry account effects only say what they would have done; what its
 * guard does not let leave fails with `ERR_MISSIVE_GUARD`.
 */
export async function guarded(card: Card, account: Account | undefined): Promise<Card> {
    if (account?.gate) await checkSending(card, account.gate);
    return account?.dry ? dried(card) : card;
}

const sends = (effect: Effect): boolean => effect.deliver === true;

async function checkSending(card: Card, gate: NonNullable<Account['gate']>): Promise<void> {
    // Nobody tells us how often a button is pressed.
    if (card.buttons?.some(({ effects }) => effects?.some(sends)))
        throw new MissiveError(
            'ERR_MISSIVE_GUARD',
            'A button of the card sends a message by itself, past the account’s guard. Give it an action, and answer that with the effect.',
        );
    for (const { mailto } of card.effects?.filter(sends) ?? [])
        await gate.pass({ method: 'POST', path: '/drafts', body: { drafts: { ...(mailto as object), send: true } } });
}

const dried = ({ effects, buttons, ...rest }: Card): Card => ({
    ...rest,
    ...(effects ? { effects: effects.map(said) } : {}),
    ...(buttons
        ? { buttons: buttons.map((each) => (each.effects ? { ...each, effects: each.effects.map(said) } : each)) }
        : {}),
});

const said = (effect: Effect): Effect =>
    leaveAlone.includes(effect.do)
        ? effect
        : { do: 'alert', title: 'Dry run', message: `Not done: ${effect.do}. The account writes nothing to Missive.` };
