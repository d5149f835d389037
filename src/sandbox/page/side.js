import { avatar, el, icon, time } from './dom.js';
import { taskRow } from './entries.js';
import { subjectOf } from './list.js';
import { say } from './words.js';

const nameOf = ({ first_name, middle_name, last_name, nickname, infos }) =>
    [first_name, middle_name, last_name].filter(Boolean).join(' ') || nickname || infos?.[0]?.value || say('someone');

const infoText = ({ kind, value, name, custom_label, street, city, country }) => {
    const text = value ?? name ?? [street, city, country].filter(Boolean).join(', ');
    return custom_label && kind === 'custom' ? `${custom_label}: ${text}` : text;
};

function contact(row) {
    const groups = (row.memberships ?? []).map(({ title, group }) => [title, group?.name].filter(Boolean).join(', '));
    return el(
        'li',
        { class: 'card contact' },
        avatar(nameOf(row)),
        el(
            'div',
            {},
            el('strong', {}, nameOf(row)),
            groups.map((text) => el('p', { class: 'small' }, text)),
            (row.infos ?? []).map((info) => el('p', { class: 'info' }, infoText(info))),
            row.notes && el('p', { class: 'small note' }, row.notes),
            el('p', { class: 'small faint' }, time(row.modified_at)),
        ),
    );
}

const jump = (state, id, choose) => {
    const found = state.conversations.find((one) => one.id === id);
    return found && el('button', { type: 'button', class: 'link', onclick: () => choose(id) }, subjectOf(found));
};

const signs = { delivered: 'check', failed: 'warn', waiting: 'clock', sending: 'bolt' };

const attempts = ({ attempts: rows }) =>
    el(
        'ol',
        { class: 'attempts' },
        rows.map(({ status, error, ms }, index) =>
            el('li', {}, say('attempt', { n: index + 1, what: status ?? error ?? say('noAnswer'), ms })),
        ),
    );

const delivery = (state, choose) => (row) =>
    el(
        'li',
        { class: `card delivery ${row.state}` },
        el('span', { class: 'sign' }, icon(signs[row.state])),
        el(
            'div',
            {},
            el('p', { class: 'line' }, el('code', {}, row.type), time(row.at)),
            el(
                'p',
                { class: 'outcome' },
                [say(row.state), row.status, row.attempts.length > 0 && `${row.attempts.at(-1).ms} ms`]
                    .filter(Boolean)
                    .join(' · '),
            ),
            (row.attempts.length > 1 || row.attempts[0]?.error) && attempts(row),
            el('p', { class: 'small' }, row.rule.description),
            jump(state, row.conversation, choose),
        ),
    );

const rule = ({ description, types, off, url }) =>
    el(
        'li',
        { class: `rule ${off ? 'off' : ''}`, title: url },
        el('span', { class: 'sign' }, icon(off ? 'warn' : 'bolt')),
        el(
            'div',
            {},
            el('strong', {}, description),
            el(
                'p',
                { class: 'small' },
                off ? say('off') : `${say('listening')}: ${types.join(', ') || say('allEvents')}`,
            ),
        ),
    );

/** Whether the page has to say that no flow listens. */
export const noRules = (state) => state.rules.length === 0;

/** What each tab shows: rows by id, how to draw one, what to say where there is none, and what stands above. */
export const tabs = {
    contacts: (state) => ({
        rows: state.contacts.map((row) => ({ ...row, news: JSON.stringify(row) })),
        draw: contact,
        none: say('noContacts'),
    }),
    tasks: (state, choose) => ({
        rows: state.tasks.map((row) => ({ ...row, news: JSON.stringify(row) })),
        draw: (row) =>
            el(
                'li',
                { class: 'card' },
                el('div', {}, taskRow(row), row.conversation && jump(state, row.conversation, choose)),
            ),
        none: say('noTasks'),
    }),
    webhooks: (state, choose) => ({
        rows: state.deliveries.map((row) => ({ ...row, news: `${row.state}${row.attempts.length}` })),
        draw: delivery(state, choose),
        none: say('noDeliveries'),
        above: noRules(state)
            ? el('p', { class: 'empty strong' }, icon('warn'), el('span', {}, say('noRules')))
            : el('ul', { class: 'rules' }, state.rules.map(rule)),
    }),
};
