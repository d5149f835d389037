import { el, linkOf, says } from './element.js';
import { given, toneOf } from './parts.js';
import { textOf } from './words.js';

const isHeld = (card) => card?.hasAttribute('data-held');

/**
 * Every control of the card is held while something is on its way: what was asked once is not asked twice. Not by
 * `disabled`, which would take the focus away from under a keyboard.
 */
function hold(card, on) {
    card?.toggleAttribute('data-held', on);
    for (const one of card?.querySelectorAll('button.act') ?? []) one.setAttribute('aria-disabled', String(on));
}

/** Does something with the card held; the control that started it shows that it is busy. */
export async function busily(control, work) {
    const card = control.closest('.card');
    if (isHeld(card)) return;
    hold(card, true);
    control.setAttribute('aria-busy', 'true');
    try {
        await work();
    } finally {
        control.removeAttribute('aria-busy');
        hold(card, false);
    }
}

/** The question in place of the buttons; what is pressed by mistake does nothing. */
function ask(group, control, question, { say, label, tone }, go) {
    const close = () => {
        box.remove();
        group.hidden = false;
        control.focus();
    };
    const no = el('button', { type: 'button', class: 'button button-secondary', onclick: close }, say('cancel'));
    const yes = says(
        'button',
        {
            type: 'button',
            class: `button act ${toneOf(tone)}`,
            onclick: () => {
                close();
                go();
            },
        },
        label,
    );
    const box = el(
        'div',
        {
            ...{ class: 'ask', role: 'alertdialog', 'aria-label': question },
            onkeydown: (event) => event.key === 'Escape' && close(),
        },
        says('p', {}, question),
        el('div', { class: 'buttons' }, yes, no),
    );
    group.after(box);
    group.hidden = true;
    no.focus();
}

/** Runs `go` after the question, where there is one. */
export function confirmed(group, control, { confirm, ...about }, go) {
    if (isHeld(group.closest('.card'))) return undefined;
    if (!confirm) return go();
    const question = confirm === true ? about.say('sure', { what: textOf(about.label) }) : textOf(confirm);
    return ask(group, control, question, about, go);
}

export function buttons({ buttons: all }, { say, open, press }) {
    const shown = (Array.isArray(all) ? all : []).filter((each) => given(each?.label));
    if (shown.length === 0) return undefined;
    const group = el(
        'div',
        { class: 'buttons' },
        shown.map((button) => {
            const { label, url, action, effects, tone, confirm } = button;
            const control = says(
                'button',
                {
                    ...{ type: 'button', class: `button act ${toneOf(tone)}`, 'data-action': action },
                    onclick: () =>
                        confirmed(group, control, { confirm, say, label, tone }, () => {
                            // At once, while this is a click: a browser opens nothing later.
                            if (linkOf(url)) open(linkOf(url));
                            return busily(control, async () => {
                                if (given(action) || effects?.length > 0) await press(button);
                            });
                        }),
                },
                label,
            );
            return control;
        }),
    );
    return group;
}
