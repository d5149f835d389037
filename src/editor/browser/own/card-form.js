/* What is special to the form of sidebar card: its lists, the sidebar it pushes to, the preview. */

/** Draws the list of a part below its row, for as long as the row says that it is built here. */
function drawCardList(form, node, property) {
    const row = rowOf(form, property);
    const place = $('<div class="missive-parts-of"></div>').attr('data-parts', property).appendTo(row);
    const isHere = node[`${property}Type`] === 'parts';
    const value = isHere ? node[property] : undefined;
    const stored = typeof value === 'string' ? parsedOr(value) : value;
    const change = () => form.preview?.refresh();
    if (property === 'form') drawFormHead(form, node, place, isHere ? stored : undefined);
    const columns = cardLists[property](form);
    form.partLists[property] = partsList(node, place, {
        columns: typeof columns === 'function' ? columns : () => columns,
        items: (property === 'form' ? stored?.fields : stored) ?? [],
        change,
    });
}

/** A form's own name and the words on its button. */
function drawFormHead(form, node, place, stored) {
    form.formHead = { stored: { name: stored?.name ?? 'form', ...(stored?.submit && { submit: stored.submit }) } };
    const head = $('<div class="missive-part-head"></div>').appendTo(place);
    const columns = ['name', 'submit'].map((key) => ({ key, kind: 'text' }));
    form.formHead.draw = () => drawParts(node, head.empty(), columns, form.formHead, () => form.preview?.refresh());
    form.formHead.draw();
}

/** What is stored of a list. */
function listOfPart(form, property) {
    const items = storedItems(property, form.partLists[property].items());
    return property === 'form' ? { ...form.formHead.stored, fields: items } : items;
}

const cardListNames = Object.keys(cardLists);
const typeNow = (form, property) => box(form, `${property}Type`).val();

/** The card that the dialog says, as far as it is known without a message. */
function cardNow(form, node) {
    const card = {};
    for (const part of form.lists.parts) {
        const { type, value } = current(form, node, part);
        if (type === 'parts') {
            const list = listOfPart(form, part);
            if ((Array.isArray(list) ? list : list.fields).length > 0) card[part] = previewParts(list);
        } else if (type === 'json') card[part] = parsedOr(value);
        else if (type === 'num' && value !== '') card[part] = Number(value);
        else if (type === 'str' && value !== '') card[part] = value.replace(/↵/g, '\n');
        else if (['title', 'subtitle', 'badge', 'text'].includes(part) && isSet({ type, value }))
            card[part] = placeholder(type, value);
        if (card[part] === undefined) delete card[part];
    }
    return card;
}

function parsedOr(value) {
    try {
        return JSON.parse(value);
    } catch (_error) {
        return undefined;
    }
}

/** Fills the dialog from a card as JSON. */
function useCard(form, node, card) {
    if (typeof card !== 'object' || card === null || Array.isArray(card)) throw new Error('{ … }');
    const badge = card.badge && typeof card.badge === 'object' ? card.badge : { text: card.badge, tone: card.tone };
    const flat = { ...card, badge: badge.text, tone: badge.tone ?? card.tone };
    for (const part of form.lists.parts) {
        const value = flat[part];
        const isEmpty = value === undefined || value === null || value === '';
        if (cardListNames.includes(part)) {
            const things = part === 'form' ? value?.fields : value;
            if (Array.isArray(things)) {
                if (part === 'form') {
                    form.formHead.stored = {
                        name: value.name ?? 'form',
                        ...(value.submit && { submit: value.submit }),
                    };
                    form.formHead.draw();
                }
                form.partLists[part].replace(partsFrom(things));
            }
            setField(form, part, { type: Array.isArray(things) ? 'parts' : 'none', value: '' });
        } else if (isEmpty) setField(form, part, { type: 'none', value: '' });
        else if (typeof value === 'string') {
            const source = sourceIn(value);
            setField(form, part, {
                ...source,
                value: part === 'text' ? source.value.replace(/\r?\n/g, '↵') : source.value,
            });
        } else if (typeof value === 'number') setField(form, part, { type: 'num', value: String(value) });
        else setField(form, part, { type: 'json', value: JSON.stringify(value) });
    }
    show(form, node);
    form.preview.refresh();
}

/** The sidebars of all flows, by their names. */
function drawSidebars(form, node) {
    const stored = box(form, 'sidebar_in').val();
    const select = $('<select></select>').attr('id', box(form, 'sidebar_in').attr('id'));
    $('<option value=""></option>').text(node._('everySidebar')).appendTo(select);
    RED.nodes.eachNode((each) => {
        if (each.type === 'missive-sidebar-in')
            $('<option></option>')
                .val(each.id)
                .text(each.name || each.path || each.id)
                .appendTo(select);
    });
    if (stored && !RED.nodes.node(stored)) $('<option></option>').val(stored).text(stored).appendTo(select);
    box(form, 'sidebar_in').replaceWith(select.val(stored));
}

specials['missive-sidebar-card'] = {
    messageType,
    open(form, node) {
        form.partLists = {};
        form.preview = undefined;
        rowOf(form, 'fields').hide();
        drawSidebars(form, node);
        for (const property of cardListNames) drawCardList(form, node, property);
        form.preview = cardPreview(node, $('.missive-own[data-own="preview"]'), {
            card: () => cardNow(form, node),
            use: (card) => useCard(form, node, card),
            maySend: () => box(form, 'may_send').prop('checked'),
        });
        form.listsOpened = Object.fromEntries(
            cardListNames.map((each) => [each, JSON.stringify(listOfPart(form, each))]),
        );
    },
    show(form) {
        for (const property of cardListNames)
            rowOf(form, property)
                .children('.missive-parts-of')
                .toggle(typeNow(form, property) === 'parts');
        form.preview?.refresh();
    },
    save(form, node) {
        for (const property of cardListNames) {
            if (typeNow(form, property) !== 'parts') continue;
            const list = listOfPart(form, property);
            const isSame = node[`${property}Type`] === 'parts' && JSON.stringify(list) === form.listsOpened[property];
            box(form, property)
                .add(box(form, `${property}Type`))
                .removeAttr('id');
            if (isSame) continue;
            node[property] = list;
            node[`${property}Type`] = 'parts';
        }
    },
    close(form) {
        form.preview?.end();
        form.preview = undefined;
    },
};
