// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What a node is called on the canvas. */

/** Longer than this a label makes a node unwieldy. */
const longestLabel = 40;

/** What the canvas calls a node without a name. */
function titleOf(form, node) {
    const own = form.special?.title?.(form, node);
    if (own) return own;
    if (!form.rows.resource) return node._('label');
    return `${node._(form.verb ? 'verb' : 'label')} ${node._(`choice.resource.${resourceOf(form, node)}`)}`;
}

/** Its name, else what it does, with the names that are picked in it. */
function nameOnCanvas(form, node) {
    if (node.name) return node.name;
    const names = Object.keys(form.fields)
        .filter((property) => applies(form, node, property))
        .flatMap((property) => namesIn(form, node, property));
    const text = names.join(', ');
    const short = text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
    return text === '' ? titleOf(form, node) : `${titleOf(form, node)}: ${short}`;
}

/** The names of what is picked in a row. The organization says little: most have only one. */
function namesIn(form, node, property) {
    const { kind, list } = form.fields[property];
    const { type, value } = stored(form, node, property);
    if (!list || list === 'organization' || isSearched(list) || type !== 'pick' || value === '') return [];
    const place = placeOf(node.account);
    const known = knownList(place, list);
    // A label cannot wait: the nodes are drawn again when the list has come. It asks once; a dialog may ask again.
    if (!known && place && !lists().has(listKey(place, list))) loadList(place, list);
    return idsIn(value, kind === 'picks').flatMap((text) => (known && entryFor(known, text)?.name) || []);
}
