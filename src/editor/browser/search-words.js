// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* How nodes are found in the palette and in the quick-add menu: by more words than their labels have. */

/** Node-RED searches the type and the label alone: the words stand behind the label that it searches, and are not shown. */
function addWords() {
    for (const type of forms.keys()) {
        const words = wordsToFind(type);
        if (!words) continue;
        const entry = $(`.red-ui-palette-node[data-palette-type="${type}"]`);
        const label = entry.attr('data-palette-label');
        if (label !== undefined && !label.endsWith(words)) entry.attr('data-palette-label', `${label} ${words}`);
    }
    for (const { data } of quickAddItems()) {
        const words = typeof data.index === 'string' && wordsToFind(data.type);
        if (words && !data.index.endsWith(words)) data.index += ` ${words}`;
    }
}

function wordsToFind(type) {
    if (!forms.has(type)) return '';
    const text = RED.nodes.getType(type)?._?.('keywords');
    return text && text !== 'keywords' ? text.toLowerCase() : '';
}

/** The entries of the quick-add menu, each with what Node-RED searches of it. */
function quickAddItems() {
    const list = $('#red-ui-type-search ol').first();
    return list
        .children()
        .toArray()
        .map((each) => ({ data: $(each).find('.red-ui-editableList-item-content').data('data') ?? {} }));
}

/** Before Node-RED takes up what is typed. */
function findByWords() {
    const boxes = '#red-ui-palette-search input, #red-ui-type-search-input';
    for (const event of ['focusin', 'input'])
        globalThis.document?.addEventListener(event, ({ target }) => target.matches?.(boxes) && addWords(), true);
    RED.events?.on('type-search:open', addWords);
}
