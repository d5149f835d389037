// biome-ignore-all lint/correctness/noUnusedVariables: the html that holds this text uses them.

/*
 * The form of an operation. The build writes this text into each node's html, below `fields`, `settings`,
 * `checks.js` and `menu.js`, so that neither registering nor validating a node ever waits for another file.
 */

function prepareField(node, property) {
    const field = fields[property];
    let { type, value } = stored(node, property);
    // Types with a menu of values show their first entry for a blank: a row that was left out would be filled in.
    if (value === '' && (type === 'bool' || (type === 'str' && field.choices))) type = 'none';
    const menu = types[field.kind].map((name) => menuType(node, name, field, type === 'str' ? value : ''));
    if (!menu.some((each) => nameOf(each) === type)) menu.push(type);
    box(property).val(field.kind === 'long' && type === 'str' ? value.replace(/\r?\n/g, '↵') : value);
    box(`${property}Type`).val(type);
    box(property).typedInput({ types: menu, typeField: `#node-input-${property}Type` });
    // What is wrong must show while the user types: a sentence that vanishes on leaving the box would move the next click's target.
    const typed = () => box(property).val(box(property).typedInput('value')).trigger('keyup');
    const container = box(property).next('.red-ui-typedInput-container');
    const inner = container.find('.red-ui-typedInput-input');
    inner.attr('aria-label', labelOf(node, property)).on('input', typed);
    const showPicker = (chosen) => container.toggleClass('missive-picking', chosen === 'pick' && Boolean(field.list));
    showPicker(type);
    box(property).on('typedinputtypechange', (_event, chosen) => {
        showPicker(chosen);
        // A list that comes late must not write an id over a path.
        if (chosen !== 'pick') pickers.get(field.key)?.end();
        swapPath(property, chosen);
    });
    $(`label[for="node-input-${property}"]`).on('click', () => {
        const own = container.find('.missive-picker-input:visible');
        if (own.length > 0) own.trigger('focus');
        else box(property).typedInput('focus');
    });
}

/** Node-RED carries what is in the box over to the new type: a path in the payload would become a title. */
function swapPath(property, chosen) {
    const path = `payload.${fields[property].key}`;
    const value = box(property).typedInput('value');
    if (['str', 'num', 'json', 'pick', 'env'].includes(chosen) && value === path) box(property).typedInput('value', '');
    const isPicked = fields[property].list && idsIn(value, true).every(isMissiveId);
    if (chosen === 'msg' && (value === '' || isPicked)) box(property).typedInput('value', path);
}

/** What the dialog showed when it was opened. */
let opened;

/** Fills the dialog. */
function prepare(node) {
    edited = node;
    for (const property of Object.keys(fields)) prepareField(node, property);
    for (const [property, values] of Object.entries(settings))
        if (!values.includes(node[property])) box(property).val(values[0]);
    prepareDraws(node);
    opened = shown(node);
    show(node);
    $('.missive-section').each(function () {
        const here = sectionState(node, this.dataset.section);
        this.open = here.set > 0 || here.wrong;
    });
    box('account').on('change', () => {
        for (const each of pickers.values()) each.reload();
    });
    // Another kind (`resource`) has other rows; Node-RED itself judges all of them anew.
    for (const property of ['account', 'resource', ...Object.keys(fields)])
        box(property).on('change keyup paste', () => show(node));
}

function sectionState(node, section) {
    const rows = Object.keys(fields)
        .filter((property) => fields[property].section === section && applies(node, property))
        .map((property) => [property, current(node, property)]);
    const changed = rows.filter(([property, row]) => !isDefault(row, fields[property]));
    return {
        rows: rows.length,
        set: changed.filter(([, { type, value }]) => type === 'date' || (type !== 'none' && value !== '')).length,
        wrong: rows.some(([property, row]) => problem(node, property, row)),
    };
}

/** Writes what is wrong below each row, and beside each closed section how much is set in it. */
function show(node) {
    const account = checkedAccount.call(node, box('account').val());
    $('#missive-wrong-account').text(account === true ? '' : account);
    for (const property of Object.keys(fields)) {
        $(`#missive-wrong-${property}`).text(problem(node, property, current(node, property)) ?? '');
        if (fields[property].of)
            box(property)
                .closest('.form-row')
                .toggle(applies(node, property) && showsRow(property));
    }
    showDraws(node);
    $('.missive-section').each(function () {
        const { rows, set, wrong } = sectionState(node, this.dataset.section);
        this.hidden = rows === 0;
        const text = wrong ? 'word.wrong' : set === 1 ? 'word.one' : 'word.several';
        $(this)
            .find('.missive-count')
            .text(wrong || set > 0 ? node._(text, { number: set }) : '')
            .toggleClass('missive-bad', wrong);
    });
}

/** What the dialog shows, by property: of a field its type and value, else the value. */
const shown = (node) => ({
    name: box('name').val(),
    ...Object.fromEntries(Object.keys(settings).map((property) => [property, box(property).val()])),
    ...Object.fromEntries(Object.keys(fields).map((property) => [property, JSON.stringify(current(node, property))])),
});

/**
 * What nobody changed stays as it is stored, even where the dialog writes it in another way (`true` as the text "true",
 * a property that the flow file leaves out). Node-RED saves the boxes that it finds by their id: those lose it.
 */
function save(node) {
    const now = shown(node);
    for (const property of Object.keys(now))
        if (now[property] === opened[property])
            box(property)
                .add(box(`${property}Type`))
                .removeAttr('id');
    cancel();
}

function cancel() {
    for (const each of pickers.values()) each.end();
    pickers.clear();
    edited = undefined;
}

/** Longer than this a label makes a node unwieldy. */
const longestLabel = 40;

/** What a node is called on the canvas: its name, else what it does, with the names that are picked in it. */
function nameOnCanvas(node) {
    if (node.name) return node.name;
    const rows = Object.keys(fields).filter((property) => applies(node, property));
    const names = rows.flatMap((property) => namesIn(node, property));
    const text = names.join(', ');
    const short = text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
    return text === '' ? titleOf(node) : `${titleOf(node)}: ${short}`;
}

/** The names of what is picked in a row. The organization says little: most have only one. */
function namesIn(node, property) {
    const { kind, list } = fields[property];
    const { type, value } = stored(node, property);
    if (!list || list === 'organization' || type !== 'pick' || value === '') return [];
    const place = placeOf(node.account);
    const known = knownList(place, list);
    // A label cannot wait: the nodes are drawn again when the list has come. It asks once; a dialog may ask again.
    if (!known && place && !lists().has(listKey(place, list))) loadList(place, list);
    return idsIn(value, kind === 'picks').flatMap((text) => (known && entryFor(known, text)?.name) || []);
}
