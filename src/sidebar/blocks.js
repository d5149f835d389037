import { el, link } from './element.js';

/** A piece of a line: text, or one mark around pieces. */
function inline(piece, open) {
    if (piece === null || typeof piece !== 'object') return piece;
    const [mark] = Object.keys(piece).filter((key) => key in marks);
    return mark ? marks[mark](piece, (pieces) => all(pieces, open), open) : null;
}

const all = (pieces, open) => [pieces ?? []].flat().map((each) => inline(each, open));

const marks = {
    a: ({ a, url }, inside, open) => link(inside(a), url, open),
    b: ({ b }, inside) => el('strong', {}, inside(b)),
    i: ({ i }, inside) => el('em', {}, inside(i)),
    s: ({ s }, inside) => el('s', {}, inside(s)),
    code: ({ code }) => el('code', {}, code),
    br: () => el('br'),
};

/** How each kind of block is drawn; every piece of text keeps its own direction. */
const kinds = {
    p: ({ p }, open) => el('p', { dir: 'auto' }, all(p, open)),
    // The card's title is the heading above.
    h: ({ h, level }, open) =>
        el(`h${Math.min(Math.max(Number(level) || 1, 1), 3) + 2}`, { dir: 'auto' }, all(h, open)),
    ul: ({ ul }, open) => el('ul', {}, items(ul, open)),
    ol: ({ ol, start }, open) => el('ol', { start }, items(ol, open)),
    pre: ({ pre }) => el('pre', { tabindex: '0' }, pre),
    quote: ({ quote }, open) => el('blockquote', {}, blocks(quote, open)),
    hr: () => el('hr'),
    table: ({ table }, open) =>
        el(
            'div',
            { class: 'table', tabindex: '0' },
            el(
                'table',
                {},
                el('thead', {}, line(table?.head, 'th', open)),
                el(
                    'tbody',
                    {},
                    (table?.rows ?? []).map((row) => line(row, 'td', open)),
                ),
            ),
        ),
};

const line = (cells, tag, open) =>
    el(
        'tr',
        {},
        (cells ?? []).map((cell) => el(tag, { dir: 'auto' }, all(cell, open))),
    );
const items = (rows, open) => (rows ?? []).map((row) => el('li', { dir: 'auto' }, blocks(row, open)));

/** Text of a card (Markdown, read by the server) as elements. */
export const blocks = (list, open) =>
    [list ?? []].flat().map((block) => {
        const [kind] = Object.keys(block ?? {}).filter((key) => key in kinds);
        return kind ? kinds[kind](block, open) : null;
    });
