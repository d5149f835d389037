import { keyOf } from './contacts.js';
import { carryOver, inHand } from './form.js';
import { Memory } from './memory.js';

/** Answers that a press waits for; whatever else comes must not redraw what is being filled in. */
const waitedFor = ['action', 'form', 'menu'];

/** The cards of the last conversations, each by the person whom it is about, and the one that is shown. */
export function shelf({ at, screen, say }) {
    const memory = new Memory();

    /** The contacts of a conversation, whom of them the person has picked, and the cards by contact. */
    function placeOf(key) {
        const known = memory.get(key) ?? { contacts: [], contact: undefined, cards: new Map() };
        memory.set(key, known);
        return known;
    }

    const cardOf = (key, contact) => placeOf(key).cards.get(keyOf(contact));
    const shown = () => cardOf(at.key, placeOf(at.key).contact);
    const isShown = ({ key, contact }) => at.key === key && keyOf(placeOf(key).contact) === keyOf(contact);

    /** Lays a drawn card down; on the screen where it is about what is open. */
    function lay(now, about) {
        const { cards } = placeOf(about.key);
        const name = keyOf(about.contact);
        const before = cards.get(name);
        const show = () => {
            if (about.kind !== 'form') carryOver(before?.element, now.element);
            cards.set(name, now);
            if (isShown(about)) screen.show(now.element, now.card.title);
        };
        if (!before || waitedFor.includes(about.kind) || !inHand(before.element)) return show();
        cards.set(name, { ...before, order: now.order });
        if (!isShown(about)) return undefined;
        screen.show(before.element);
        return screen.note(say('fresh'), { label: say('show'), press: show });
    }

    return { placeOf, cardOf, shown, lay, knows: (key) => memory.get(key) };
}
