// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.
/* What the forms of nodes that Missive reaches have in common: path, address, kinds of events, a new secret, steps. */

/** The path's box behind what stands in front of every path. */
function drawPath(form) {
    box(form, 'path')
        .wrap('<div class="missive-group-of-boxes"></div>')
        .before($('<span class="missive-prefix"></span>').text(rootPath()));
}

/** The whole address with its copy button. `of` makes it of what stands behind the server; `''` where there is none to copy. */
function drawAddress(form, node, own, boxes, of) {
    const address = $('<input type="text" readonly>')
        .attr('id', `${node.type}-address`)
        .on('focus', function () {
            this.select();
        });
    const copy = copyButton(node, `${node.type}-copy`, address);
    const local = $('<p class="missive-hint"></p>').attr('id', `${node.type}-local`).text(node._('local'));
    own.append($('<div class="missive-group-of-boxes"></div>').append(address, copy), local);
    const showAddress = () => {
        const text = of(`${rootPath()}${shownPath(trimmedPath(box(form, 'path').val()))}`);
        copy.prop('disabled', text === '');
        address.val(text && outsideAddress(text)).attr('title', address.val());
    };
    for (const each of boxes) box(form, each).on('input change', showAddress);
    showAddress();
    whenOutsideIsKnown(() => {
        // The dialog may be closed by now.
        if (address.closest('body').length === 0) return;
        showAddress();
        show(form, node);
    });
    return address;
}

const eventsOf = (node) => (Array.isArray(node.events) ? node.events.filter((type) => typeof type === 'string') : []);

/** The kinds of events, a box each; gives the list of boxes. */
function drawKinds(form, node, own) {
    const list = $('<div class="missive-checks" role="group"></div>')
        .attr({ id: `${node.type}-events`, 'aria-label': node._('field.events') })
        .appendTo(own);
    const chosen = eventsOf(node);
    for (const kind of form.lists.events) {
        const each = $('<input type="checkbox">').val(kind).prop('checked', chosen.includes(kind));
        $('<label></label>')
            .append(each, $('<span></span>').text(node._(`event.${kind}`)))
            .appendTo(list);
    }
    return list;
}

const tickedKinds = (list) =>
    list
        .find('input:checked')
        .map((_index, each) => each.value)
        .get();

/** Where the practice inbox is, or what to do in Missive step by step: the form shows one of the two. */
function drawSteps(node, own, steps, practiceLink) {
    const practice = $('<p class="form-tips"></p>')
        .attr('id', `${node.type}-practice`)
        .text(`${node._('practice')} `);
    $('<a target="_blank" rel="noopener"></a>').attr(practiceLink).text(node._('openPractice')).appendTo(practice);
    const real = $('<div class="form-tips"><b></b><ol></ol></div>').attr('id', `${node.type}-missive`);
    real.children('b').text(node._('steps.title'));
    for (const step of steps)
        $('<li></li>')
            .text(node._(`steps.${step}`))
            .appendTo(real.children('ol'));
    own.append(practice, real);
}

const isPracticeNode = (form) => RED.nodes.node(box(form, 'account').val())?.connection === 'sandbox';

/** A button behind the box of a secret: fills in 256 bits, as `write` writes them, and says what to do with them. */
function drawGenerate(form, node, property, write, done = () => {}) {
    const value = box(form, property).wrap('<div class="missive-group-of-boxes"></div>');
    const hint = $('<p class="missive-hint"></p>').appendTo(rowOf(form, property));
    $('<button type="button" class="red-ui-button"><i class="fa fa-magic"></i> <span></span></button>')
        .attr('id', `${node.type}-generate`)
        .on('click', () => {
            value
                .attr('type', 'text')
                .val(write(crypto.getRandomValues(new Uint8Array(32))))
                .trigger('change');
            done();
            hint.text(node._('generated'));
        })
        .insertAfter(value)
        .children('span')
        .text(node._('generate'));
    return value;
}
