import { quoted } from './paths.js';
import { calledOf, lineOf, mayWrite } from './samples.js';
import { drawTree } from './tree.js';

/* The panel beside a row: one message as a tree, which one, and a search. */

let shut = () => {};

/** Closes the panel that is open, if any. */
export const closePanel = () => shut();

/** Opens it beside a button; `pick(keys)` is called with the way to what was picked, `changed` when another message was chosen. */
export function openPanel(button, samples, { say, pick, changed, putBeside }) {
    shut();
    const panel = $('<div class="missive-floating missive-pick-panel" role="dialog"></div>').attr(
        'aria-label',
        say('title'),
    );
    const close = (toButton = false) => {
        panel.remove();
        $(document).off('mousedown.missivePick');
        button.setAttribute('aria-expanded', 'false');
        shut = () => {};
        if (toButton) button.focus();
    };
    shut = close;
    const head = $('<div class="missive-pick-head"></div>').appendTo(panel);
    const choice = $('<select class="missive-pick-source"></select>').attr('aria-label', say('source')).appendTo(head);
    const again = $('<button type="button" class="red-ui-button red-ui-button-small missive-pick-reload"></button>')
        .attr({ title: say('reload'), 'aria-label': say('reload') })
        .append('<i class="fa fa-refresh"></i>')
        .appendTo(head);
    const search = $('<input type="text" class="missive-pick-search" autocomplete="off" spellcheck="false">')
        .attr({ placeholder: say('search'), 'aria-label': say('search') })
        .appendTo(panel);
    const note = $('<p class="missive-pick-note"></p>').appendTo(panel);
    const place = $('<div class="missive-pick-tree"></div>').appendTo(panel);
    let tree;

    const draw = () => {
        choice.empty();
        for (const [number, each] of samples.all().entries())
            $('<option></option>').val(number).text(lineOf(each, say)).appendTo(choice);
        const sample = samples.chosen();
        note.text(noteOf(sample, samples, say));
        choice.add(search).toggle(Boolean(sample));
        tree = undefined;
        place.empty();
        if (!sample) return;
        choice.val(samples.all().indexOf(sample));
        const taken = (keys) => {
            close();
            pick(keys);
        };
        tree = drawTree(place, sample.msg, { pick: taken, label: say('title'), whole: say('whole') });
        if (search.val()) tree.search(search.val());
    };
    choice.on('change', () => {
        samples.choose(samples.all()[choice.val()]);
        draw();
        changed();
    });
    again.on('click', () =>
        samples
            .load()
            .then(draw, (error) => note.text(error.message))
            .then(changed),
    );
    search.on('input', () => tree?.search(search.val()));
    panel.on('keydown', (event) => {
        // Node-RED would close the whole dialog.
        if (event.key === 'Escape') close(true);
        else if (event.key === 'ArrowDown' && event.target === search[0]) tree?.focus();
        else if (event.key === 'Enter' && event.target === search[0]) tree?.first();
        else return event.key === 'Tab' ? keepInside(panel, event) : event.stopPropagation();
        event.preventDefault();
        event.stopPropagation();
        return undefined;
    });
    draw();
    panel.appendTo(document.body);
    putBeside(panel, button, { width: 520, height: 480, toRight: true });
    button.setAttribute('aria-expanded', 'true');
    if (samples.chosen()) search.trigger('focus');
    else again.trigger('focus');
    $(document).on('mousedown.missivePick', ({ target }) => {
        if (!$(target).closest(panel).length && !$(target).closest(button).length) close();
    });
}

/** What has to be said of a message: that it is made up or cut, what stands between, that there is none. */
function noteOf(sample, samples, say) {
    if (!sample) return say(samples.sources.length > 0 ? 'none' : 'noSource');
    const between = samples.between(sample).map(({ id }) => quoted(calledOf(id)));
    return [
        sample.kind === 'example' && say(mayWrite() ? 'example' : 'exampleOnly'),
        between.length > 0 && say('between', { nodes: between.join(', ') }),
        sample.cut && say('cut'),
    ]
        .filter(Boolean)
        .join(' ');
}

/** Tab goes round in the panel. */
function keepInside(panel, event) {
    const all = panel.find(
        'select:visible, button:visible:not([tabindex="-1"]), input:visible, [role="treeitem"][tabindex="0"]',
    );
    const step = event.shiftKey ? -1 : 1;
    const next = (all.index(event.target) + step + all.length) % all.length;
    event.preventDefault();
    event.stopPropagation();
    all.eq(next).trigger('focus');
}
