// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The dialog of a node: filled when it is opened, judged while it is open, stored when it is closed. */

/** Fills the dialog. */
function open(form, node) {
    form.edited = node;
    form.added = new Set();
    form.endings = [];
    const fields = Object.keys(form.fields);
    // A flow file may leave a choice out, or name one of another release: a select without a value would save none.
    for (const [property, { draw, choices }] of Object.entries(form.rows))
        if (draw === 'select' && !choices.includes(node[property])) box(form, property).val(choices[0]);
    if (form.choosesFields) box(form, 'fields').val(node.fields === 'rows' ? 'rows' : 'payload');
    // Node-RED takes a blank secret for a change unless it knows that there was none.
    for (const [property, { draw }] of Object.entries(form.rows))
        if (draw === 'secret' && node.credentials) node.credentials[`has_${property}`] ??= false;
    for (const property of fields) prepareField(form, node, property);
    for (const property of fields) if (isSet(stored(form, node, property))) form.added.add(property);
    preparePickers(form, node);
    prepareButtons(form, node);
    for (const property of fields) if (form.fields[property].kind === 'long') preparePreview(form, property);
    prepareDraws(form, node);
    if (form.choosesFields) {
        arrange(form, node);
        prepareAdding(form, node);
        form.mode = modeOf(form, node);
        box(form, 'fields').on('change', () => {
            // Node-RED says so of every box once the dialog is filled: rows that are "not set" must stay so.
            const mode = modeOf(form, node);
            if (form.opened && mode !== form.mode) switchMode(form, node);
            form.mode = mode;
            showDraws(form, node);
            show(form, node);
        });
    }
    form.special?.open?.(form, node);
    form.opened = shown(form, node);
    show(form, node);
    $('.missive-section').each(function () {
        const here = sectionState(form, node, this.dataset.section);
        this.open = here.set > 0 || here.wrong;
    });
    box(form, 'account').on('change', () => {
        for (const each of form.pickers.values()) each.reload();
    });
    // Another kind (`resource`) has other rows; Node-RED itself judges all of them anew.
    for (const property of ['account', ...Object.keys(form.rows)])
        box(form, property).on('change keyup paste', () => show(form, node));
    box(form, 'resource').on('change', () => arrangeAgain(form, node));
    chooseInDialog(form, node);
    preparePicking(form, node);
    offerPractice(form);
}

function arrangeAgain(form, node) {
    for (const property of Object.keys(form.fields)) {
        const { type, value } = current(form, node, property);
        if (type === 'none' && isKeptInSight(form, node, property) && value === '')
            setField(form, property, startOf(form, node, property));
    }
    if (form.choosesFields) arrange(form, node);
    show(form, node);
}

/** Boxes of one line that are pickers: they hold ids, names, or what was typed. */
function preparePickers(form, node) {
    for (const [property, { draw, list, several = false }] of Object.entries(form.rows)) {
        if (draw !== 'picker') continue;
        form.pickers.set(
            property,
            makePicker($(`.missive-own-picker[data-own="${property}"]`), {
                value: box(form, property).val(),
                several,
                resource: list,
                place: () => form.special?.place?.(form, node) ?? placeOf(box(form, 'account').val()),
                say: (word, more) => ours(`word.${word}`, more),
                label: node._(`field.${property}`),
                change: (text) => box(form, property).val(text).trigger('change'),
            }),
        );
        $(`label[for="${form.prefix}-${property}"]`).on('click', () => form.pickers.get(property).focus());
    }
}

function prepareButtons(form, node) {
    for (const property of Object.keys(form.rows)) {
        const row = rowOf(form, property);
        row.find('.missive-off').on('click', () => takeOff(form, node, property));
        row.find('.missive-why').on('click', function () {
            const hint = row.children('.missive-hint');
            hint.prop('hidden', !hint.prop('hidden'));
            $(this).attr('aria-expanded', String(!hint.prop('hidden')));
        });
    }
}

function sectionState(form, node, section) {
    const rows = Object.keys(form.rows).filter((property) => form.rows[property].section === section);
    const fields = rows
        .filter((property) => form.fields[property] && isInSight(form, node, property))
        .map((property) => [property, current(form, node, property)]);
    const plain = rows.filter((property) => !form.fields[property] && isShown(form, node, property));
    const changed = fields.filter(([property, row]) => !isLeftOut(form, node, property, row) && isSet(row));
    const changedPlain = plain.filter((property) => !isInitial(form, node, property));
    return {
        rows: fields.length + plain.length,
        set: changed.length + changedPlain.length,
        wrong:
            fields.some(([property, row]) => problem(form, node, property, row)) ||
            plain.some((property) => plainProblem(form, node, property, box(form, property).val())),
    };
}

