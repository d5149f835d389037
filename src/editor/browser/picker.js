// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* A box in which things of Missive are picked by name: search as you type, or type an id. */

/** Milliseconds without a key before Missive is asked. */
const searchPause = 350;

/**
 * Fills an element with a picker. `place()` says which account is asked (undefined: none yet), `resource` which list,
 * `say` gives its words, `label` names it to a screen reader, `change` gets each new value: an id, or ids with commas.
 */
function makePicker(host, { value, several, resource, place, say, label, change }) {
    let chosen = idsIn(value, several);
    /** As it is stored, until somebody changes it. */
    let text = String(value ?? '');
    /** What was typed before the names were there: it is looked up when they come. */
    const early = new Set();
    let state = {};
    let ended = false;
    const picker = $('<div class="missive-picker"></div>').appendTo(host);
    const chips = $('<span class="missive-chips"></span>').appendTo(picker);
    const input = $('<input type="text" class="missive-picker-input" role="combobox" autocomplete="off">')
        .attr('aria-label', label)
        .appendTo(picker);
    const again = $('<button type="button" class="missive-picker-refresh"><i class="fa fa-refresh"></i></button>')
        .attr({ title: say('refresh'), 'aria-label': say('refresh') })
        .appendTo(picker);
    const menu = makeMenu(picker, input, {
        ...{ label, say, pick },
        offer: () => ({ entries: entries(), error: state.error, chosen, hidden: several ? chosen : [] }),
    });

    /** What a search has found besides the newest. */
    const found = new Map();
    let searching;
    const listed = () => state.entries ?? knownList(place(), resource);
    const entries = () => {
        const known = listed();
        if (found.size === 0) return known;
        return [...(known ?? []).filter(({ id }) => !found.has(id)), ...found.values()];
    };

    /** Looks in Missive for what no list here has, once nobody has typed for a moment. */
    function search() {
        clearTimeout(searching);
        const typed = input.val().trim();
        const from = place();
        if (!isSearched(resource) || !from || typed.length < 2) return;
        searching = setTimeout(async () => {
            picker.addClass('missive-loading');
            const { entries: older = [] } = await loadList(from, resource, false, typed);
            if (ended) return;
            picker.removeClass('missive-loading');
            for (const entry of older) {
                const sought = [found.get(entry.id)?.sought, typed].filter(Boolean).join('\n');
                found.set(entry.id, { ...entry, sought });
            }
            draw();
        }, searchPause);
    }

    function load(refresh) {
        const from = place();
        if (!from) {
            state = { error: say('noAccount') };
            return draw();
        }
        const loading = loadList(from, resource, refresh);
        state = { entries: knownList(from, resource), loading: true };
        picker.addClass('missive-loading');
        draw();
        loading.then((result) => {
            if (ended) return;
            picker.removeClass('missive-loading');
            state = { entries: result.entries, error: result.error };
            if (state.entries) {
                set(chosen.map((each) => (early.has(each) ? idFor(each) : each)));
                early.clear();
            }
            // The check of the row knows now what is gone.
            change(text);
            draw();
        });
    }

    function set(ids) {
        const next = [...new Set(ids)].slice(several ? 0 : -1);
        if (next.join() === chosen.join()) return;
        chosen = next;
        text = chosen.join(',');
        change(text);
    }

    /** What somebody means who types this: a whole name, the only one that is left, or the text as it stands. */
    function idFor(typed) {
        const known = entries() ?? [];
        const found = entryFor(known, typed);
        if (found) return found.id;
        const left = known.filter((entry) => fitsWords(entry, wordsIn(typed)));
        return left.length === 1 && !isMissiveId(typed) ? left[0].id : typed;
    }

    function draw() {
        chips.empty();
        for (const text of chosen) chip(text).appendTo(chips);
        input.attr('placeholder', chosen.length === 0 ? say('search') : '');
        menu.draw();
    }

    function chip(text) {
        const found = entries() && entryFor(entries(), text);
        // An environment variable is filled in when the flow starts.
        const isGone = entries() && !found && !isSearched(resource) && !/^\$\{[^}]+\}$/.test(text);
        const name = found ? found.name : text;
        const shownName = !found && isMissiveId(text) ? `${text.slice(0, 8)}…` : name;
        const made = $('<span class="missive-chip"></span>')
            .attr('title', [name, found?.email, found?.within, found?.id].filter(Boolean).join('\n'))
            .toggleClass('missive-gone', Boolean(isGone));
        $('<span></span>').text(shownName).appendTo(made);
        if (isGone) $('<em></em>').text(say('gone')).appendTo(made);
        $('<button type="button"><i class="fa fa-times"></i></button>')
            .attr('aria-label', say('remove', { name }))
            .on('click', () => {
                set(chosen.filter((each) => each !== text));
                draw();
                input.trigger('focus');
            })
            .appendTo(made);
        return made;
    }

    function open() {
        if (menu.isOpen()) return;
        menu.open();
        load(false);
    }

    function pick(id) {
        input.val('');
        set(several ? [...chosen, id] : [id]);
        if (!several) menu.close();
        menu.unmark();
        draw();
    }

    /** Takes what was typed. */
    function take() {
        const typed = input.val().trim();
        if (typed === '') return;
        input.val('');
        const known = entries();
        const parts = known && entryFor(known, typed) ? [typed] : idsIn(typed, several);
        if (!known) for (const part of parts) early.add(part);
        const ids = parts.map(idFor);
        set(several ? [...chosen, ...ids] : ids);
        draw();
    }

    input
        .on('focus', () => host.closest('.red-ui-typedInput-container').addClass('red-ui-typedInput-focus'))
        .on('click', open)
        .on('input', () => {
            open();
            menu.unmark();
            menu.draw();
            search();
        })
        .on('blur', () => {
            host.closest('.red-ui-typedInput-container').removeClass('red-ui-typedInput-focus');
            take();
            menu.close();
        })
        .on('keydown', (event) => {
            const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            const isOpen = menu.isOpen();
            if (move) {
                event.preventDefault();
                if (!isOpen) return open();
                menu.move(move);
            } else if (event.key === 'Enter' && (isOpen || input.val() !== '')) {
                event.preventDefault();
                if (isOpen && menu.marked()) pick(menu.marked().id);
                else take();
            } else if (event.key === 'Escape' && isOpen) {
                // Node-RED would close the whole dialog.
                event.preventDefault();
                input.val('');
                menu.close();
            } else if (event.key === 'Backspace' && input.val() === '' && chosen.length > 0) {
                set(chosen.slice(0, -1));
                draw();
            } else return undefined;
            event.stopPropagation();
            return undefined;
        });
    picker.on('mousedown', (event) => {
        if (event.target !== picker[0] && event.target !== chips[0]) return;
        event.preventDefault();
        input.trigger('focus');
        open();
    });
    again.on('mousedown', (event) => event.preventDefault()).on('click', () => load(true));

    draw();
    if (chosen.length > 0) load(false);
    return {
        /** Another account was chosen. */
        reload() {
            state = {};
            found.clear();
            if (chosen.length > 0) load(false);
            else draw();
        },
        focus: () => input.trigger('focus'),
        /** The box is gone, or holds another picker: nothing is written into it any more. */
        end() {
            ended = true;
            clearTimeout(searching);
            menu.close();
        },
    };
}
