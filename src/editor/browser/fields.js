// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* A field in the open dialog: a TypedInput that is stored as two properties. */

function prepareField(form, node, property) {
    const field = form.fields[property];
    let { type, value } = stored(form, node, property);
    if (type === 'none' && isKeptInSight(form, node, property)) type = blankTypeOf(field);
    // Types with a menu of values show their first entry for a blank: a row that was left out would be filled in.
    if (value === '' && (type === 'bool' || (type === 'str' && field.choices))) type = 'none';
    const menu = menuOf(form, node, property, type === 'str' ? value : '');
    if (!menu.some((each) => nameOf(each) === type)) menu.push(type);
    box(form, property).val(field.kind === 'long' && type === 'str' ? value.replace(/\r?\n/g, '↵') : value);
    box(form, `${property}Type`).val(type);
    box(form, property).typedInput({ types: menu, typeField: `#${form.prefix}-${property}Type` });
    // What is wrong must show while the user types: a sentence that vanishes on leaving the box would move the next click's target.
    const typed = () => box(form, property).val(box(form, property).typedInput('value')).trigger('keyup');
    const container = box(form, property).next('.red-ui-typedInput-container');
    const inner = container.find('.red-ui-typedInput-input');
    const sample = sampleOf(form, node, property);
    inner.attr('aria-label', labelOf(form, node, property)).on('input', typed);
    const showType = (chosen) => {
        container.toggleClass('missive-picking', chosen === 'pick' && Boolean(field.list));
        const isId = chosen === 'pick' && !field.list;
        inner.attr('placeholder', chosen === 'str' || chosen === 'num' ? sample : isId ? ours('word.pasteId') : '');
    };
    showType(type);
    let before = type;
    box(form, property).on('typedinputtypechange', (_event, chosen) => {
        showType(chosen);
        // A list that comes late must not write an id over a path.
        if (chosen !== 'pick') form.pickers.get(property)?.end();
        swapPath(form, property, before, chosen);
        before = chosen;
    });
    $(`label[for="${form.prefix}-${property}"]`).on('click', () => focusField(form, property));
}

/** What stands in a blank box that is filled in by hand. */
function sampleOf(form, node, property) {
    const { kind, sample, placeholder, word = property } = form.fields[property];
    if (placeholder) return node._(`placeholder.${word}`);
    return sample ?? (kind === 'moment' ? ours('word.sampleMoment') : '');
}

function focusField(form, property) {
    const own = rowOf(form, property).find('.missive-picker-input:visible');
    if (own.length > 0) own.trigger('focus');
    else box(form, property).typedInput('focus');
}

const isFlowType = (type) => ['msg', 'flow', 'global', 'jsonata', 'env'].includes(type);

/** Node-RED carries what is in the box over to the new type: a path in the payload would become a title. */
function swapPath(form, property, before, chosen) {
    const path = `payload.${keyOf(form, property)}`;
    const value = box(form, property).typedInput('value');
    const isPath = value === path || value === form.fields[property].event || (isFlowType(before) && chosen === 'pick');
    if (['str', 'num', 'json', 'pick', 'env'].includes(chosen) && isPath) box(form, property).typedInput('value', '');
    const isPicked = form.fields[property].list && idsIn(value, true).every(isMissiveId);
    if (chosen === 'msg' && (value === '' || isPicked)) box(form, property).typedInput('value', path);
}

const rowOf = (form, property) => $(`.missive-form[data-type="${form.type}"] .form-row[data-row="${property}"]`);

/** Sets a row as the menus would. */
function setField(form, property, { type, value }) {
    box(form, property).typedInput('type', type);
    box(form, property).typedInput('value', value);
    box(form, property).trigger('change');
}
