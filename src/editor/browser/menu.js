// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The menu of a row: where its value can come from. The build puts `sources` above, the types of each kind. */

/** The type with which a row is filled in by hand, where nothing is set yet. */
const blankTypes = {
    ...{ text: 'str', long: 'str', number: 'num', flag: 'none', choice: 'none', moment: 'str', list: 'str' },
    ...{ address: 'str', addresses: 'str', json: 'str', attachments: 'msg', pick: 'pick', picks: 'pick' },
};

/** The types of a row's menu. */
const menuOf = (form, node, property, value) =>
    typesOf(form.fields[property]).map((name) => menuType(form, node, property, name, value));

/** A sender is picked, or written as any address. */
const typesOf = ({ types, kind, list }) => types ?? (list === 'sender' ? ['pick', ...sources[kind]] : sources[kind]);

/** The type with which a row is filled in by hand. */
const blankTypeOf = ({ kind, list }) => (list === 'sender' ? 'pick' : blankTypes[kind]);

/** A type of a row's menu, by its name in `sources`. */
function menuType(form, node, property, name, value) {
    const field = form.fields[property];
    const string = { value: 'str', label: ours('word.text'), icon: 'red/images/typedInput/az.svg' };
    if (name === 'none') return { value: 'none', label: ours('word.none'), icon: 'fa fa-ban', hasValue: false };
    if (name === 'now') return { value: 'date', label: ours('word.now'), icon: 'fa fa-clock-o', hasValue: false };
    if (name === 'pick' && field.list) return pickType(form, node, property);
    if (name === 'pick') return { value: 'pick', label: ours('word.id'), icon: 'fa fa-hashtag' };
    if (name === 'msg' && form.special?.messageType) return form.special.messageType();
    if (name === 'msg') return messagePath();
    if (name === 'parts') return { value: 'parts', label: node._('here'), icon: 'fa fa-list', hasValue: false };
    if (name === 'str') return string;
    if (name === 'lines')
        return {
            ...string,
            export: (text) => text.replace(/↵/g, '\n'),
            expand() {
                editLines(form, property, this);
            },
        };
    if (name !== 'choice') return name;
    // A value of another release stays as it is: the menu would put its first entry in the place of one it lacks.
    const options = value && !field.choices.includes(value) ? [...field.choices, value] : field.choices;
    return {
        value: 'str',
        label: ours('word.choice'),
        icon: 'fa fa-list-ul',
        options: options.map((each) => ({ value: each, label: nameOfChoice(form, node, property, each) })),
    };
}

/** A choice as people say it; an operation's are the API's own words. */
const nameOfChoice = (form, node, property, choice) =>
    form.fields[property].named && form.fields[property].choices.includes(choice)
        ? node._(`choice.${property}.${choice}`)
        : choice;

/** A type that shows names and stores ids; `this` is the TypedInput. */
const pickType = (form, node, property) => ({
    value: 'pick',
    label: ours('word.pick'),
    icon: 'fa fa-list-ul',
    valueLabel(container, value) {
        const { kind, list } = form.fields[property];
        container.empty();
        form.pickers.get(property)?.end();
        form.pickers.set(
            property,
            makePicker(container, {
                value,
                several: kind === 'picks',
                resource: list,
                place: () => placeOf(box(form, 'account').val()),
                say: (word, more) => ours(`word.${word}`, more),
                label: labelOf(form, node, property),
                change: (text) => this.input.val(text).trigger('change'),
            }),
        );
    },
});

const nameOf = (type) => (typeof type === 'string' ? type : type.value);
