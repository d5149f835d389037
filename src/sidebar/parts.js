import { blocks } from './blocks.js';
import { el, imageOf, link, says } from './element.js';
import { textOf } from './words.js';

/** Whether a value is there to be drawn. */
export const given = (value) => value !== null && value !== undefined && value !== '';
const list = (value) => (Array.isArray(value) ? value.filter((each) => each && typeof each === 'object') : []);

const tones = ['neutral', 'good', 'warning', 'bad'];
export const toneOf = (tone) => (tones.includes(tone) ? tone : 'neutral');

export function head({ title, subtitle, badge }, { id }) {
    const mark = given(badge) && typeof badge !== 'object' ? { text: badge } : badge;
    if (![title, subtitle, mark?.text].some(given)) return undefined;
    return el(
        'header',
        { class: 'head' },
        given(title) && says('h2', { id, class: 'text-a' }, title),
        given(mark?.text) && says('span', { class: `badge ${toneOf(mark.tone)}` }, mark.text),
        given(subtitle) && says('p', { class: 'subtitle text-c' }, subtitle),
    );
}

export function image({ image: picture, title }) {
    const src = imageOf(picture?.url ?? picture);
    if (!src) return undefined;
    const made = el('img', {
        ...{ class: 'image', src, alt: textOf(picture.alt ?? title), loading: 'lazy', referrerpolicy: 'no-referrer' },
    });
    // A picture that is not there leaves no hole.
    made.addEventListener('error', () => made.remove());
    return made;
}

export const text = ({ text: written }, { open }) =>
    given(written) && written.length !== 0 ? el('div', { class: 'text text-b' }, blocks(written, open)) : undefined;

/** A button that copies a value, and says so for a moment. */
function copyButton(label, value, { say, copy }) {
    const button = el(
        'button',
        {
            type: 'button',
            class: 'copy link-d',
            'aria-label': say('copyOf', { what: label }),
            onclick: async () => {
                await copy(textOf(value));
                button.textContent = say('copied');
                setTimeout(() => {
                    button.textContent = say('copy');
                }, 1500);
            },
        },
        say('copy'),
    );
    return button;
}

export function rows({ rows: all }, hooks) {
    const shown = list(all).filter(({ label, value }) => given(label) || given(value));
    if (shown.length === 0) return undefined;
    return el(
        'dl',
        { class: 'rows' },
        shown.map(({ label, value, url, copy, tone }) =>
            el(
                'div',
                { class: `row ${toneOf(tone)}` },
                says('dt', { class: 'text-c' }, label),
                el(
                    'dd',
                    { class: 'text-a' },
                    given(url) ? link(given(value) ? value : url, url, hooks.open) : says('span', {}, value),
                    copy && copyButton(textOf(label), copy === true ? value : copy, hooks),
                ),
            ),
        ),
    );
}

/** A cell: a bare value, or an object with its text. */
function cell(value, { open }) {
    const { text: shown, url, tone } = value !== null && typeof value === 'object' ? value : { text: value };
    const numeric = /^[+-]?[\d\s.,']+(?:\s?[€$£¥%])?$/.test(textOf(shown).trim());
    const about = { class: `${toneOf(tone)} ${numeric ? 'number' : ''}`, dir: 'auto' };
    return el('td', about, given(url) ? link(shown, url, open) : shown);
}

export function table({ table: wanted }, hooks) {
    const { id } = hooks;
    const columns = list(wanted?.columns);
    const all = list(wanted?.rows);
    if (columns.length === 0) return undefined;
    return el(
        'div',
        // Scrolls by itself, so that the card does not: reachable by keyboard, hence named.
        { class: 'table', role: 'region', tabindex: '0', 'aria-labelledby': id },
        el(
            'table',
            {},
            el(
                'thead',
                {},
                el(
                    'tr',
                    {},
                    columns.map(({ key, label }) => says('th', { scope: 'col' }, label ?? key)),
                ),
            ),
            el(
                'tbody',
                {},
                all.map((row) =>
                    el(
                        'tr',
                        {},
                        columns.map(({ key }) => cell(row[key], hooks)),
                    ),
                ),
            ),
        ),
    );
}

export function links({ links: all }, { open }) {
    const shown = list(all).filter(({ url }) => given(url));
    if (shown.length === 0) return undefined;
    return el(
        'ul',
        { class: 'links' },
        shown.map(({ label, url }) => el('li', {}, link(given(label) ? label : url, url, open, { class: 'link-a' }))),
    );
}
