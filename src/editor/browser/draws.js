// biome-ignore-all lint/correctness/noUnusedVariables: the html that holds this text uses them.

/*
 * Rows that are drawn as one choice, such as the mailbox of a list. The choice itself is stored nowhere: it sets the
 * rows, and is read from them. The build writes this text into each node's html, below `draws`.
 */

/** Which choice a row belongs to, by its property; undefined for most rows. */
function drawOf(property) {
    for (const [name, { rows }] of Object.entries(draws))
        for (const [choice, each] of Object.entries(rows)) if (each === property) return { name, choice };
    return undefined;
}

/** Whether a row that is drawn with others is filled in; one for a name counts as soon as it is not left out. */
function isFilled({ type, value }, { kind }) {
    if (type === 'none') return false;
    return kind === 'flag' ? value !== '' && !(type === 'bool' && value === 'false') : type === 'pick' || value !== '';
}

/** What the rows come to: `message`, the choice of the one row that is filled in, or `several`. */
function drawn(node, name) {
    const rows = Object.entries(draws[name].rows).map(([choice, property]) => ({
        ...{ choice, field: fields[property], row: current(node, property) },
    }));
    if (rows.every(({ row, field }) => isDefault(row, field))) return 'message';
    const [only, ...others] = rows.filter(({ row, field }) => isFilled(row, field));
    if (!only || others.length > 0) return 'several';
    const isPlain = only.field.kind !== 'flag' || (only.row.type === 'bool' && only.row.value === 'true');
    return isPlain ? only.choice : 'several';
}

/** Whether a row shows: one that is drawn with others only where its choice leaves something to fill in. */
function showsRow(property) {
    const draw = drawOf(property);
    if (!draw) return true;
    const choice = $(`#missive-draw-${draw.name}`).val();
    return choice === 'several' || (choice === draw.choice && fields[property].kind !== 'flag');
}

/** Sets the rows as a choice says. */
function setRows(name, choice) {
    if (choice === 'several') return;
    for (const [each, property] of Object.entries(draws[name].rows)) {
        const typed = box(property);
        const { key, kind } = fields[property];
        const isMine = each === choice;
        const wanted = choice === 'message' ? 'msg' : !isMine ? 'none' : kind === 'flag' ? 'bool' : 'pick';
        typed.typedInput('type', wanted);
        if (wanted === 'msg') typed.typedInput('value', `payload.${key}`);
        if (wanted === 'bool') typed.typedInput('value', 'true');
    }
}

/** Shows each choice as its rows are, and lets it set them. */
function prepareDraws(node) {
    for (const name of Object.keys(draws))
        $(`#missive-draw-${name}`)
            .val(drawn(node, name))
            .on('change', function () {
                setRows(name, this.value);
                show(node);
            });
}

/** A choice belongs to one kind of things alone. */
function showDraws(node) {
    for (const [name, { of }] of Object.entries(draws))
        $(`#missive-draw-${name}`)
            .closest('.form-row')
            .toggle(resourceOf(node) === of);
}
