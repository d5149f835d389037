import { el, icon, keyed } from './dom.js';
import { entry } from './entries.js';
import { find, view } from './frame.js';
import { colour, labelOf, subjectOf } from './list.js';
import { say } from './words.js';

/** Draws a conversation with everything in it; `undefined` where none is chosen. */
export function drawThread(state, one) {
    const list = find('.entries');
    const back = el(
        'button',
        { type: 'button', class: 'back', 'aria-label': say('viewList'), onclick: () => view('list') },
        icon('back'),
    );
    const marks = one && [one.team?.name, one.assignee_names].filter(Boolean).join(' · ');
    const labels = one?.shared_labels.map(({ id }) => state.labels.find((label) => label.id === id)).filter(Boolean);
    const heading = el('h2', {}, one ? subjectOf(one) : say('choose'));
    find('.subject').replaceChildren(
        back,
        el(
            'div',
            {},
            heading,
            one && el('p', { class: 'small' }, marks, one.closed && el('span', { class: 'count' }, say('closed'))),
        ),
        colour(el('div', { class: 'marks' }, labels?.map(labelOf) ?? [])),
    );
    // The colour that somebody has given the conversation.
    find('.subject').style.setProperty('--given', one?.color ?? 'transparent');
    const rows = (one?.entries ?? []).map((row) => ({
        ...state.tasks.find(({ id }) => id === row.id),
        ...row,
        ...(row.kind !== 'task' && { title: one.title }),
        made: state.nodes?.[row.node],
    }));
    const same = list.dataset.of === one?.id;
    if (!same) list.replaceChildren();
    list.dataset.of = one?.id ?? '';
    const place = find('.thread');
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
    keyed(
        list,
        rows.map((row) => ({ ...row, news: JSON.stringify([row.kind, row.body, row.state, row.send_at]) })),
        entry,
        { flash: same },
    );
    if (!same || atEnd) place.scrollTop = place.scrollHeight;
}
