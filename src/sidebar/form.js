import { busily } from './buttons.js';
import { el, newId, says } from './element.js';
import { given } from './parts.js';
import { textOf } from './words.js';

const choices = (options) =>
    (Array.isArray(options) ? options : []).map((each) =>
        each !== null && typeof each === 'object'
            ? { label: textOf(given(each.label) ? each.label : each.value), value: each.value ?? each.label }
            : { label: textOf(each), value: each },
    );

const input = (type, more = {}) => ({
    draw: ({ value, required, placeholder }) =>
        el('input', { type, value: given(value) && value, required, placeholder, dir: 'auto', ...more }),
    read: (control) => control.value,
});

/** Options as a menu; a value keeps the type that it came with. */
const menu = {
    draw: ({ value, options, required }, say) => {
        const all = choices(options);
        const chosen = textOf(value);
        const rows = all.map((each, index) =>
            says('option', { value: index, selected: given(value) && textOf(each.value) === chosen }, each.label),
        );
        // Nobody has chosen the first one by not looking.
        const none = el('option', { value: '' }, required ? say('choose') : '–');
        const control = el('select', { required, dir: 'auto' }, none, rows);
        control.choices = all;
        return control;
    },
    read: (control) => (control.value === '' ? '' : control.choices[control.value].value),
};

/** How each type of field is drawn and read. */
const kinds = {
    text: input('text'),
    email: input('email', { autocomplete: 'off', dir: 'ltr' }),
    tel: input('tel', { autocomplete: 'off', dir: 'ltr' }),
    url: input('url', { dir: 'ltr' }),
    date: input('date'),
    time: input('time'),
    number: {
        draw: input('number', { step: 'any', inputmode: 'decimal' }).draw,
        read: (control) => (control.value === '' ? null : Number(control.value)),
    },
    textarea: {
        draw: ({ value, required, placeholder, rows }) =>
            el('textarea', { required, placeholder, rows: Number(rows) || 3, dir: 'auto' }, textOf(value)),
        read: (control) => control.value,
    },
    checkbox: {
        draw: ({ value, required }) =>
            el('input', { type: 'checkbox', required, checked: value === true || value === 'true' }),
        read: (control) => control.checked,
    },
    select: menu,
    hidden: {
        draw: ({ value }) => Object.assign(el('input', { type: 'hidden' }), { kept: value }),
        read: (control) => control.kept ?? null,
    },
};
const kindOf = (type) => kinds[Object.hasOwn(kinds, type) ? type : 'text'];

function fieldOf(field, say) {
    const { name, label, required, type, help } = field;
    const kind = kindOf(type);
    const control = kind.draw(field, say);
    const id = newId();
    control.id = id;
    control.field = textOf(name);
    control.read = () => kind.read(control);
    if (type === 'hidden') return control;
    const words = el('label', { for: id, class: 'text-c', dir: 'auto' }, textOf(given(label) ? label : name));
    if (required) words.append(el('abbr', { title: say('required') }, ' *'));
    const note = given(help) && says('small', { id: `${id}-help`, class: 'text-d' }, help);
    if (note) control.setAttribute('aria-describedby', note.id);
    return el('div', { class: `field ${control.type === 'checkbox' ? 'check' : ''}` }, words, control, note);
}

const controlsOf = (form) => [...form.querySelectorAll('input, select, textarea')].filter((each) => each.read);

export function form({ form: wanted }, { say, submit }) {
    if (!wanted || typeof wanted !== 'object') return undefined;
    const fields = Array.isArray(wanted.fields) ? wanted.fields.filter((each) => given(each?.name)) : [];
    const go = el('button', { type: 'submit', class: 'button act good' }, textOf(wanted.submit) || say('send'));
    const made = el(
        'form',
        {
            class: 'form',
            oninput: () => made.toggleAttribute('data-filled', true),
            onsubmit: (event) => {
                event.preventDefault();
                // Without a prototype: a field may have any name.
                const values = Object.assign(Object.create(null), valuesOf(made));
                busily(go, async () => {
                    if (await submit(textOf(wanted.name), values)) made.removeAttribute('data-filled');
                });
            },
        },
        fields.map((field) => fieldOf(field, say)),
        el('div', { class: 'buttons' }, go),
    );
    made.named = textOf(wanted.name);
    return made;
}

/** What stands in the fields of a form, by their names. */
export const valuesOf = (made) => Object.fromEntries(controlsOf(made).map((each) => [each.field, each.read()]));

/** Whether a person is filling in a form of this card. */
export const inHand = (card) =>
    Boolean(
        card?.querySelector('form[data-filled], form :is(input, select, textarea):focus') ??
            card?.querySelector('.ask'),
    );

/** What was typed into the old card's form goes into the same form of the new one. */
export function carryOver(before, after) {
    const [from, to] = [before, after].map((card) => card?.querySelector('form'));
    if (!from?.hasAttribute('data-filled') || !to || from.named !== to.named) return;
    const old = new Map(controlsOf(from).map((each) => [each.field, each]));
    for (const control of controlsOf(to)) {
        const typed = old.get(control.field);
        if (!typed || typed.type !== control.type || control.type === 'hidden') continue;
        if (control.type === 'checkbox') control.checked = typed.checked;
        else control.value = typed.value;
    }
    to.toggleAttribute('data-filled', true);
}
