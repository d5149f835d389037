import { draw, drawable } from './draw.js';

/** What comes by itself, or after something that a person did elsewhere: its failures are not worth a sentence. */
const unasked = ['refresh', 'sent', 'shortcut'];

/** What becomes of an answer: a card, or a sentence. `session` asks again and sends what is pressed in the card. */
export function answers({ missive, reach, settings, screen, say, at, shelf, session }) {
    const isOpen = (key) => () => at.key === key && at.ids.length === 1;

    async function take({ card, n, none, late, trouble, sentence }, about) {
        if (card) return keep(card, { ...about, n });
        if (unasked.includes(about.kind)) return session.later();
        const opened = about.kind === 'open';
        if (at.key !== about.key || (none && !opened)) return undefined;
        const words = none ? say('empty') : (late ?? sentence ?? say(trouble));
        const known = shelf.shown();
        if (!opened) {
            const more = trouble === 'refused' ? '' : ` ${say('unsure')}`;
            return screen.note(`${words}${more}`, { label: say('showCard'), press: session.tryAgain });
        }
        const retry = none ? { quiet: true } : { label: say('again'), press: session.tryAgain };
        if (!known) return screen.sentence(words, retry);
        screen.show(known.element);
        return none ? undefined : screen.note(words, retry);
    }

    /** Into the memory, onto the screen where it is about what is open, then its effects. */
    function keep(card, about) {
        const { kind, key, contact, seq = 0, n = 1 } = about;
        const before = shelf.cardOf(key, contact);
        // The second card to a request may come before the first one.
        const order = seq > 0 ? seq + n / 1000 : 0;
        if (order > 0 && before?.order > order) {
            return Math.floor(before.order) === seq ? act(wanted(card.effects, kind), about) : undefined;
        }
        const { effects, ...rest } = card;
        if (drawable(card)) {
            const element = draw(rest, hooksOf(rest, { key, contact }));
            shelf.lay({ card: rest, element, order: order || before?.order || 0 }, about);
            if (kind === 'menu') missive?.openSelf();
        } else if (at.key === key && kind === 'open') {
            if (before) screen.show(before.element);
            else screen.sentence(say('empty'), { quiet: true });
        }
        if (at.key === key) session.later();
        return act(wanted(effects, kind), about);
    }

    /** A push reaches many pages, and nobody has asked for a refresh: they do nothing in a person's name. */
    const wanted = (effects = [], kind) => {
        if (kind === 'refresh') return [];
        return kind === 'push' ? effects.filter((each) => each.do === 'alert') : effects;
    };

    const act = (effects, { key, kind }) =>
        reach.act(effects, {
            here: isOpen(key),
            tell: (name, what) => {
                const words = say(name, { what });
                screen.note(words);
                // The panel may be closed.
                if (kind === 'menu') missive?.alert({ message: words });
            },
        });

    const hooksOf = (card, about) => ({
        ...{ language: settings.lang, open: reach.open, copy: reach.copy },
        press: async ({ action, effects = [] }) => {
            const event = { do: 'action', action, keep: card.keep };
            if ((await act(effects, about)) && action) await session.send(event, { ...about, kind: 'action' });
        },
        submit: (name, values) =>
            session.send({ do: 'form', action: name, values, keep: card.keep }, { ...about, kind: 'form' }),
    });

    return { take, keep };
}
