// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The menu of + add a field: what the form does not show yet, in groups, with a search and what each is for. */

/** What can be added, in its groups: title → properties. */
function addable(form, node) {
    const groups = new Map([[undefined, []], ...(form.sections ?? []).map((section) => [section, []])]);
    for (const [property, { section }] of Object.entries(form.fields)) {
        if (!applies(form, node, property) || drawOf(form, property) || isInSight(form, node, property)) continue;
        groups.get(section).push(property);
    }
    return [...groups].filter(([, properties]) => properties.length > 0);
}

function prepareAdding(form, node) {
    const button = $(`.missive-form[data-type="${form.type}"] .missive-add`);
    let menu;
    const close = () => {
        if (!menu) return;
        menu.remove();
        menu = undefined;
        button.attr('aria-expanded', 'false');
        $(document).off('mousedown.missiveAdd');
    };
    const pick = (property) => {
        close();
        addRow(form, node, property);
    };
    button.on('click', (event) => {
        event.preventDefault();
        if (menu) return close();
        menu = addingMenu(form, node, pick, close);
        putBeside(menu, button[0], { width: 460, height: 420 });
        button.attr('aria-expanded', 'true');
        menu.find('input').trigger('focus');
        $(document).on('mousedown.missiveAdd', ({ target }) => {
            if (!$(target).closest(menu).length && !$(target).closest(button).length) close();
        });
        return undefined;
    });
    form.endings.push(close);
}

function addingMenu(form, node, pick, close) {
    const menu = $('<div class="missive-floating missive-adding-menu"></div>').appendTo(document.body);
    const search = $(
        '<input type="text" class="missive-search-field" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true">',
    )
        .attr({ placeholder: ours('word.searchField'), 'aria-label': ours('word.searchField') })
        .appendTo(menu);
    const list = $('<ul role="listbox"></ul>').appendTo(menu);
    let marked = 0;
    const items = () => list.children('[role="option"]');
    const mark = (place) => {
        marked = Math.max(0, Math.min(place, items().length - 1));
        items()
            .removeClass('missive-marked')
            .eq(marked)
            .addClass('missive-marked')[0]
            ?.scrollIntoView?.({ block: 'nearest' });
    };
    const draw = () => {
        list.empty();
        const words = wordsIn(search.val());
        for (const [section, properties] of addable(form, node)) {
            const fitting = properties.filter((property) => fitsField(form, node, property, words));
            if (fitting.length === 0) continue;
            const title = section === undefined ? ours('word.fieldsOther') : node._(`section.${section}`);
            $('<li class="missive-field-group" role="presentation"></li>').text(title).appendTo(list);
            for (const property of fitting) fieldItem(form, node, property, pick).appendTo(list);
        }
        if (items().length === 0)
            $('<li class="missive-field-none" role="presentation"></li>').text(ours('word.noField')).appendTo(list);
        mark(0);
    };
    search.on('input', draw).on('keydown', (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) mark(marked + step);
        else if (event.key === 'Enter') items().eq(marked).trigger('click');
        // Node-RED would close the whole dialog.
        else if (event.key === 'Escape') close();
        else if (event.key === 'Tab') return close();
        else return undefined;
        event.preventDefault();
        event.stopPropagation();
        return undefined;
    });
    draw();
    return menu;
}

/** A field is found by what people call it, by what it is for, and by the API's name. */
function fitsField(form, node, property, words) {
    const text = [labelOf(form, node, property), helpOf(form, node, property), keyOf(form, property)]
        .join('\n')
        .toLowerCase();
    return words.every((word) => text.includes(word));
}

const helpOf = (form, node, property) => {
    const { quiet, word = property } = form.fields[property];
    return quiet ? '' : node._(`hint.${word}`);
};

function fieldItem(form, node, property, pick) {
    const item = $('<li class="missive-field" role="option" tabindex="-1"></li>')
        .attr('data-field', property)
        .on('click', () => pick(property));
    const head = $('<div class="missive-field-head"></div>').appendTo(item);
    $('<i></i>').addClass(`fa fa-${form.fields[property].icon}`).appendTo(head);
    $('<span></span>')
        .text(labelOf(form, node, property))
        .appendTo(head);
    $('<code></code>').text(keyOf(form, property)).appendTo(head);
    // The first sentence; the rest is behind the row's question mark.
    const [help] = /^.*?[.!?](?=\s|$)/.exec(helpOf(form, node, property)) ?? [helpOf(form, node, property)];
    if (help) $('<small class="missive-field-help"></small>').text(help).appendTo(item);
    return item;
}
