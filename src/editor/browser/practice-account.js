// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* Where there is no account yet, one click makes that of the practice inbox, for all nodes that have none. */

/** Beside the account of a node's dialog, as long as there is none to choose. */
function offerPractice(form) {
    if (form.account !== 'required' && form.account !== 'optional') return;
    if (accountIds().length > 0) return;
    const button = $(
        '<button type="button" class="red-ui-button" id="missive-practice"><i class="fa fa-graduation-cap"></i> <span></span></button>',
    );
    button.children('span').text(ours('word.usePractice'));
    button.on('click', () => {
        const id = addPracticeAccount();
        const choice = $(`#${form.prefix}-account`);
        if (choice.find(`option[value="${id}"]`).length === 0)
            $('<option>')
                .val(id)
                .text(RED.utils.getNodeLabel(RED.nodes.node(id)))
                .prependTo(choice);
        choice.val(id).trigger('change');
        button.remove();
    });
    rowOf(form, 'account').append(button);
}

/** All that a new account's dialog would store. */
function addPracticeAccount() {
    const definition = RED.nodes.getType('missive-config');
    const values = Object.entries(definition.defaults).map(([property, { value }]) => [property, value]);
    const account = {
        ...Object.fromEntries(values),
        ...{ id: RED.nodes.id(), type: 'missive-config', _def: definition, z: '', users: [], label: definition.label },
        ...{ connection: 'sandbox', from: practiceSender, changed: true, dirty: true },
    };
    const dirty = RED.nodes.dirty();
    RED.nodes.add(account);
    RED.editor.validateNode(account);
    RED.history.push({ t: 'add', nodes: [account.id], dirty });
    RED.nodes.dirty(true);
    return account.id;
}

/** The first account is that of every node which was drawn before it. */
function watchAccounts(formOf) {
    RED.events?.on('nodes:add', ({ id, type }) => {
        if (type !== 'missive-config') return;
        setTimeout(() => {
            if (!accountIds().includes(id) || accountIds().length > 1) return;
            RED.nodes.eachNode((node) => {
                const form = formOf(node.type);
                if (!form || node === form.edited || !node.changed || node.account) return;
                if (form.account !== 'required' && form.account !== 'optional') return;
                node.account = id;
                RED.nodes.updateConfigNodeUsers?.(node, { action: 'add' });
                RED.editor.validateNode(node);
                node.dirty = true;
            });
            RED.view.redraw();
        }, 0);
    });
}
