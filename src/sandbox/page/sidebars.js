import { app } from './app.js';
import { el, keyed } from './dom.js';
import { find, tabBar } from './frame.js';
import { sidebarsThere } from './news.js';
import { host } from './stand-in/host.js';
import { say } from './words.js';

const every = 3000;
const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = () => (dark.matches ? 'dark' : 'light');

/** What was clicked in one of Missive's menus, by the menu's context. */
function clicked(context, one) {
    const of = (kind) => one?.entries.findLast((entry) => entry.kind === kind);
    const phone = one?.authors.find(({ phone_number }) => phone_number)?.phone_number;
    const found = { message: of('message'), comment: of('comment'), draft: of('draft') }[context];
    return {
        ...(one && { conversation: { id: one.id } }),
        ...(found && { [context]: found }),
        ...(context === 'tel' && { phone_number: phone }),
    };
}

/**
 * The sidebars of the flows that run, each a tab beside the conversation: the page of the product, in a frame, with a
 * stand-in of Missive's script. All are loaded, as in Missive, so that their menus work while another one is seen.
 */
export function sidebars(page) {
    const shown = new Map();
    let wanted = new URLSearchParams(location.search).get('sidebar');
    let open;

    const names = () => [...shown.keys()];

    function menu(one) {
        const entries = one.actions.flatMap(({ label, contexts }, index) =>
            (contexts ?? ['message']).map((context) => ({ id: `${index} ${context}`, index, label, context })),
        );
        const press = ({ index, context }) => one.link.act(index, clicked(context, page.selected()));
        keyed(
            one.menu.querySelector('ul'),
            entries,
            (entry) =>
                el(
                    'li',
                    {},
                    el(
                        'button',
                        { type: 'button', onclick: () => press(entry) },
                        entry.label,
                        el('span', { class: 'number' }, entry.context),
                    ),
                ),
            { flash: false },
        );
    }

    function add({ id, name, address }) {
        const frame = el('iframe', { title: name });
        const shortcut = el(
            'button',
            { type: 'button', class: 'link', onclick: () => one.link.emit('main_action') },
            say('shortcut'),
        );
        const menuPlace = el('details', { class: 'menus' }, el('summary', {}, say('menus')), el('ul'), shortcut);
        const place = el('div', { class: 'rail', 'data-id': id }, menuPlace, frame);
        const one = { id, name, address, place, menu: menuPlace, actions: [] };
        const answers = {
            ...app({ ...page, sent: (message) => one.link.emit('message_sent', message) }),
            reload: () => frame.setAttribute('src', address),
            openSelf: () => show(id),
            closeSelf: () => page.leave(),
            setAsUtility: () => {},
            setActions: (actions) => {
                one.actions = actions;
                menu(one);
            },
        };
        one.link = host(frame, { origin: location.origin, answers });
        one.link.theme(theme());
        shown.set(id, one);
        find('.frames').append(place);
        one.link.emit('change:conversations', selection());
        frame.src = address;
    }

    function remove(id) {
        const one = shown.get(id);
        one.link.stop();
        one.place.remove();
        shown.delete(id);
    }

    const selection = () => (page.selected() ? [page.selected().id] : []);
    let told = '';

    /** Tells every sidebar which conversation is open. */
    function tell() {
        const now = selection();
        if (now.join() === told) return;
        told = now.join();
        for (const { link } of shown.values()) link.emit('change:conversations', now);
    }

    function show(id) {
        page.tab(id);
    }

    /** Draws the tabs and the frame of the one that is open; gives whether one is. */
    function draw(current) {
        open = shown.has(current) ? current : undefined;
        tabBar(
            '.rails',
            [...shown.values()].map(({ id, name }) => ({ name: id, label: name })),
            current,
            'aria-selected',
            show,
        );
        find('.rails').hidden = shown.size === 0;
        document.body.toggleAttribute('data-rails', shown.size > 0);
        find('.frames').hidden = !open;
        for (const one of shown.values()) one.place.hidden = one.id !== open;
        tell();
        return Boolean(open);
    }

    async function look() {
        if (!document.hidden && page.state()) {
            const there = await sidebarsThere();
            for (const [id, one] of shown)
                if (!there.some((each) => each.id === id && each.address === one.address && each.name === one.name))
                    remove(id);
            const fresh = there.filter(({ id }) => !shown.has(id));
            for (const each of fresh) add(each);
            const first = wanted ? fresh.find(({ id }) => id === wanted) : fresh[0];
            if (first && !page.picked()) page.tab(first.id);
            if (first) wanted = undefined;
            page.draw();
        }
        setTimeout(look, every);
    }
    dark.addEventListener('change', () => {
        for (const { link } of shown.values()) link.theme(theme());
    });

    return { names, draw, look };
}
