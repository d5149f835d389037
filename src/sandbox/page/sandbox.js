import { el, icon, keyed, tick } from './dom.js';
import { forms } from './forms.js';
import { drawNotices, drawViews, find, tabBar } from './frame.js';
import { conversationRow, listRow, subjectOf } from './list.js';
import { listen } from './news.js';
import { listening, tabs } from './side.js';
import { sidebars } from './sidebars.js';
import { drawThread } from './thread.js';
import { language, say } from './words.js';

const filters = { open: ({ closed }) => !closed, closed: ({ closed }) => closed, all: () => true };
const at = { state: undefined, chosen: undefined, filter: 'open', tab: 'contacts', problem: null, seen: false };

/** The person has picked a tab: none comes to the front by itself any more. */
let picked = false;

function pick(name) {
    picked = true;
    at.tab = name;
    draw();
}

const rails = sidebars({
    state: () => at.state,
    selected: () => selected(),
    choose: (id) => choose(id),
    picked: () => picked,
    tab: (name) => {
        at.tab = name;
        draw();
    },
    leave: () => pick('contacts'),
    draw: () => draw(),
    say: (text) => {
        find('.unseen').textContent = text;
    },
});

const selected = () => at.state?.conversations.find(({ id }) => id === at.chosen);

function choose(id) {
    at.chosen = id;
    const one = selected();
    if (one && !filters[at.filter](one)) at.filter = 'all';
    document.body.dataset.view = 'thread';
    draw();
    find('.thread').scrollTop = find('.thread').scrollHeight;
}

/** The sheet is there once a flow has written into it. */
const tabNames = (state) => Object.keys(tabs).filter((name) => name !== 'sheet' || state?.sheet.length > 0);

function drawList() {
    const rows = at.state.conversations.filter(filters[at.filter]);
    keyed(
        find('.rows'),
        rows.map((one) => listRow(one, at.state.labels, one.id === at.chosen)),
        conversationRow(choose),
        { flash: at.seen },
    );
    find('.list').classList.toggle('none', rows.length === 0);
    find('.list').dataset.none = say('nothingHere');
    const makers = Object.keys(filters).map((name) => ({
        name,
        count: at.state.conversations.filter(filters[name]).length,
    }));
    tabBar('.filters', makers, at.filter, 'aria-pressed', (name) => {
        at.filter = name;
        draw();
    });
}

function drawSide() {
    const { state } = at;
    const counts = {
        ...{ contacts: state.contacts.length, tasks: state.tasks.length },
        ...{ sheet: state.sheet.length, webhooks: listening(state) },
    };
    const names = tabNames(state).map((name) => ({ name, count: counts[name] }));
    tabBar('.side .tabs', names, at.tab, 'aria-selected', pick);
    const railed = rails.draw(at.tab);
    find('.panel').hidden = railed;
    if (railed) return;
    // The sidebar that was open, or the sheet, has gone.
    if (!tabNames(state).includes(at.tab)) at.tab = 'contacts';
    const { rows, draw: drawRow, none, above } = tabs[at.tab](state, choose);
    const panel = find('.panel');
    const same = panel.dataset.tab === at.tab;
    const list = same ? panel.querySelector('.cards') : el('ul', { class: 'cards' });
    panel.dataset.tab = at.tab;
    keyed(list, rows, drawRow, { flash: same && at.seen });
    const parts = [above, rows.length === 0 && el('p', { class: 'empty' }, none), list].filter(Boolean);
    for (const child of [...panel.children]) if (child !== list) child.remove();
    if (list.parentNode !== panel) panel.append(list);
    list.before(...parts.slice(0, -1));
}

function drawActs() {
    for (const button of document.querySelectorAll('[data-act]')) {
        button.disabled = at.state === undefined || (forms[button.dataset.act].needs && !selected());
    }
}

function draw() {
    at.sidebars = rails.names().length;
    drawNotices(at);
    drawActs();
    drawViews();
    if (!at.state) return;
    drawList();
    drawThread(at.state, selected());
    drawSide();
    at.seen = true;
}

/** A new state: a conversation that was not there before is opened, and said aloud. */
function show(state) {
    const before = at.state && new Set(at.state.conversations.map(({ id }) => id));
    at.state = state;
    document.body.dataset.ready = '';
    const fresh = before && state.conversations.find(({ id }) => !before.has(id));
    if (fresh) {
        at.chosen = fresh.id;
        find('.unseen').textContent = say('news', { what: subjectOf(fresh) });
    }
    if (!before) at.chosen = state.conversations.find(({ id }) => location.hash.includes(id))?.id;
    if (!selected()) at.chosen = state.conversations.find(filters[at.filter])?.id;
    draw();
}

document.documentElement.lang = language;
document.title = `Missive · ${say('title')}`;
for (const element of document.querySelectorAll('[data-words]')) element.textContent = say(element.dataset.words);
for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', say(element.dataset.label));
for (const button of document.querySelectorAll('[data-act]')) {
    const { act } = button.dataset;
    button.replaceChildren(icon(act), el('span', {}, say(act)));
    button.addEventListener('click', () => forms[act].open({ state: at.state, selected: selected() }));
}
find('.side .tabs').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = tabNames(at.state);
    pick(names[(names.indexOf(at.tab) + step + names.length) % names.length]);
    find('.side [aria-selected="true"]').focus();
});
find('.rails').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const names = rails.names();
    if (!step || !names.includes(at.tab)) return;
    pick(names[(names.indexOf(at.tab) + step + names.length) % names.length]);
    find('.rails [aria-selected="true"]').focus();
});
setInterval(tick, 20_000);
setTimeout(rails.look, 300);
draw();
listen(show, (problem) => {
    at.problem = problem;
    drawNotices(at);
});
