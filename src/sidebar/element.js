import { textOf } from './words.js';

/** An element; whatever else stands among the children becomes text, never markup. `on…` are listeners. */
export function el(tag, given = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? '' : textOf(value));
    }
    for (const child of children.flat(3)) {
        if (child === null || child === undefined || child === false) continue;
        element.append(child instanceof Node ? child : textOf(child));
    }
    return element;
}

/** An element around something that a customer may have written: it reads in its own direction. */
export const says = (tag, given, value) => el(tag, { dir: 'auto', ...given }, textOf(value));

const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'missive:'];

/** An address that may be opened; `undefined` for every other scheme, and for what is no address. */
export function linkOf(value, allowed = schemes) {
    try {
        const url = new URL(textOf(value).trim());
        return allowed.includes(url.protocol) ? url.href : undefined;
    } catch {
        return undefined;
    }
}

export const imageOf = (value) => linkOf(value, ['https:']);

/** A link that `open` opens; where the address may not be opened, its text alone. */
export function link(label, url, open, given = {}) {
    const href = linkOf(url);
    if (!href) return el('span', { dir: 'auto', ...given }, label);
    const press = (event) => {
        event.preventDefault();
        open(href);
    };
    const about = { href, target: '_blank', rel: 'noopener noreferrer', onclick: press };
    return el('a', { dir: 'auto', ...given, ...about }, label);
}

let last = 0;

/** An id that no other element has. */
export const newId = () => {
    last += 1;
    return `m-${last}`;
};
