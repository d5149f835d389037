import { avatar, el, icon, time } from './dom.js';
import { madeBy, taskRow } from './entries.js';
import { eventName } from './events.js';
import { subjectOf } from './list.js';
import { act, editor } from './news.js';
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

/** The rule may be gone by now. */
const ruleName = ({ id, description }, state) => {
    const now = state.rules.find((one) => one.id === id);
    return now ? titleOf(now, state) : description;
};

const delivery = (state, choose) => (row) =>
    el(
        'li',
        { class: `card delivery ${row.state}` },
        el('span', { class: 'sign' }, icon(signs[row.state])),
        el(
            'div',
            {},
            el('p', { class: 'line' }, el('strong', { title: row.type }, eventName(row.type)), time(row.at)),
            el(
                'p',
                { class: 'outcome' },
                [say(row.state), row.status, row.attempts.length > 0 && `${row.attempts.at(-1).ms} ms`]
                    .filter(Boolean)
                    .join(' · '),
            ),
            (row.attempts.length > 1 || row.attempts[0]?.error) && attempts(row),
            el('p', { class: 'small' }, ruleName(row.rule, state)),
            jump(state, row.conversation, choose),
        ),
    );

const named = (types) => types.map(eventName).join(', ') || say('allEvents');

/** What a rule of a flow is called: its node and flow, and its path where two would look alike. */
function titleOf({ id, description, url }, state) {
    const node = state.nodes?.[id];
    const name = node ? [node.name, node.flow].filter(Boolean).join(' · ') : description;
    const twins = state.rules.filter((one) => {
        const other = state.nodes?.[one.id];
        return (other ? [other.name, other.flow].filter(Boolean).join(' · ') : one.description) === name;
    });
    const path = url ? decodeURIComponent(new URL(url).pathname).slice(1) : '';
    return twins.length > 1 && path ? `${name} (${path})` : name;
}

const rule = (state) => (one) => {
    const { id, types, off, muted, url } = one;
    const node = state.nodes?.[id];
    const stands = off ? say('off') : say(muted ? 'muted' : 'listening', { what: named(types) });
    const mute = () => act('mute', { rule: id, muted: !muted }).catch(() => undefined);
    return el(
        'li',
        { class: `rule ${off ? 'off' : muted ? 'muted' : ''}`, title: url },
        el('span', { class: 'sign' }, icon(off ? 'warn' : muted ? 'mute' : 'bolt')),
        el(
            'div',
            {},
            node
                ? el(
                      'a',
                      { href: `${editor}${node.place}`, target: '_blank', rel: 'noopener', title: say('openNode') },
                      titleOf(one, state),
                  )
                : el('strong', {}, titleOf(one, state)),
            el('p', { class: 'small' }, stands),
        ),
        el(
            'button',
            { type: 'button', class: 'link', 'aria-pressed': String(muted), onclick: mute },
            say(muted ? 'unmute' : 'mute'),
        ),
    );
};

/** How many flows hear what happens here. */
export const listening = (state) => state.rules.filter(({ off, muted }) => !off && !muted).length;

/** A row of the practice sheet, whatever it is made of. */
const sheetRow = ({ row }) =>
    el(
        'li',
        { class: 'card' },
        el(
            'dl',
            { class: 'cells' },
            Object.entries(row).map(([name, value]) => [el('dt', {}, name), el('dd', {}, String(value ?? ''))]),
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
                el(
                    'div',
                    {},
                    taskRow(row),
                    row.conversation && jump(state, row.conversation, choose),
                    madeBy(state.nodes?.[row.node]),
                ),
            ),
        none: say('noTasks'),
    }),
    sheet: (state) => ({
        rows: state.sheet.map((row, at) => ({ id: String(at), row, news: JSON.stringify(row) })).reverse(),
        draw: sheetRow,
        none: say('noRows'),
    }),
    webhooks: (state, choose) => ({
        rows: state.deliveries.map((row) => ({ ...row, news: `${row.state}${row.attempts.length}` })),
        draw: delivery(state, choose),
        none: say('noDeliveries'),
        above: noRules(state)
            ? el('p', { class: 'empty strong' }, icon('warn'), el('span', {}, say('noRules')))
            : el('ul', { class: 'rules' }, state.rules.map(rule(state))),
    }),
};
