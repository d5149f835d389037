// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/*
 * Which rows a form shows, and where. A node whose fields are filled in here shows what it needs and what is mostly
 * used, then what somebody added; one that takes them from the payload shows all, in their sections.
 */

/** Whether a row is there before anybody asks for it, ready to be filled in. */
const isKeptInSight = (form, node, property) =>
    (modeOf(form, node) === 'rows' || !(form.choosesFields || form.readsPayload)) &&
    !drawOf(form, property) &&
    (isRequired(form, node, property) || isCommon(form, node, property));

/** Whether the form shows a row. */
function isInSight(form, node, property) {
    if (!applies(form, node, property) || !isShown(form, node, property)) return false;
    if (drawOf(form, property)) return showsRow(form, property);
    if (!form.choosesFields || modeOf(form, node) === 'payload') return true;
    return isKeptInSight(form, node, property) || form.added.has(property);
}

/** The order of the rows that are filled in here: what is required, what is mostly used, the others. */
const rankOf = (form, node, property) =>
    isRequired(form, node, property) ? 0 : isCommon(form, node, property) || drawOf(form, property) ? 1 : 2;

/** Puts each row where it belongs: all together, or into its section. */
function arrange(form, node) {
    const here = $(`.missive-form[data-type="${form.type}"]`);
    const isRows = modeOf(form, node) === 'rows';
    here.toggleClass('missive-filled-here', isRows);
    const properties = Object.keys(form.fields);
    const ordered = isRows
        ? properties
              .map((each, place) => [rankOf(form, node, each), place, each])
              .sort(([a, b], [c, d]) => a - c || b - d)
        : properties.map((each) => [0, 0, each]);
    for (const [, , property] of ordered) {
        const { section } = form.fields[property];
        const place =
            isRows || !section ? here.children('.missive-rows') : here.children(`[data-section="${section}"]`);
        place.append(rowOf(form, property));
    }
    // How a body is written stands below it.
    for (const [property, { beside }] of Object.entries(form.rows))
        if (beside) rowOf(form, beside).after(rowOf(form, property));
}

/** Takes the fields from elsewhere: rows that nobody filled in are left out in the other way. */
function switchMode(form, node) {
    const mode = modeOf(form, node);
    const before = mode === 'rows' ? 'payload' : 'rows';
    form.added = new Set();
    for (const property of Object.keys(form.fields)) {
        const { type, value } = current(form, node, property);
        const old = leftOut(form, property, before);
        const isOld = (type === old.type && (type === 'none' || value === old.value)) || value === '';
        if (!isOld) form.added.add(property);
        else if (mode === 'payload') setField(form, property, leftOut(form, property, mode));
        else setField(form, property, { type: blankTypeIn(form, node, property), value: '' });
    }
    arrange(form, node);
}

/** The type of a row in which nothing is set. */
const blankTypeIn = (form, node, property) =>
    isKeptInSight(form, node, property) ? blankTypeOf(form.fields[property]) : 'none';

/** Adds a row that is not in sight yet, ready to be filled in. */
function addRow(form, node, property) {
    const { kind } = form.fields[property];
    form.added.add(property);
    setField(
        form,
        property,
        kind === 'flag' ? { type: 'bool', value: 'true' } : { type: blankTypeOf(form.fields[property]), value: '' },
    );
    show(form, node);
    rowOf(form, property)[0]?.scrollIntoView?.({ block: 'nearest' });
    focusField(form, property);
}

/** Takes a row off: it is not sent. */
function takeOff(form, node, property) {
    form.added.delete(property);
    setField(form, property, { type: blankTypeIn(form, node, property), value: '' });
    show(form, node);
    $(`.missive-form[data-type="${form.type}"] .missive-add`).trigger('focus');
}
