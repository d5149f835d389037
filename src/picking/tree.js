import { entriesOf, found, isBranch, pathOf, shortly } from './paths.js';

/* A message as a tree with values: a click on a value, or the button of an object or list, picks its way. */

/** Rows of a list that are shown. */
const mostRows = 50;

/** Draws the tree into a place; `pick(keys)` is called with the way to what was picked. */
export function drawTree(place, msg, { pick, label, whole }) {
    const tree = $('<ul role="tree" class="missive-tree"></ul>').attr('aria-label', label).appendTo(place.empty());
    const opening = (keys) => keys.length === 1 && keys[0] === 'payload';
    const draw = (list, value, keys) => {
        const entries = entriesOf(value);
        for (const [key, each] of entries.slice(0, mostRows)) list.append(item(key, each, [...keys, key]));
        if (entries.length > mostRows) $('<li role="none"></li>').text(`… ${entries.length}`).appendTo(list);
    };

    function item(key, value, keys, text = String(key)) {
        const branch = isBranch(value);
        const path = pathOf(keys);
        const node = $('<li role="treeitem" tabindex="-1"></li>').attr('data-path', path);
        const row = $('<div class="missive-tree-row"></div>').appendTo(node);
        row.append(
            $('<i></i>').addClass(branch ? 'fa fa-caret-right' : 'fa'),
            $('<span class="missive-tree-key"></span>').text(text),
            $('<span class="missive-tree-value"></span>')
                .addClass(`missive-tree-${value === null ? 'null' : typeof value}`)
                .text(shortly(value)),
        );
        if (path === undefined) node.attr('aria-disabled', 'true');
        const take = () => path !== undefined && pick(keys);
        node.data('take', take);
        if (!branch) {
            row.on('click', take);
            return node;
        }
        const inside = $('<ul role="group"></ul>').hide().appendTo(node);
        const open = (on) => {
            if (on && inside.children().length === 0) draw(inside, value, keys);
            inside.toggle(on);
            node.attr('aria-expanded', String(on));
            row.children('i').attr('class', `fa fa-caret-${on ? 'down' : 'right'}`);
        };
        node.data('open', open);
        row.on('click', () => open(node.attr('aria-expanded') !== 'true'));
        if (path !== undefined)
            $('<button type="button" class="missive-tree-whole" tabindex="-1"></button>')
                .text(whole)
                .on('click', (event) => {
                    event.stopPropagation();
                    take();
                })
                .appendTo(row);
        open(opening(keys) || (opening(keys.slice(0, 1)) && keys.length === 2 && entriesOf(value).length <= 12));
        return node;
    }

    draw(tree, msg, []);
    tree.find('[role="treeitem"]').first().attr('tabindex', 0);
    tree.on('keydown', (event) => steer(tree, event));
    return {
        /** Shows only what a text stands in. */
        search(text) {
            tree.empty();
            if (text.trim() === '') draw(tree, msg, []);
            for (const keys of text.trim() === '' ? [] : found(msg, text)) {
                const value = keys.reduce((at, key) => at[key], msg);
                tree.append(item(keys.at(-1), value, keys, pathOf(keys) ?? keys.join(' › ')));
            }
            tree.find('[role="treeitem"]').first().attr('tabindex', 0);
        },
        focus: () => tree.find('[role="treeitem"][tabindex="0"]').first().trigger('focus'),
        first: () => tree.find('[role="treeitem"]').first().data('take')?.(),
    };
}

const go = (tree, node) => {
    if (!node?.length) return;
    tree.find('[tabindex="0"]').attr('tabindex', -1);
    node.attr('tabindex', 0).trigger('focus');
};

/** Arrows walk and open, Enter picks. */
function steer(tree, event) {
    const node = $(event.target).closest('[role="treeitem"]');
    const all = tree.find('[role="treeitem"]:visible');
    const at = all.index(node);
    const isOpen = node.attr('aria-expanded') === 'true';
    const act = {
        ArrowDown: () => go(tree, all.eq(at + 1)),
        ArrowUp: () => at > 0 && go(tree, all.eq(at - 1)),
        ArrowRight: () => (isOpen ? go(tree, all.eq(at + 1)) : node.data('open')?.(true)),
        ArrowLeft: () => (isOpen ? node.data('open')(false) : go(tree, node.parent().closest('[role="treeitem"]'))),
        Home: () => go(tree, all.first()),
        End: () => go(tree, all.last()),
        Enter: () => node.data('take')?.(),
        ' ': () => node.data('take')?.(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
}
