import { avatar, el, fullTime, icon, safe, time } from './dom.js';
import { editor } from './news.js';
import { say } from './words.js';

const nameOf = ({ name, address, phone_number, id }) => name || address || phone_number || id || say('someone');
const addressOf = ({ address, id, phone_number }) => address ?? phone_number ?? id ?? '';

const tag = (kind, sign, text) => el('p', { class: `tag ${kind}` }, icon(sign), el('span', {}, text));

const files = (attachments) =>
    attachments.length > 0 &&
    el(
        'ul',
        { class: 'files', 'aria-label': say('files') },
        attachments.map(({ url, filename }) =>
            el('li', {}, el('a', { href: url, rel: 'noreferrer' }, icon('file'), filename)),
        ),
    );

/** The node that made something, with a way to it in the editor. */
export const madeBy = (made) =>
    made &&
    el(
        'p',
        { class: 'made small' },
        el(
            'a',
            { href: `${editor}${made.place}`, target: '_blank', rel: 'noopener', title: say('openNode') },
            icon('node'),
            [made.name, made.flow].filter(Boolean).join(' · '),
        ),
    );

/** A draft always says its subject; a letter where it is not that of the conversation. */
const shows = ({ kind, subject, title }) =>
    kind === 'draft' || subject.replace(/^(re|fwd?|tr) ?: ?/i, '').trim() !== (title ?? '').trim();

/** A message that came in, went out, or waits as a draft. */
function message(entry) {
    const out = entry.kind === 'draft' || entry.author !== null;
    const from = entry.writer || nameOf(entry.from_field);
    const by = out && entry.author && entry.author !== from ? say('writtenBy', { who: entry.author }) : '';
    const to = entry.to_fields.map(addressOf).filter(Boolean).join(', ');
    const kind = entry.kind === 'draft' ? 'draft' : out ? 'out' : 'in';
    const mail = entry.type === 'email';
    return el(
        'li',
        { class: `entry ${kind}` },
        avatar(from, out ? 'own' : ''),
        el(
            'article',
            {},
            el(
                'header',
                {},
                el('strong', {}, from),
                el(
                    'span',
                    { class: 'address' },
                    out ? [by, to && say('to', { who: to })].filter(Boolean).join(' · ') : addressOf(entry.from_field),
                ),
                time(entry.at),
            ),
            entry.kind === 'draft' &&
                (entry.send_at === null
                    ? tag('draft', 'pencil', say('draft'))
                    : tag('later', 'clock', say('scheduled', { when: fullTime(entry.send_at) }))),
            entry.would_have_gone_to &&
                tag('gone', 'plane', say('wouldHave', { who: entry.would_have_gone_to.join(', ') })),
            mail && entry.subject && shows(entry) && el('p', { class: 'about' }, entry.subject),
            el('div', { class: `body ${mail ? '' : 'plain'}` }, mail ? safe(entry.body) : entry.body),
            files(entry.attachments),
            madeBy(entry.made),
        ),
    );
}

const comment = (entry) =>
    el(
        'li',
        { class: 'entry comment' },
        avatar(entry.author?.name ?? '?', 'own'),
        el(
            'article',
            {},
            el(
                'header',
                {},
                el('strong', {}, entry.author?.name ?? say('someone')),
                el('span', { class: 'address' }, say('commented')),
                time(entry.at),
            ),
            el('div', { class: 'body plain' }, entry.body),
        ),
    );

const tones = ['good', 'warning', 'danger'];

const block = ({ title, text, markdown, html, pretext, color, fields, filename }) =>
    el(
        'div',
        { class: `block ${tones.includes(color) ? color : ''}` },
        pretext && el('p', {}, pretext),
        (title || filename) && el('strong', {}, title || filename),
        html && el('div', { class: 'body' }, safe(html)),
        !html && (text || markdown) && el('p', { class: 'plain' }, text || markdown),
        fields?.length > 0 &&
            el(
                'dl',
                {},
                fields.map((one) => [el('dt', {}, one.title ?? ''), el('dd', {}, String(one.value ?? ''))]),
            ),
    );

function post(entry) {
    const content = entry.text || entry.markdown || (entry.attachments ? '' : entry.notification?.body);
    return el(
        'li',
        { class: 'entry post' },
        el('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('bolt')),
        el(
            'article',
            {},
            el(
                'header',
                {},
                el('strong', {}, entry.username || entry.notification?.title || say('post')),
                el('span', { class: 'address' }, say('post')),
                time(entry.at),
            ),
            entry.html && el('div', { class: 'body' }, safe(entry.html)),
            !entry.html && content && el('div', { class: 'body plain' }, content),
            (entry.attachments ?? []).map(block),
            madeBy(entry.made),
        ),
    );
}

/** A task, in its conversation or in the list of all. */
export const taskRow = ({ title, state, assignees, team, due_at }) => {
    const people = [...assignees.map(({ name }) => name), team?.name].filter(Boolean).join(', ');
    return el(
        'div',
        { class: `task ${state}` },
        icon(state === 'closed' ? 'check' : 'circle'),
        el(
            'div',
            {},
            el('strong', {}, title),
            el(
                'p',
                { class: 'small' },
                [
                    state === 'closed' ? say('done') : say(state),
                    people,
                    due_at && state !== 'closed' && say('due', { when: fullTime(due_at) }),
                ]
                    .filter(Boolean)
                    .join(' · '),
            ),
        ),
    );
};

const task = (entry) =>
    el(
        'li',
        { class: 'entry tasked' },
        el('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('check')),
        el('article', {}, taskRow(entry), madeBy(entry.made)),
    );

const kinds = { message, draft: message, comment, post, task };

/** One thing inside a conversation. */
export const entry = (row) => kinds[row.kind](row);
