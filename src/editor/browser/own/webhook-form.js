/* What is special to the form of webhook in: the kinds of events, the secret. */

/** In the order in which they were stored, so that a dialog that is opened and closed changes nothing. */
function chosenEvents(storedEvents) {
    const others = $('#missive-webhook-in-others')
        .val()
        .split(/[\s,;]+/)
        .filter(Boolean);
    const chosen = [...new Set([...tickedKinds($('#missive-webhook-in-events')), ...others])];
    return [
        ...storedEvents.filter((type) => chosen.includes(type)),
        ...chosen.filter((type) => !storedEvents.includes(type)),
    ];
}

function drawEvents(form, node, own) {
    const storedEvents = eventsOf(node);
    const list = drawKinds(form, node, own);
    for (const label of list.children()) label.title = $(label).find('input').val();
    $('<input type="text" id="missive-webhook-in-others" autocomplete="off" spellcheck="false">')
        .attr({ placeholder: node._('others'), 'aria-label': node._('others') })
        .val(storedEvents.filter((type) => !form.lists.events.includes(type)).join(', '))
        .appendTo(own);
    const says = $('<p class="missive-hint" id="missive-webhook-in-chosen" aria-live="polite"></p>').appendTo(own);
    const showChosen = () => says.text(node._(chosenEvents(storedEvents).length > 0 ? 'someEvents' : 'allEvents'));
    own.on('input change', showChosen);
    // A rule of the node's own brings its one event: what a new node has ticked would let nothing else through.
    box(form, 'mode').on('change', function () {
        if (form.opened && this.value === 'hook' && chosenEvents(storedEvents).join() === 'incoming_email')
            list.find('input').prop('checked', false);
        showChosen();
    });
    showChosen();
}

/** Shown once, to be entered in Missive as well. */
function drawSecret(form, node) {
    const hexadecimal = (bytes) => [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('');
    const secret = drawGenerate(form, node, 'secret', hexadecimal, () => copy.show());
    const copy = copyButton(node, 'missive-webhook-in-copy-secret', secret).hide().insertAfter(secret);
}

specials['missive-webhook-in'] = {
    checks: { path: (node, path) => pathProblem(node, path, isOwnPath) },
    label: pathLabel,
    /** A path of its own: missive, missive-2, … */
    add(_form, node) {
        takeFreePath(node, 'missive');
    },
    open(form, node) {
        const own = (property) => $(`.missive-own[data-own="${property}"]`);
        drawPath(form);
        drawAddress(form, node, own('address'), ['path'], (path) => path);
        drawEvents(form, node, own('events'));
        drawSecret(form, node);
        drawSteps(node, own('steps'), ['deploy', 'rule', 'address', 'secret', 'save'], { href: 'missive/sandbox' });
        box(form, 'account').on('change', () => show(form, node));
    },
    show(form, node) {
        const practice = isPracticeNode(form);
        const hook = box(form, 'mode').val() === 'hook';
        // What a flow file says all the same must not be hidden.
        rowOf(form, 'events').toggle(!hook || eventsOf(node).length > 0);
        $('#missive-webhook-in-practice').toggle(practice && !hook);
        $('#missive-webhook-in-missive').toggle(!practice && !hook);
        $('#missive-webhook-in-local').toggle(!practice && isPrivateHost(outsideServer().hostname));
    },
    save(form, node) {
        // Once a secret was saved, its loss must not open the door; whoever takes it off in the dialog opens it again.
        const account = RED.nodes.node(box(form, 'account').val());
        const secured = box(form, 'secret').val() !== '' || account?.credentials?.has_webhookSecret === true;
        if (secured !== (node.secured === true)) node.secured = secured;
        const chosen = chosenEvents(eventsOf(node));
        if (chosen.length > 0 || node.events) node.events = chosen;
    },
};
