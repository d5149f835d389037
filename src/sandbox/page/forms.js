import { el } from './dom.js';
import { colour, labelOf, subjectOf } from './list.js';
import { act } from './news.js';
import { letter, remark, reply } from './samples.js';
import { say } from './words.js';

const dialog = document.querySelector('dialog');

const field = (label, input) => el('label', { class: 'field' }, el('span', {}, say(label)), input);
const option = (value, text) => el('option', { value }, text);

/** Opens a dialog; what `send` throws is shown in it, so that it can be put right. */
function open(title, content, confirm, send) {
    const error = el('p', { class: 'error', role: 'alert' });
    const submit = async (event) => {
        event.preventDefault();
        const button = event.target.querySelector('.primary');
        button.disabled = true;
        error.textContent = '';
        try {
            await send(event.target);
            dialog.close();
        } catch (refused) {
            // Node-RED answers 401 to a user who may look but not touch.
            error.textContent = [401, 403].includes(refused.status) ? say('forbidden') : refused.message || say('lost');
        }
        button.disabled = false;
    };
    const cancel = el('button', { type: 'button', onclick: () => dialog.close() }, say('cancel'));
    const form = el(
        'form',
        { onsubmit: submit, novalidate: true },
        el('h2', { id: 'dialog-title' }, title),
        content,
        error,
        el('div', { class: 'buttons' }, cancel, el('button', { type: 'submit', class: 'primary' }, confirm)),
    );
    dialog.replaceChildren(form);
    dialog.showModal();
    form.querySelector('[data-first]')?.focus();
}

function write({ selected }) {
    const where = el(
        'select',
        {},
        option('', say('inNew')),
        selected && option(selected.id, say('inThis', { subject: subjectOf(selected) })),
    );
    const name = el('input', { autocomplete: 'off' });
    const address = el('input', { autocomplete: 'off', spellcheck: 'false' });
    const subject = el('input', { autocomplete: 'off' });
    const body = el('textarea', { rows: 6, 'data-first': true });
    const fill = () => {
        const one = letter();
        const answering = where.value !== '';
        const author = selected?.authors[0];
        name.value = answering ? (author?.name ?? '') : one.name;
        address.value = answering ? (author?.address ?? author?.phone_number ?? one.address) : one.address;
        subject.value = answering ? `Re: ${subjectOf(selected).replace(/^(re: )+/i, '')}` : one.subject;
        body.value = answering ? reply() : one.body;
    };
    where.addEventListener('change', fill);
    fill();
    const content = [
        selected && field('where', where),
        el('div', { class: 'pair' }, field('name', name), field('address', address)),
        field('subject', subject),
        field('text', body),
        el('button', { type: 'button', class: 'link', onclick: fill }, say('another')),
    ].filter(Boolean);
    open(say('write'), content, say('send'), () =>
        act('write', {
            ...{ name: name.value, address: address.value.trim(), subject: subject.value, body: body.value },
            ...(where.value && { conversation: where.value }),
        }),
    );
}

function comment({ selected, state }) {
    const colleagues = state.users.filter(({ id }) => id !== state.me);
    const who = el(
        'select',
        {},
        colleagues.map(({ id, name }) => option(id, name)),
    );
    const body = el('textarea', { rows: 4, 'data-first': true }, remark());
    const other = () => {
        body.value = remark();
    };
    const content = [
        el('p', { class: 'small' }, subjectOf(selected)),
        field('who', who),
        field('text', body),
        el('button', { type: 'button', class: 'link', onclick: other }, say('another')),
    ];
    open(say('comment'), content, say('send'), () =>
        act('comment', { conversation: selected.id, author: who.value, body: body.value }),
    );
}

function label({ selected, state }) {
    const has = new Set(selected.shared_labels.map(({ id }) => id));
    const boxes = state.labels.map((one) => ({
        one,
        box: el('input', { type: 'checkbox', checked: has.has(one.id) }),
    }));
    const rows = boxes.map(({ one, box }) =>
        el('label', { class: 'choice' }, box, labelOf(one), el('span', { class: 'small' }, one.name)),
    );
    const content = colour(el('fieldset', {}, el('legend', {}, say('labels', { subject: subjectOf(selected) })), rows));
    open(say('label'), content, say('save'), () =>
        act('label', {
            conversation: selected.id,
            add: boxes.filter(({ one, box }) => box.checked && !has.has(one.id)).map(({ one }) => one.id),
            remove: boxes.filter(({ one, box }) => !box.checked && has.has(one.id)).map(({ one }) => one.id),
        }),
    );
}

const reset = () => open(say('resetTitle'), el('p', {}, say('resetText')), say('reset'), () => act('reset', {}));

/** The buttons at the top; `needs` a conversation where true. */
export const forms = {
    write: { open: write, needs: false },
    comment: { open: comment, needs: true },
    label: { open: label, needs: true },
    reset: { open: reset, needs: false },
};
