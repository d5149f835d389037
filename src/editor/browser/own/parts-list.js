// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* A list that is built in the dialog: each thing in it has parts, one box a part. */

/** What a sidebar's own event brings, so that nobody has to type a path. */
const sidebarFields = [
    ...['contact.name', 'contact.address', 'contact.phone_number', 'conversation.id', 'conversation.subject'],
    ...[
        'conversation.link',
        'message.id',
        'message.subject',
        'message.preview',
        'message.body',
        'messages',
        'contacts',
    ],
    ...['user.first_name', 'user.last_name', 'user.email', 'action', 'values', 'keep'],
].map((each) => `payload.${each}`);

const messageType = () => messagePath(sidebarFields);

const typesOfPart = (optional) => [
    ...(optional ? [{ value: 'none', label: ours('word.none'), icon: 'fa fa-ban', hasValue: false }] : []),
    messageType(),
    { value: 'str', label: ours('word.text'), icon: 'red/images/typedInput/az.svg' },
    'jsonata',
    'flow',
    'global',
    'env',
];

/** Draws a list into a place. `columns(item)` are the parts of a thing; `items()` of what comes back is what is stored. */
function partsList(node, place, { columns, items, change }) {
    const list = $('<ol class="missive-parts"></ol>').appendTo(place);
    const drawn = new Set();
    list.editableList({
        addItem(row, _index, item) {
            drawn.add(item);
            item.draw = () => drawParts(node, row.empty(), columns(item.stored), item, () => change());
            item.stored ??= {};
            item.draw();
            change();
        },
        removeItem(item) {
            drawn.delete(item);
            change();
        },
        sortItems: () => change(),
        addButton: node._('add'),
        removable: true,
        sortable: true,
        height: 'auto',
    });
    for (const stored of items) list.editableList('addItem', { stored: structuredClone(stored) });
    return {
        items: () =>
            list
                .editableList('items')
                .map((_index, each) => $(each).data('data').stored)
                .get(),
        replace(others) {
            list.editableList('empty');
            for (const stored of others) list.editableList('addItem', { stored: structuredClone(stored) });
        },
    };
}

/** The boxes of one thing. What they hold is written into `item.stored` as it is typed. */
function drawParts(node, place, columns, item, change) {
    for (const column of columns) {
        const line = $('<div class="missive-part"></div>').attr('data-part', column.key).appendTo(place);
        const id = `missive-part-${nextPart++}`;
        $('<label></label>')
            .attr('for', id)
            .text(node._(`part.${column.word ?? column.key}`))
            .appendTo(line);
        partBoxes[column.kind](node, line, id, column, item, change);
    }
}

let nextPart = 1;

/** Where a part is kept: in the thing, or in an object inside it (`effect`). */
const holder = (item, { inside }) => {
    if (!inside) return item.stored;
    item.stored[inside] ??= {};
    return item.stored[inside];
};

const partBoxes = {
    text(_node, line, id, column, item, change) {
        const { key } = column;
        $('<input type="text" autocomplete="off">')
            .attr('id', id)
            .val(holder(item, column)[key] ?? '')
            .on('input change', function () {
                const kept = holder(item, column);
                if (this.value === '') delete kept[key];
                else kept[key] = this.value;
                change();
            })
            .appendTo(line);
    },
    /** Options with commas between. */
    list(_node, line, id, column, item, change) {
        const { key } = column;
        const stored = holder(item, column)[key];
        const names = Array.isArray(stored) ? stored.map((each) => each?.value ?? each) : [];
        $('<input type="text" autocomplete="off">')
            .attr('id', id)
            .val(names.join(', '))
            .on('change', function () {
                const texts = this.value
                    .split(',')
                    .map((each) => each.trim())
                    .filter(Boolean);
                if (texts.length > 0) holder(item, column)[key] = texts;
                else delete holder(item, column)[key];
                change();
            })
            .appendTo(line);
    },
    check(_node, line, id, column, item, change) {
        const { key } = column;
        $('<input type="checkbox">')
            .attr('id', id)
            .prop('checked', holder(item, column)[key] === true)
            .on('change', function () {
                if (this.checked) holder(item, column)[key] = true;
                else delete holder(item, column)[key];
                change();
            })
            .appendTo(line);
    },
    select(node, line, id, column, item, change) {
        const { key, choices, words, redraw } = column;
        const select = $('<select></select>').attr('id', id).appendTo(line);
        for (const each of choices)
            $('<option></option>')
                .val(each)
                .text(node._(`${words}.${each}`))
                .appendTo(select);
        const kept = holder(item, column);
        kept[key] ??= choices[0];
        select.val(kept[key]).on('change', function () {
            holder(item, column)[key] = this.value;
            if (redraw) redraw(item);
            change();
        });
    },
    typed(_node, line, id, column, item, change) {
        const { key, optional, starts = 'msg' } = column;
        const kept = holder(item, column);
        const type = kept[`${key}Type`] ?? (kept[key] === undefined ? (optional ? 'none' : starts) : 'str');
        const input = $('<input type="text">')
            .attr('id', id)
            .val(kept[key] ?? '')
            .appendTo(line);
        input.typedInput({ types: typesOfPart(optional), default: type });
        input.typedInput('type', type);
        input.typedInput('width', '100%');
        input.on('change', () => {
            const now = holder(item, column);
            const chosen = input.typedInput('type');
            if (chosen === 'none') {
                delete now[key];
                delete now[`${key}Type`];
            } else {
                now[key] = input.typedInput('value');
                now[`${key}Type`] = chosen;
            }
            change();
            withPicking((here) => here.show());
        });
        // While somebody types: a value that appears on leaving the box would move the next click's target.
        input
            .next('.red-ui-typedInput-container')
            .find('.red-ui-typedInput-input')
            .on('input', () => withPicking((here) => here.show()));
        const write = (picked) => {
            input.typedInput('type', picked.type);
            input.typedInput('value', picked.value);
            input.trigger('change');
        };
        const read = () => ({ type: input.typedInput('type'), value: input.typedInput('value') });
        line.data('picked', { row: line, read, write }).append(
            pickButton({ read, write, focus: () => input.typedInput('focus') }),
        );
    },
};
