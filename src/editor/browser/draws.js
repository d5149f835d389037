// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/*
 * Rows that are drawn as one choice, such as the mailbox of a list. The choice itself is stored nowhere: it sets the
 * rows, and is read from them.
 */

/** Which choice a row belongs to, by its property; undefined for most rows. */
function drawOf(form, property) {
    for (const [name, { rows }] of Object.entries(form.draws))
        for (const [choice, each] of Object.entries(rows)) if (each === property) return { name, choice };
    return undefined;
}

/** Whether a row that is drawn with others is filled in; one for a name counts as soon as it is not left out. */
function isFilled({ type, value }, { kind }) {
    if (type === 'none') return false;
    return kind === 'flag' ? value !== '' && !(type === 'bool' && value === 'false') : type === 'pick' || value !== '';
}

/** Whether rows may come from the message. */
const takesMessage = (form, node) => form.choosesFields && modeOf(form, node) !== 'rows';

/** What the rows come to: `message`, the choice of the one row that is filled in, or `several`; '' where none is. */
function drawn(form, node, name) {
    const rows = Object.entries(form.draws[name].rows).map(([choice, property]) => ({
        ...{ choice, property, field: form.fields[property], row: current(form, node, property) },
    }));
    const isRows = !takesMessage(form, node);
    if (!isRows && rows.every(({ property, row }) => isLeftOut(form, node, property, row))) return 'message';
    const [only, ...others] = rows.filter(({ row, field }) => isFilled(row, field));
    if (!only) return isRows ? '' : 'several';
    if (others.length > 0) return 'several';
    const isPlain = only.field.kind !== 'flag' || (only.row.type === 'bool' && only.row.value === 'true');
    return isPlain ? only.choice : 'several';
}

/** Whether a row shows: one that is drawn with others only where its choice leaves something to fill in. */
function showsRow(form, property) {
    const draw = drawOf(form, property);
    if (!draw) return true;
    const choice = $(`#missive-draw-${draw.name}`).val();
    return choice === 'several' || (choice === draw.choice && form.fields[property].kind !== 'flag');
}

/** Sets the rows as a choice says. */
function setRows(form, name, choice) {
    if (choice === 'several') return;
    for (const [each, property] of Object.entries(form.draws[name].rows)) {
        const typed = box(form, property);
        const { kind } = form.fields[property];
        const isMine = each === choice;
        const wanted = choice === 'message' ? 'msg' : !isMine ? 'none' : kind === 'flag' ? 'bool' : 'pick';
        typed.typedInput('type', wanted);
        if (wanted === 'msg') typed.typedInput('value', `payload.${keyOf(form, property)}`);
        if (wanted === 'bool') typed.typedInput('value', 'true');
    }
}

/** Shows each choice as its rows are, and lets it set them. */
function prepareDraws(form, node) {
    for (const name of Object.keys(form.draws))
        $(`#missive-draw-${name}`).on('change', function () {
            setRows(form, name, this.value);
            show(form, node);
        });
    showDraws(form, node);
}

/** The choice as the rows are; “as the message says” only where rows come from the message. */
function showDraws(form, node) {
    for (const name of Object.keys(form.draws)) {
        const select = $(`#missive-draw-${name}`);
        select.children('[value="message"]').toggle(takesMessage(form, node));
        select.val(drawn(form, node, name));
    }
}
