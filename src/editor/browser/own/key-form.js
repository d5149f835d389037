/* What is special to the form of sidebar in: its path, key and address, the kinds of events, menu entries, the steps in Missive. */

/** 256 bits. */
function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '');
}

function sidebarPathProblem(node, path) {
    const own = trimmedPath(path);
    if (own === '') return node._('errors.pathMissing');
    if (isEnv(own)) return undefined;
    if (/[\s?#]/.test(own)) return node._('errors.pathCharacters');
    return sidebarPathsOfOthers(node).has(own) ? node._('errors.pathTaken') : undefined;
}

function sidebarPathsOfOthers(node) {
    const taken = new Set();
    RED.nodes.eachNode((other) => {
        if (other.type === 'missive-sidebar-in' && other.id !== node.id && !other.d) taken.add(trimmedPath(other.path));
    });
    return taken;
}

const isPracticeNode = (form) => RED.nodes.node(box(form, 'account').val())?.connection === 'sandbox';

function drawKey(form, node) {
    const key = box(form, 'key').attr('type', 'text').wrap('<div class="missive-group-of-boxes"></div>');
    const hint = $('<p class="missive-hint" id="missive-sidebar-in-new-key"></p>').appendTo(rowOf(form, 'key'));
    $(
        '<button type="button" class="red-ui-button" id="missive-sidebar-in-generate"><i class="fa fa-magic"></i> <span></span></button>',
    )
        .on('click', () => {
            key.val(newKey()).trigger('change');
            hint.text(node._('generated'));
        })
        .insertAfter(key)
        .children('span')
        .text(node._('generate'));
    // A node that was pasted or imported has no key, and cannot work without one; before the practice inbox it can.
    form.madeKey = key.val() === '' && RED.nodes.node(node.account)?.connection !== 'sandbox';
    if (form.madeKey) key.val(newKey());
}

function drawSidebarAddress(form, node, own) {
    const address = $('<input type="text" id="missive-sidebar-in-address" readonly>').on('focus', function () {
        this.select();
    });
    const copy = copyButton(node, 'missive-sidebar-in-copy', address);
    $('<div class="missive-group-of-boxes"></div>').append(address, copy).appendTo(own);
    address.attr('placeholder', node._('noAddress'));
    $('<p class="missive-hint" id="missive-sidebar-in-local"></p>').text(node._('local')).appendTo(own);
    const showAddress = () => {
        const path = trimmedPath(box(form, 'path').val());
        const shownPath = isEnv(path)
            ? path
            : path
                  .split('/')
                  .map((part) => encodeURI(decodedPart(part)))
                  .join('/');
        const key = String(box(form, 'key').val()).trim();
        copy.prop('disabled', key === '');
        // Without its key an address leads nowhere: nobody should copy it.
        if (key === '') address.val('');
        else address.val(outsideAddress(`${rootPath()}${shownPath}?key=${isEnv(key) ? key : encodeURIComponent(key)}`));
    };
    box(form, 'path').add(box(form, 'key')).on('input change', showAddress);
    showAddress();
    whenOutsideIsKnown(() => {
        // The dialog may be closed by now.
        if (address.closest('body').length === 0) return;
        showAddress();
        show(form, node);
    });
}

function drawKinds(form, node, own) {
    const storedEvents = eventsOf(node);
    const list = $('<div class="missive-checks" id="missive-sidebar-in-events" role="group"></div>')
        .attr('aria-label', node._('field.events'))
        .appendTo(own);
    for (const kind of form.lists.events) {
        const each = $('<input type="checkbox">').val(kind).prop('checked', storedEvents.includes(kind));
        $('<label></label>')
            .append(each, $('<span></span>').text(node._(`event.${kind}`)))
            .appendTo(list);
    }
    $('<p class="missive-hint"></p>').text(node._('allEvents')).appendTo(own);
}

const chosenKinds = () =>
    $('#missive-sidebar-in-events input:checked')
        .map((_index, each) => each.value)
        .get();

function drawSidebarSteps(node, own) {
    // The practice inbox opens with this node's sidebar, whatever the account.
    const practice = $('<p class="form-tips" id="missive-sidebar-in-practice"></p>').text(`${node._('practice')} `);
    $('<a id="missive-sidebar-practice" target="_blank" rel="noopener"></a>')
        .attr('href', `missive/sandbox?sidebar=${encodeURIComponent(node.id)}`)
        .text(node._('openPractice'))
        .appendTo(practice);
    const real = $('<div class="form-tips" id="missive-sidebar-in-missive"><b></b><ol></ol></div>');
    real.children('b').text(node._('steps.title'));
    for (const step of ['deploy', 'settings', 'custom', 'paste', 'open'])
        $('<li></li>')
            .text(node._(`steps.${step}`))
            .appendTo(real.children('ol'));
    own.append(practice, real);
}

specials['missive-sidebar-in'] = {
    checks: { path: sidebarPathProblem },
    label: (node) => node.name || (trimmedPath(node.path) && `/${trimmedPath(node.path)}`) || node._('label'),
    /** A key, so that it works before its dialog was ever opened, and a path of its own: sidebar, sidebar-2, … */
    add(_form, node) {
        node.credentials = { key: newKey() };
        const taken = sidebarPathsOfOthers(node);
        for (let number = 1; taken.has(trimmedPath(node.path)); number++) node.path = `sidebar-${number + 1}`;
    },
    open(form, node) {
        const own = (property) => $(`.missive-own[data-own="${property}"]`);
        box(form, 'path')
            .wrap('<div class="missive-group-of-boxes"></div>')
            .before($('<span class="missive-prefix"></span>').text(rootPath()));
        drawKey(form, node);
        drawSidebarAddress(form, node, own('address'));
        drawKinds(form, node, own('events'));
        form.menuEntries = partsList(node, own('actions'), {
            columns: () => [
                { key: 'label', kind: 'text' },
                { key: 'context', kind: 'select', choices: form.lists.contexts, words: 'context' },
                { key: 'action', kind: 'text' },
            ],
            items: Array.isArray(node.actions) ? node.actions : [],
            change() {},
        });
        drawSidebarSteps(node, own('steps'));
        box(form, 'account').on('change', () => show(form, node));
    },
    show(form) {
        const practice = isPracticeNode(form);
        $('#missive-sidebar-in-missive').toggle(!practice);
        $('#missive-sidebar-in-local').toggle(
            !practice && (outsideServer().protocol !== 'https:' || isPrivateHost(outsideServer().hostname)),
        );
        box(form, 'key').attr('placeholder', practice ? form.edited._('practiceKey') : '');
    },
    save(form, node) {
        // What the dialog filled in by itself is saved, too, though nobody touched it.
        if (form.madeKey) form.opened.key = '';
        const chosen = chosenKinds();
        if (chosen.length > 0 || node.events) node.events = chosen;
        const entries = form.menuEntries.items();
        if (entries.length > 0 || node.actions) node.actions = entries;
    },
};
