// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The lists of a card: which boxes each has, and how what is stored becomes a card without the message's values. */

/** The parameters of an effect that the list asks for; others can be given as JSON. */
const effectParameters = {
    ...{
        comment: ['body'],
        create_task: ['body'],
        add_labels: ['labels'],
        remove_labels: ['labels'],
        assign: ['users'],
    },
    ...{ close: [], reopen: [], archive: [], set_subject: ['subject'], set_color: ['color'], insert_html: ['html'] },
    ...{ insert_text: ['text'], reply: ['subject', 'text'], compose: ['to_fields', 'subject', 'text'] },
    ...{ navigate: ['conversation'], open_url: ['url'], copy: ['text'], alert: ['message'] },
};

const effectColumns = (form, effect, inside, redraw) => [
    { key: 'do', kind: 'select', choices: form.lists.effects, words: 'effect', inside, redraw },
    ...(effectParameters[effect?.do ?? form.lists.effects[0]] ?? []).map((key) => ({
        ...{ key, kind: 'typed', inside, optional: key === 'subject' || key === 'to_fields' },
        // Words of one's own, mostly; which conversation, only the message knows.
        starts: key === 'conversation' ? 'msg' : 'str',
    })),
];

/** Another effect has other parameters. */
const redrawEffect = (inside) => (item) => {
    const effect = inside ? item.stored[inside] : item.stored;
    for (const key of Object.keys(effect)) if (key !== 'do') delete effect[key];
    item.draw();
};

/** What a button does: in a property of its own while the dialog is open. */
const pressOf = (button) => button.press ?? (button.effect ? 'effect' : button.url !== undefined ? 'url' : 'action');

const cardLists = {
    rows: () => [
        { key: 'label', kind: 'text' },
        { key: 'value', kind: 'typed' },
        { key: 'url', kind: 'typed', optional: true },
        { key: 'copy', kind: 'check' },
    ],
    links: () => [
        { key: 'label', kind: 'text' },
        { key: 'url', kind: 'typed' },
    ],
    buttons: (form) => (button) => {
        const press = pressOf(button);
        button.press = press;
        const redraw = (item) => {
            for (const key of ['action', 'url', 'urlType', 'effect']) delete item.stored[key];
            item.draw();
        };
        return [
            { key: 'label', kind: 'text' },
            { key: 'press', kind: 'select', choices: ['action', 'url', 'effect'], words: 'press', redraw },
            ...(press === 'action' ? [{ key: 'action', kind: 'text' }] : []),
            ...(press === 'url' ? [{ key: 'url', kind: 'typed' }] : []),
            ...(press === 'effect' ? effectColumns(form, button.effect, 'effect', redrawEffect('effect')) : []),
            { key: 'confirm', kind: 'text' },
            { key: 'tone', kind: 'select', choices: form.lists.tones, words: 'tone' },
        ];
    },
    effects: (form) => (effect) => effectColumns(form, effect, undefined, redrawEffect(undefined)),
    form: (form) => (field) => [
        { key: 'label', kind: 'text' },
        { key: 'name', kind: 'text' },
        {
            ...{ key: 'type', kind: 'select', choices: form.lists.types, words: 'type' },
            redraw: (item) => item.draw(),
        },
        ...(field.type === 'select' ? [{ key: 'options', kind: 'list' }] : []),
        { key: 'value', kind: 'typed', optional: true },
        { key: 'required', kind: 'check' },
    ],
};

/** A list as it is stored: without what only the dialog needs. A field of a form without a name is called by its label. */
function storedItems(property, items) {
    return items.map((item) => {
        const { press, ...kept } = structuredClone(item);
        if (property === 'form' && !kept.name && kept.label) kept.name = kept.label;
        return kept;
    });
}

/** What stands in a preview for a value that only a message brings. */
const placeholder = (type, value) => (type === 'str' ? value : `‹${type === 'msg' ? '' : `${type} `}${value}›`);

/** The source that a placeholder stands for; any other text is itself. */
function sourceIn(text) {
    const [, type = 'msg', value] = /^‹(?:(flow|global|jsonata|env) )?([^›]+)›$/.exec(text) ?? [];
    return value === undefined ? { type: 'str', value: text } : { type, value };
}

/** A list without the message's values: what comes from elsewhere stands in ‹ ›, an address from elsewhere is left out. */
function previewParts(given) {
    if (Array.isArray(given)) return given.map(previewParts);
    if (typeof given !== 'object' || given === null) return given;
    const kept = {};
    for (const [key, value] of Object.entries(given)) {
        const type = given[`${key}Type`];
        if (key === 'press' || (key.endsWith('Type') && key.slice(0, -4) in given)) continue;
        if (type === undefined) kept[key] = previewParts(value);
        else if (type === 'str' || (key !== 'url' && key !== 'color' && key !== 'to_fields'))
            kept[key] = placeholder(type, value);
    }
    return kept;
}

/** A list from JSON as the dialog stores it: each text with its source. */
function partsFrom(given) {
    if (Array.isArray(given)) return given.map(partsFrom);
    if (typeof given !== 'object' || given === null) return given;
    const kept = {};
    for (const [key, value] of Object.entries(given)) {
        const typed = ['value', 'url', 'body', 'subject', 'text', 'html', 'labels', 'users', 'message', 'conversation'];
        if (typeof value === 'number' && key === 'value')
            Object.assign(kept, { [key]: String(value), [`${key}Type`]: 'str' });
        else if (typeof value !== 'string' || !typed.includes(key)) kept[key] = partsFrom(value);
        else {
            const source = sourceIn(value);
            Object.assign(kept, { [key]: source.value, [`${key}Type`]: source.type });
        }
    }
    return kept;
}
