import { avatar, el, time } from './dom.js';
import { say } from './words.js';

export const subjectOf = ({ title, who }) => title || who || say('noSubject');

const preview = (entries) => {
    const last = [...entries].reverse().find(({ kind }) => kind === 'message' || kind === 'draft');
    return last ? last.text.slice(0, 110) : '';
};

export const labelOf = ({ id, name, color }) =>
    el('span', { class: 'label', 'data-color': color, title: name, 'data-id': id }, name.split('/').at(-1));

/** Colours come from the data: set as a property, as the page allows no inline style. */
export const colour = (element) => {
    for (const one of element.querySelectorAll('[data-color]')) one.style.setProperty('--tone', one.dataset.color);
    return element;
};

/** What the list needs to know of a conversation: a change of it draws the row anew. */
export const listRow = (conversation, labels, selected) => ({
    id: conversation.id,
    news: `${conversation.entries.map(({ id }) => id)}|${conversation.shared_label_names}|${conversation.closed}`,
    selected,
    closed: conversation.closed,
    who: conversation.who,
    subject: subjectOf(conversation),
    preview: preview(conversation.entries) === subjectOf(conversation) ? '' : preview(conversation.entries),
    at: conversation.last_activity_at,
    labels: conversation.shared_labels.map(({ id }) => labels.find((one) => one.id === id)).filter(Boolean),
    drafts: conversation.drafts_count + conversation.send_later_messages_count,
    tasks: conversation.tasks_count - conversation.completed_tasks_count,
    assignee: conversation.assignee_names,
    team: conversation.team?.name ?? '',
});

const count = (key, n) => n > 0 && el('span', { class: 'count' }, say(n === 1 ? `${key}One` : `${key}Many`, { n }));

/** A row of the list of conversations. */
export const conversationRow = (choose) => (row) =>
    colour(
        el(
            'li',
            {},
            el(
                'button',
                { type: 'button', class: 'row', 'aria-current': row.selected && 'true', onclick: () => choose(row.id) },
                avatar(row.who || '?'),
                el(
                    'span',
                    { class: 'what' },
                    el('span', { class: 'line' }, el('strong', {}, row.who || say('someone')), time(row.at)),
                    el('span', { class: 'about' }, row.subject),
                    el('span', { class: 'preview' }, row.preview),
                    el(
                        'span',
                        { class: 'marks' },
                        row.labels.map(labelOf),
                        count('drafts', row.drafts),
                        count('tasks', row.tasks),
                        row.closed && el('span', { class: 'count' }, say('closed')),
                    ),
                ),
            ),
        ),
    );
