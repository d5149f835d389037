// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The menu of a picker: what fits the text that was typed. */

/** More entries than this are not drawn: who has so many types a few letters. */
const mostShown = 100;
let menusMade = 0;

/** Whether an entry has all words, anywhere. */
function fitsWords({ id, name, short, email, within, sought }, words) {
    const text = [id, name, short, email, within, sought].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
}

const wordsIn = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/**
 * Makes the menu below a picker's box, `input`. `offer()` gives what there is to choose from: `entries` (undefined: not
 * known yet), `error`, the ids that are `chosen`, and those that are `hidden`. `pick` gets the id that was chosen.
 */
function makeMenu(picker, input, { label, say, offer, pick }) {
    const menuId = `missive-picker-${++menusMade}`;
    const menu = $('<ul class="missive-picker-menu" role="listbox"></ul>').attr({ id: menuId, 'aria-label': label });
    let marked = -1;
    let shown = [];
    input.attr({ 'aria-expanded': 'false', 'aria-controls': menuId, 'aria-autocomplete': 'list' });

    const isOpen = () => menu.is(':visible');

    function open() {
        menu.appendTo(document.body).show();
        input.attr('aria-expanded', 'true');
        marked = -1;
    }

    function close() {
        menu.detach();
        input.attr({ 'aria-expanded': 'false' }).removeAttr('aria-activedescendant');
    }

    function draw() {
        if (!isOpen()) return;
        menu.empty();
        const words = wordsIn(input.val());
        const { entries, error, chosen, hidden } = offer();
        const all = (entries ?? []).filter((entry) => !hidden.includes(entry.id) && fitsWords(entry, words));
        shown = all.slice(0, mostShown);
        if (marked >= shown.length) marked = shown.length - 1;
        if (marked < 0 && words.length > 0 && shown.length > 0) marked = 0;
        for (const [number, entry] of shown.entries()) {
            const item = $('<li role="option"></li>')
                .attr({ id: `${menuId}-${number}`, 'aria-selected': String(chosen.includes(entry.id)) })
                .toggleClass('missive-marked', number === marked)
                .on('mousedown', (event) => {
                    event.preventDefault();
                    pick(entry.id);
                })
                .appendTo(menu);
            $('<span></span>').text(entry.name).appendTo(item);
            const more = [entry.email, entry.within].filter((text) => text && text !== entry.name).join(' · ');
            if (more) $('<small></small>').text(more).appendTo(item);
        }
        const note = error ?? noteFor(entries, all.length, words);
        if (note) $('<li class="missive-note" role="presentation"></li>').text(note).appendTo(menu);
        if (marked >= 0) {
            input.attr('aria-activedescendant', `${menuId}-${marked}`);
            menu.children()[marked]?.scrollIntoView?.({ block: 'nearest' });
        } else input.removeAttr('aria-activedescendant');
        put();
    }

    function noteFor(entries, count, words) {
        if (!entries) return say('loading');
        if (count > shown.length) return say('more', { number: count - shown.length });
        if (count > 0) return undefined;
        return words.length > 0 ? say('nothing', { text: input.val().trim() }) : say('empty');
    }

    /** Below the box, or above it where there is no room. */
    function put() {
        const { left, top, bottom, width } = picker[0].getBoundingClientRect();
        const below = window.innerHeight - bottom - 8;
        const goesUp = below < 160 && top > below;
        menu.css({
            left,
            width,
            maxHeight: Math.min(300, goesUp ? top - 8 : below),
            ...(goesUp ? { top: 'auto', bottom: window.innerHeight - top + 2 } : { top: bottom + 2, bottom: 'auto' }),
        });
    }

    return {
        isOpen,
        open,
        close,
        draw,
        /** The entry that Enter would take. */
        marked: () => shown[marked],
        /** Marks none: other text was typed. */
        unmark() {
            marked = -1;
        },
        move(step) {
            marked = (marked + step + shown.length) % Math.max(1, shown.length);
            draw();
        },
    };
}
