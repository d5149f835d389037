// biome-ignore-all lint/correctness/noUnusedVariables: the html that holds this text uses them.

/*
 * The menu of a row: where its value can come from. The build writes this text into each node's html, below `types`.
 */

/** A type of a row's menu, by its name in `types`. */
function menuType(node, name, field, value) {
    const string = { value: 'str', label: node._('word.text'), icon: 'red/images/typedInput/az.svg' };
    if (name === 'none') return { value: 'none', label: node._('word.none'), icon: 'fa fa-ban', hasValue: false };
    if (name === 'now') return { value: 'date', label: node._('word.now'), icon: 'fa fa-clock-o', hasValue: false };
    if (name === 'pick' && field.list) return pickType(node, field);
    if (name === 'pick') return { value: 'pick', label: node._('word.id'), icon: 'fa fa-hashtag' };
    if (name === 'str') return string;
    if (name === 'lines') return { ...string, export: (text) => text.replace(/↵/g, '\n'), expand: editLines };
    if (name !== 'choice') return name;
    // A value of another release stays as it is: the menu would put its first entry in the place of one it lacks.
    const options = value && !field.choices.includes(value) ? [...field.choices, value] : field.choices;
    return {
        value: 'str',
        label: node._('word.choice'),
        icon: 'fa fa-list-ul',
        options: options.map((each) => ({ value: each, label: each })),
    };
}

/** The pickers of the open dialog, by field: they ask the account that it shows. */
const pickers = new Map();

/** A type that shows names and stores ids; `this` is the TypedInput. */
const pickType = (node, field) => ({
    value: 'pick',
    label: node._('word.pick'),
    icon: 'fa fa-list-ul',
    valueLabel(container, value) {
        container.empty();
        pickers.get(field.key)?.end();
        pickers.set(
            field.key,
            makePicker(container, {
                value,
                several: field.kind === 'picks',
                resource: field.list,
                place: () => placeOf(box('account').val()),
                say: (word, more) => node._(`word.${word}`, more),
                label: node._(`field.${field.word ?? field.key}`),
                change: (text) => this.input.val(text).trigger('change'),
            }),
        );
    },
});

/** Opens the text editor; `this` is the TypedInput. A box of one line would lose the line breaks: there they are ↵. */
function editLines() {
    RED.editor.editText({
        mode: 'ace/mode/html',
        value: this.value(),
        focus: true,
        complete: (text) => this.value(text.replace(/\r?\n/g, '↵')),
    });
}

const nameOf = (type) => (typeof type === 'string' ? type : type.value);
