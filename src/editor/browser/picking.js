// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/*
 * Fields picked from a message that really came, and the preview. Their script is loaded with the first dialog; this is
 * what the forms know of it. In a dialog: `.missive-pick` beside each row that can read the message, `.missive-pick-panel`
 * with `[data-path="payload.message.subject"]` inside, `.missive-seen` below a row, `.missive-would-ask` for the preview.
 */

const pickingFile = (name) => new URL(`missive/fields/${name}`, document.baseURI).href;

/** That of the dialog that is open: a promise of `{ pick, show, end }`, or of nothing where the script is not there. */
let picking = Promise.resolve();

/** Whatever is at hand when the script is there. */
const withPicking = (act) => void picking.then((here) => here && act(here));

function preparePicking(form, node) {
    const readable = Object.keys(form.fields).filter((property) => typesOf(form.fields[property]).includes('msg'));
    const mayPick = node._def?.inputs > 0;
    $('.missive-form .missive-pick').toggle(mayPick);
    picking = mayPick ? loadPicking(form, node, readable) : Promise.resolve();
    withPicking((here) => form.edited === node && here.show());
    // The lists inside a row have buttons of their own.
    for (const property of readable)
        rowOf(form, property)
            .children('.missive-buttons')
            .children('.missive-pick')
            .on('click', function () {
                const row = rowToPick(form, node, property);
                withPicking((here) => here.pick(this, row));
            });
    form.endings.push(() => {
        withPicking((here) => here.end());
        picking = Promise.resolve();
    });
}

async function loadPicking(form, node, readable) {
    try {
        const { pickingFor } = await import(pickingFile('picking.js'));
        if (form.edited !== node) return undefined;
        const isOperation = form.choosesFields === true;
        return pickingFor({
            node,
            say: (word, more) => ours(`picking.${word}`, more),
            rows: () => [...readable.map((property) => rowToPick(form, node, property)), ...pickedParts()],
            place: isOperation ? $(`.missive-form[data-type="${form.type}"]`) : undefined,
            config: () => configNow(form, node),
            account: () => box(form, 'account').val(),
            putBeside,
        });
    } catch (_error) {
        // Node-RED is not there for the moment: rows are filled in by hand.
        return undefined;
    }
}

/** What a message always may have where it comes from an event, whether or not one is known. */
const usualPaths = ['payload', 'topic', 'missive.conversation', 'missive.message', 'missive.event'];

/**
 * The type `msg` of a row: while somebody types it offers what the last real message had, else the example; then what
 * is usual, and what Node-RED itself knows.
 */
const messagePath = (usual = usualPaths) => ({
    value: 'msg',
    label: 'msg.',
    validate: RED.utils.validatePropertyExpression,
    // Two parameters: Node-RED then waits for `done`.
    autoComplete(text, done) {
        const box = document.activeElement;
        const more = [...usual.filter((path) => path.includes(text.trim())), ...ownCompletions(text)];
        picking
            .then((here) => here?.complete(text))
            .then((found = []) => {
                const known = new Set();
                // Whoever has gone on wants no menu any more.
                if (document.activeElement !== box) return;
                const all = [...found, ...more].map((each) => (each.value ? each : { value: each, label: each }));
                done(all.filter(({ value }) => !known.has(value) && known.add(value)));
            });
    },
});

/** What Node-RED's own type completes; it is reached by a box that is never shown. */
function ownCompletions(text) {
    const box = $('<input>').typedInput({ types: ['msg'] });
    const complete = box.typedInput('instance')?.typeMap?.msg?.autoComplete;
    return complete?.length === 1 ? complete(text) : [];
}

/** A row, as the picking reads and writes it. */
const rowToPick = (form, node, property) => ({
    row: rowOf(form, property),
    read: () => ({
        ...current(form, node, property),
        usual: `payload.${keyOf(form, property)}`,
        caret: rowOf(form, property).find('.red-ui-typedInput-input')[0]?.selectionStart,
    }),
    write(picked) {
        form.added.add(property);
        setField(form, property, picked);
        show(form, node);
    },
    focus: () => focusField(form, property),
});

/** The node as its dialog says, deployed or not. */
function configNow(form, node) {
    const config = { name: node.name, version: node.version, priority: node.priority };
    for (const [property, { kind, draw }] of Object.entries(form.rows)) {
        if (!kind)
            config[property] = draw === 'check' ? box(form, property).prop('checked') : box(form, property).val();
        else {
            const { type, value } = current(form, node, property);
            Object.assign(config, { [property]: value, [`${property}Type`]: type });
        }
    }
    return { ...config, fields: form.choosesFields ? box(form, 'fields').val() : undefined };
}

/** A button beside any box that can hold a path: `target` is `{ read, write, focus }` with a type and a value. */
const pickButton = (target) =>
    $('<button type="button" class="missive-pick" aria-haspopup="dialog" aria-expanded="false"></button>')
        .attr({ title: ours('picking.pick'), 'aria-label': ours('picking.pick') })
        .append('<i class="fa fa-crosshairs"></i>')
        .on('click', function () {
            withPicking((here) => here.pick(this, target));
        });

/** Boxes in lists of the open dialog that show the value of their path. */
const pickedParts = () =>
    $('.missive-form .missive-part')
        .get()
        .flatMap((line) => $(line).data('picked') ?? []);
