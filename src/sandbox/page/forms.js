import { el } from './dom.js';
import { colour, labelOf, subjectOf } from './list.js';
import { act } from './news.js';
import { enclosures, letter, remark, reply } from './samples.js';
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
    if (!dialog.open) dialog.showModal();
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

function comment({ selected, state }, asTask = false) {
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
    const task = asTask && { task: true, assignee: state.me };
    open(say(asTask ? 'giveTask' : 'comment'), content, say('send'), () =>
        act('comment', { conversation: selected.id, author: who.value, body: body.value, ...task }),
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

/** A customer writes with a file, or in WhatsApp, where people have an id that need not be a number. */
function writeBy({ selected }, channel) {
    const one = letter();
    const there = channel === 'whatsapp' && selected?.entries.find(({ type, author }) => type === channel && !author);
    const name = el('input', { autocomplete: 'off', value: there ? there.from_field.name : one.name });
    const id = there
        ? there.from_field.id
        : channel === 'whatsapp'
          ? `PT.${100_000_000 + one.name.length}`
          : one.address;
    const address = el('input', { autocomplete: 'off', spellcheck: 'false', value: id });
    const body = el('textarea', { rows: 5, 'data-first': true }, there ? reply() : one.body);
    const files = enclosures();
    const file = el(
        'select',
        {},
        files.map(({ filename }, at) => option(at, filename)),
    );
    const content = [
        el(
            'div',
            { class: 'pair' },
            field('name', name),
            field(channel === 'whatsapp' ? 'whatsappId' : 'address', address),
        ),
        field('text', body),
        channel === 'email' && field('file', file),
    ].filter(Boolean);
    open(say(channel === 'whatsapp' ? 'whatsapp' : 'withFile'), content, say('send'), () =>
        act('write', {
            ...{ channel, name: name.value, address: address.value.trim(), body: body.value },
            ...(channel === 'email' && { subject: one.subject, attachments: [files[Number(file.value)]] }),
            ...(there && { conversation: selected.id }),
        }),
    );
}

/** A colleague answers in the conversation that is open: it is sent, and nothing of it leaves this machine. */
function answer({ selected }) {
    const body = el('textarea', { rows: 5, 'data-first': true });
    open(say('answer'), [el('p', { class: 'small' }, subjectOf(selected)), field('text', body)], say('send'), () =>
        act('agent', { do: 'reply', conversation: selected.id, deliver: true, mailto: { body: body.value } }),
    );
}

/** Something is chosen from a list, and then it happens. */
function choose(title, label, rows, confirm, then) {
    const list = el(
        'select',
        { 'data-first': true },
        rows.map(({ id, name }) => option(id, name)),
    );
    open(say(title), [field(label, list)], say(confirm), () => then(list.value));
}

/** Those that are not there yet: choosing them makes something happen. */
const without = (rows, there) => {
    const others = rows.filter(({ id }) => !there.some((one) => one?.id === id));
    return others.length > 0 ? others : rows;
};

const waitingIn = ({ entries }) => entries.filter(({ kind }) => kind === 'draft');

/** Everything else that may happen, each with what it needs. */
const others = {
    whatsapp: { needs: () => true, open: (at) => writeBy(at, 'whatsapp') },
    withFile: { needs: () => true, open: (at) => writeBy(at, 'email') },
    answer: { needs: Boolean, open: answer },
    giveTask: { needs: Boolean, open: (at) => comment(at, true) },
    assign: {
        needs: Boolean,
        open: ({ selected, state }) =>
            choose('assign', 'who', without(state.users, selected.assignees), 'save', (id) =>
                act('change', { conversation: selected.id, assign: [id] }),
            ),
    },
    team: {
        needs: Boolean,
        open: ({ selected, state }) =>
            choose('team', 'team', without(state.teams, [selected.team]), 'save', (team) =>
                act('change', { conversation: selected.id, team }),
            ),
    },
    close: {
        needs: (selected) => selected && !selected.closed,
        now: ({ selected }) => act('change', { conversation: selected.id, close: true }),
    },
    reopen: {
        needs: (selected) => selected?.closed,
        now: ({ selected }) => act('change', { conversation: selected.id, reopen: true }),
    },
    sendDraft: {
        needs: (selected) => selected && waitingIn(selected).length > 0,
        open: ({ selected }) => {
            const drafts = waitingIn(selected).map(({ id, subject, text }) => ({
                id,
                name: subject || text.slice(0, 60),
            }));
            choose('sendDraft', 'draftOf', drafts.reverse(), 'sendIt', (draft) => act('send', { draft }));
        },
    },
};

/** The list of the other events; those that need a conversation, or a draft in it, say so by being grey. */
function more(at) {
    const error = el('p', { class: 'error', role: 'alert' });
    const pick = (one) => async () => {
        if (one.open) return one.open(at);
        try {
            await one.now(at);
            dialog.close();
        } catch (refused) {
            error.textContent = [401, 403].includes(refused.status) ? say('forbidden') : refused.message || say('lost');
        }
    };
    const rows = Object.entries(others).map(([name, one]) =>
        el(
            'button',
            { type: 'button', class: 'other', disabled: !one.needs(at.selected), onclick: pick(one) },
            say(name),
        ),
    );
    const cancel = el('button', { type: 'button', onclick: () => dialog.close() }, say('cancel'));
    dialog.replaceChildren(
        el(
            'div',
            { class: 'others' },
            el('h2', { id: 'dialog-title' }, say('whatElse')),
            at.selected && el('p', { class: 'small' }, subjectOf(at.selected)),
            rows,
            error,
            el('div', { class: 'buttons' }, cancel),
        ),
    );
    if (!dialog.open) dialog.showModal();
}

/** The buttons at the top; `needs` a conversation where true. */
export const forms = {
    write: { open: write, needs: false },
    comment: { open: comment, needs: true },
    label: { open: label, needs: true },
    more: { open: more, needs: false },
    reset: { open: reset, needs: false },
};