/** Whether a row of one box is as a new node has it, or blank. */
function isInitial(form, node, property) {
    const { draw, choices } = form.rows[property];
    const value = box(form, property);
    if (draw === 'check') return !value.prop('checked');
    if (draw === 'select') return value.val() === choices[0];
    const initial = node._def?.defaults?.[property]?.value;
    return draw === 'own' || !value.val() || value.val() === String(initial);
}

/** Writes what is wrong below each row, and beside each closed section how much is set in it. */
function show(form, node) {
    if (form.edited !== node) return;
    const says = (property, text) => $(`#missive-wrong-${property}`).text(text ?? '');
    if (form.account === 'required') says('account', accountProblem(box(form, 'account').val()));
    for (const property of Object.keys(form.rows)) {
        if (form.fields[property]) {
            says(property, problem(form, node, property, current(form, node, property)));
            rowOf(form, property)
                .toggle(isInSight(form, node, property))
                .toggleClass('missive-required', isRequired(form, node, property))
                .toggleClass('missive-kept', isKeptInSight(form, node, property));
        } else {
            says(property, plainProblem(form, node, property, box(form, property).val()));
            const { beside } = form.rows[property];
            const isWith = beside === undefined || isInSight(form, node, beside);
            rowOf(form, property).toggle(isWith && applies(form, node, property) && isShown(form, node, property));
        }
    }
    form.special?.show?.(form, node);
    withPicking((here) => here.show());
    const isRows = form.choosesFields && modeOf(form, node) === 'rows';
    $(`.missive-form[data-type="${form.type}"] > .missive-adding`).toggleClass(
        'missive-nothing',
        isRows && addable(form, node).length === 0,
    );
    $('.missive-section').each(function () {
        const { rows, set, wrong } = sectionState(form, node, this.dataset.section);
        this.hidden = isRows || rows === 0;
        const text = wrong ? 'word.wrong' : set === 1 ? 'word.one' : 'word.several';
        $(this)
            .find('.missive-count')
            .text(wrong || set > 0 ? ours(text, { number: set }) : '')
            .toggleClass('missive-bad', wrong);
    });
}

/** What the dialog shows, by property: of a field its type and value, else the value. */
function shown(form, node) {
    const value = (property) => {
        if (form.fields[property]) return JSON.stringify(current(form, node, property));
        const found = box(form, property);
        return form.rows[property]?.draw === 'check' ? found.prop('checked') : found.val();
    };
    const rows = Object.keys(form.rows).filter((property) => !form.rows[property].rows);
    const boxes = ['name', ...(form.choosesFields ? ['fields'] : []), ...rows];
    return Object.fromEntries(boxes.map((property) => [property, value(property)]));
}

/**
 * What nobody changed stays as it is stored, even where the dialog writes it in another way (`true` as the text "true",
 * a property that the flow file leaves out). Node-RED saves the boxes that it finds by their id: those lose it.
 */
function save(form, node) {
    if (form.edited !== node) return;
    form.special?.save?.(form, node);
    const now = shown(form, node);
    const isRows = form.choosesFields && modeOf(form, node) === 'rows';
    // Node-RED gives a new config node only those of its properties that are not blank: its boxes are all saved.
    const isNew = form.prefix === 'node-config-input' && !RED.nodes.node(node.id);
    const taken =
        form.account === 'optional' && node.account === undefined && !RED.nodes.node(box(form, 'account').val());
    if (taken) box(form, 'account').removeAttr('id');
    for (const property of Object.keys(now)) {
        const isSame = now[property] === form.opened[property];
        const isGone = isRows && form.fields[property] && !isSet(current(form, node, property)) && !isSame;
        if (isNew || !(isSame || isGone)) continue;
        box(form, property)
            .add(box(form, `${property}Type`))
            .removeAttr('id');
        if (!isGone) continue;
        delete node[property];
        delete node[`${property}Type`];
    }
    rememberAccount(form);
    close(form);
}

function close(form) {
    for (const each of form.pickers.values()) each.end();
    form.pickers.clear();
    for (const end of form.endings ?? []) end();
    form.special?.close?.(form);
    form.endings = [];
    form.edited = undefined;
    form.opened = undefined;
}
