import { keyOf } from './contacts.js';
import { el, says } from './element.js';

const mostTabs = 5;

/** The frame around the card: who it is about, sentences, and the place of the card. */
export function screen(root, say) {
    const people = el('div', { class: 'people' });
    const notes = el('div', { class: 'notes', role: 'status' });
    const place = el('div', { class: 'place', id: 'card' });
    const heard = el('p', { class: 'unseen', role: 'status' });
    root.replaceChildren(people, notes, place, heard);

    const button = (label, press) =>
        el('button', { type: 'button', class: 'button button-secondary', onclick: press }, label);

    /** A sentence in place of a card, with a button where there is something to press. */
    function sentence(text, { label, press, quiet = false } = {}) {
        const role = quiet ? 'status' : 'alert';
        const box = el('div', { class: 'sentence text-c', role }, el('p', {}, text), label && button(label, press));
        place.removeAttribute('aria-busy');
        place.replaceChildren(box);
    }

    function loading() {
        place.setAttribute('aria-busy', 'true');
        const bars = [1, 2, 3].map(() => el('i', { class: 'bar' }));
        place.replaceChildren(
            el('div', { class: 'loading', role: 'status' }, el('p', { class: 'unseen' }, say('loading')), bars),
        );
    }

    /** A sentence above the card, which stays. */
    function note(text, { label, press } = {}) {
        const go = () => {
            quiet();
            press();
        };
        notes.replaceChildren(el('div', { class: 'note' }, says('p', {}, text), label && button(label, go)));
    }

    /** What stands above everything, and stays. */
    function above(text, badge) {
        const label = el('span', { class: 'badge warning' }, badge);
        root.prepend(el('div', { class: 'note above' }, el('p', {}, text), label));
    }

    const quiet = () => notes.replaceChildren();

    /** The card, in place of whatever was there; who had the focus in it keeps it. */
    function show(card, title) {
        const before = document.activeElement;
        const inside = place.contains(before) && before !== document.body;
        const action = before?.dataset?.action;
        place.removeAttribute('aria-busy');
        if (place.firstElementChild === card) return;
        place.replaceChildren(card);
        heard.textContent = title ? say('drawn', { what: title }) : '';
        if (!inside) return;
        const same = [...card.querySelectorAll('[data-action]')].find((each) => each.dataset.action === action);
        if (same) same.focus();
        else {
            card.tabIndex = -1;
            card.focus();
        }
    }

    const nameOf = ({ name, address, phone_number }) => name || address || phone_number;

    function tabs(contacts, chosen, pick) {
        const step = (event) => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (!by) return;
            event.preventDefault();
            const at = contacts.findIndex((each) => keyOf(each) === keyOf(chosen));
            pick(contacts[(at + by + contacts.length) % contacts.length]);
            people.querySelector('[aria-selected="true"]')?.focus();
        };
        return el(
            'div',
            { class: 'tabs', role: 'tablist', 'aria-label': say('people'), onkeydown: step },
            contacts.map((each) => {
                const on = keyOf(each) === keyOf(chosen);
                const about = {
                    ...{ type: 'button', role: 'tab', class: `tab ${on ? 'tab--selected' : ''}` },
                    ...{ 'aria-selected': String(on), 'aria-controls': 'card', tabindex: on ? '0' : '-1' },
                    ...{ title: each.address ?? each.phone_number, onclick: () => pick(each) },
                };
                return says('button', about, nameOf(each));
            }),
        );
    }

    function menu(contacts, chosen, pick) {
        const control = el(
            'select',
            { 'aria-label': say('people'), dir: 'auto', onchange: () => pick(contacts[control.selectedIndex]) },
            contacts.map((each) => el('option', { selected: keyOf(each) === keyOf(chosen) }, nameOf(each))),
        );
        return control;
    }

    /** Whom the card is about, where there are several to choose from. */
    function choose(contacts, chosen, pick) {
        const several = (contacts?.length ?? 0) > 1;
        const draw = several && (contacts.length > mostTabs ? menu : tabs);
        people.replaceChildren(...(draw ? [draw(contacts, chosen, pick)] : []));
        const tabbed = several && contacts.length <= mostTabs;
        if (tabbed) place.setAttribute('role', 'tabpanel');
        else place.removeAttribute('role');
    }

    return { sentence, loading, note, above, quiet, show, choose, busy: () => place.setAttribute('aria-busy', 'true') };
}
