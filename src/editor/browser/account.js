// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The account of a new node: the only one there is, else the one that was used last. */

const lastAccountKey = 'missive-last-account';

function rememberAccount(form) {
    const chosen = form.account ? $(`#${form.prefix}-account`).val() : undefined;
    if (chosen && chosen !== '_ADD_') RED.settings?.setLocal?.(lastAccountKey, chosen);
}

/** The accounts that every flow may use. */
function accountIds() {
    const all = [];
    RED.nodes.eachConfig((config) => {
        if (config.type === 'missive-config' && !config.d && !config.z) all.push(config.id);
    });
    return all;
}

/** Gives a node that comes from the palette its account. */
function chooseAccount(node) {
    if (node.account) return;
    const all = accountIds();
    const last = RED.settings?.getLocal?.(lastAccountKey);
    const chosen = all.includes(last) ? last : all.length === 1 ? all[0] : mostUsed(all);
    if (chosen) node.account = chosen;
}

/** A node that was drawn before there was an account gets one when its dialog is opened: without it, it cannot work. */
function chooseInDialog(form, node) {
    if (form.account !== 'required' || node.account) return;
    const found = {};
    chooseAccount(found);
    if (found.account) $(`#${form.prefix}-account`).val(found.account).trigger('change');
}

const usersOf = (id) => RED.nodes.node(id)?.users?.length ?? 0;
const mostUsed = (all) => all.slice().sort((a, b) => usersOf(b) - usersOf(a))[0];

function add(form, node) {
    if (form.account === 'required' || form.account === 'optional') chooseAccount(node);
    form.special?.add?.(form, node);
}
