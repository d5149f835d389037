/* What is special to the form of sidebar in: its key, which the address carries, and entries in Missive's menus. */

const inBase64Url = (bytes) =>
    btoa(String.fromCharCode(...bytes))
        .replace(/\+/g, '-')
        .replace(/\//g, '_')
        .replace(/=+$/, '');
const newKey = () => inBase64Url(crypto.getRandomValues(new Uint8Array(32)));

function drawKey(form, node) {
    const key = drawGenerate(form, node, 'key', inBase64Url).attr('type', 'text');
    // A node that was pasted or imported has no key, and cannot work without one; before the practice inbox it can.
    form.madeKey = key.val() === '' && RED.nodes.node(node.account)?.connection !== 'sandbox';
    if (form.madeKey) key.val(newKey());
}

/** Without its key an address leads nowhere: nobody should copy it. */
function addressWithKey(form, path) {
    const key = String(box(form, 'key').val()).trim();
    return key && `${path}?key=${isEnv(key) ? key : encodeURIComponent(key)}`;
}

specials['missive-sidebar-in'] = {
    checks: { path: (node, path) => pathProblem(node, path, isOwnPath) },
    label: pathLabel,
    /** A key, so that it works before its dialog was ever opened, and a path of its own: sidebar, sidebar-2, … */
    add(_form, node) {
        node.credentials = { key: newKey() };
        takeFreePath(node, 'sidebar');
    },
    open(form, node) {
        const own = (property) => $(`.missive-own[data-own="${property}"]`);
        drawPath(form);
        drawKey(form, node);
        drawAddress(form, node, own('address'), ['path', 'key'], (path) => addressWithKey(form, path)).attr(
            'placeholder',
            node._('noAddress'),
        );
        form.kinds = drawKinds(form, node, own('events'));
        $('<p class="missive-hint"></p>').text(node._('allEvents')).appendTo(own('events'));
        form.menuEntries = partsList(node, own('actions'), {
            columns: () => [
                { key: 'label', kind: 'text' },
                { key: 'context', kind: 'select', choices: form.lists.contexts, words: 'context' },
                { key: 'action', kind: 'text' },
            ],
            items: Array.isArray(node.actions) ? node.actions : [],
            change() {},
        });
        // The practice inbox opens with this node's sidebar, whatever the account.
        drawSteps(node, own('steps'), ['deploy', 'settings', 'custom', 'paste', 'open'], {
            id: 'missive-sidebar-practice',
            href: `missive/sandbox?sidebar=${encodeURIComponent(node.id)}`,
        });
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
        const chosen = tickedKinds(form.kinds);
        if (chosen.length > 0 || node.events) node.events = chosen;
        const entries = form.menuEntries.items();
        if (entries.length > 0 || node.actions) node.actions = entries;
    },
};
