import { language, say } from './words.js';

/** An element; a string becomes text, never markup. `on…` are listeners, `null` and `false` are left out. */
export function el(tag, given = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
}

const paths = {
    write: 'M3 5h14v10H3zM3 6l7 5 7-5',
    comment: 'M3 4h14v9H9l-4 3v-3H3z',
    label: 'M3 3h7l7 7-7 7-7-7zM6.5 6.5h.01',
    reset: 'M4 10a6 6 0 1 1 2 4.5M4 15v-3.5h3.5',
    clock: 'M10 3a7 7 0 1 0 .01 0M10 6v4l3 2',
    pencil: 'M4 16l1-4 8-8 3 3-8 8zM12 5l3 3',
    plane: 'M3 10l14-6-5 13-3-5z',
    check: 'M4 10.5l4 4 8-9',
    circle: 'M10 3.5a6.5 6.5 0 1 0 .01 0',
    bolt: 'M11 2L4 11h5l-1 7 7-9h-5z',
    file: 'M5 2h7l4 4v12H5zM12 2v4h4',
    back: 'M12 4l-6 6 6 6',
    warn: 'M10 3l8 14H2zM10 8v4M10 14.5v.01',
    list: 'M4 6h12M4 10h12M4 14h8',
    node: 'M3 7h14v6H3zM6 7v6M1 10h2M17 10h2',
    more: 'M5 10h.01M10 10h.01M15 10h.01',
    mute: 'M3 8h3l4-3v10l-4-3H3zM13 8l4 4M17 8l-4 4',
    side: 'M10 10a3 3 0 1 0-.01 0M4 17c0-3 3-5 6-5s6 2 6 5',
};

/** A drawn sign; it says nothing to a screen reader. */
export function icon(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    svg.classList.add('icon');
    path.setAttribute('d', paths[name]);
    svg.append(path);
    return svg;
}

const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
];

export const fullTime = (at) => full.format(at * 1000);

function relative(at) {
    const passed = at - Date.now() / 1000;
    const step = steps.find(([, size]) => Math.abs(passed) >= size);
    return step ? ago.format(Math.round(passed / step[1]), step[0]) : say('now');
}

/** A moment, said relative to now; `tick` keeps it true. */
export const time = (at) =>
    el('time', { datetime: new Date(at * 1000).toISOString(), title: fullTime(at), 'data-at': at }, relative(at));

export function tick() {
    for (const element of document.querySelectorAll('time[data-at]')) {
        element.textContent = relative(Number(element.dataset.at));
    }
}

/** A colour from a name, for the round picture of a person. */
export function avatar(name, kind = '') {
    const letters = name
        .replace(/[^\p{L}\d ]/gu, '')
        .trim()
        .split(/\s+/);
    const initials = `${letters[0]?.[0] ?? '?'}${letters.length > 1 ? letters.at(-1)[0] : ''}`.toUpperCase();
    const hue = [...name].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 8, 7);
    return el('span', { class: `avatar hue${hue} ${kind}`, 'aria-hidden': 'true' }, initials);
}

/**
 * Brings a list up to date: elements whose row did not change stay, so focus and scroll position stay, too. Rows that
 * are new or changed flash, except when the list is drawn for the first time.
 */
export function keyed(list, rows, draw, { flash = true } = {}) {
    const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
    let at = list.firstElementChild;
    for (const row of rows) {
        const shown = JSON.stringify(row);
        const old = before.get(row.id);
        before.delete(row.id);
        if (old?.shown === shown) {
            if (old === at) at = at.nextElementSibling;
            else list.insertBefore(old, at);
            continue;
        }
        const made = draw(row);
        made.dataset.key = row.id;
        made.shown = shown;
        const news = old === undefined || old.news !== row.news;
        made.news = row.news;
        if (flash && news) made.classList.add('flash');
        const focused = old?.contains(document.activeElement);
        if (old && old === at) at = at.nextElementSibling;
        old?.remove();
        list.insertBefore(made, at);
        if (focused) (made.matches('button') ? made : made.querySelector('button'))?.focus();
    }
    for (const gone of before.values()) gone.remove();
}

const allowed = new Set(
    'DIV P BR B STRONG I EM U S DEL UL OL LI BLOCKQUOTE PRE CODE SPAN H1 H2 H3 H4 TABLE TBODY TR TD TH HR'.split(' '),
);

/** The HTML of a message, rebuilt from harmless elements without any attribute: nothing loads, nothing runs. */
export function safe(html) {
    const rebuild = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
        if (node.nodeType !== Node.ELEMENT_NODE || ['SCRIPT', 'STYLE', 'TITLE'].includes(node.tagName)) return [];
        const inside = [...node.childNodes].flatMap(rebuild);
        if (!allowed.has(node.tagName)) return inside;
        const made = document.createElement(node.tagName);
        made.append(...inside);
        return [made];
    };
    return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap(rebuild);
}
