import { buttons } from './buttons.js';
import { el, newId } from './element.js';
import { form } from './form.js';
import { given, head, image, links, rows, table, text, toneOf } from './parts.js';
import { speaker, textOf } from './words.js';

/** The parts of a card, in the order in which they stand. */
const parts = [head, image, text, rows, table, links, form, buttons];

/** Whether a card has anything to draw; one of effects alone leaves what is drawn. */
export const drawable = (card) =>
    ['title', 'subtitle', 'badge', 'text', 'image', 'rows', 'table', 'links', 'form', 'buttons'].some((part) =>
        given(card?.[part]),
    );

const nothing = () => {};

/**
 * A card (the JSON of the contract) as an element. Every value becomes text. `hooks`: `language`; `open(url)`,
 * `copy(text)`, `press(button)`, and `submit(name, values)`, which resolves to whether the form was taken.
 * The same for the page in Missive and for the preview in Node-RED's editor.
 */
export function draw(card, hooks = {}) {
    const id = newId();
    const all = {
        ...{ open: nothing, copy: nothing, press: nothing, submit: nothing, ...hooks },
        ...{ say: speaker(hooks.language), id },
    };
    const shown = parts.map((part) => part(card ?? {}, all)).filter(Boolean);
    const name = given(card?.title) ? { 'aria-labelledby': id } : { 'aria-label': textOf(card?.subtitle) };
    const accent = given(card?.tone) ? `accent ${toneOf(card.tone)}` : '';
    return el('article', { class: `card light-box ${accent}`, ...name }, shown);
}
