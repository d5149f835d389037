import { el, icon, keyed } from './dom.js';
import { editor } from './news.js';
import { noRules } from './side.js';
import { say } from './words.js';

export const find = (selector) => document.querySelector(selector);

/** A row of buttons of which one is pressed. */
export function tabBar(place, rows, current, mark, pick) {
    keyed(
        find(place),
        rows.map(({ name, count, label }) => ({ id: name, count, label, on: name === current })),
        ({ id, count, label, on }) =>
            el(
                'button',
                {
                    type: 'button',
                    [mark]: String(on),
                    role: mark === 'aria-selected' && 'tab',
                    'aria-controls': mark === 'aria-selected' && 'panel',
                    tabindex: mark === 'aria-selected' && !on && '-1',
                    onclick: () => pick(id),
                },
                label ?? say(id),
                count !== undefined && el('span', { class: 'number' }, String(count)),
            ),
        { flash: false },
    );
}

/** Says what stands in the way, or that no flow listens. */
export function drawNotices({ problem, state, sidebars = 0 }) {
    const login = el('a', { href: editor }, say('openEditor'));
    const notice = problem
        ? problem.status === 401
            ? ['trouble', say('login'), login]
            : ['trouble', problem.status === 403 ? say('forbidden') : say('lost')]
        : state && noRules(state) && sidebars === 0
          ? ['hint', say('noRules')]
          : null;
    const shown = JSON.stringify(notice?.slice(0, 2) ?? null);
    if (find('.notices').shown === shown) return;
    find('.notices').shown = shown;
    const [kind, ...content] = notice ?? [];
    find('.notices').replaceChildren(
        ...(notice ? [el('p', { class: kind }, icon('warn'), el('span', {}, content[0]), content[1])] : []),
    );
}

/** On a narrow screen one part of the page is seen at a time. */
export function view(name) {
    document.body.dataset.view = name;
    drawViews();
}

/** The buttons that lead from part to part there. */
export function drawViews() {
    const signs = { list: 'list', thread: 'comment', side: 'side' };
    const words = { list: 'viewList', thread: 'viewThread', side: 'viewSide' };
    // Buttons that are drawn again lose the focus.
    if (find('.views').shown === document.body.dataset.view) return;
    find('.views').shown = document.body.dataset.view;
    find('.views').replaceChildren(
        ...Object.keys(signs).map((name) =>
            el(
                'button',
                {
                    type: 'button',
                    'aria-pressed': String(document.body.dataset.view === name),
                    onclick: () => view(name),
                },
                icon(signs[name]),
                say(words[name]),
            ),
        ),
    );
}
