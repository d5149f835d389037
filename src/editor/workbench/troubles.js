// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What somebody should look after: above everything else. */

function troubleRows() {
    const paused = state.accounts
        .filter((account) => account.paused)
        .map(({ id }) => ({ what: 'paused', account: id }));
    const rows = [...state.troubles, ...paused].map(troubleRow);
    return rows.length > 0 ? [part('div', 'missive-wb-troubles').attr('role', 'status').append(rows)] : [];
}

function troubleRow({ what, node, account, text, count }) {
    const row = part('div', 'missive-wb-trouble').append($('<i class="fa fa-warning">'));
    if (node) row.append(revealing(node));
    else row.append(part('a', 'missive-wb-node', nameOf(account)).on('click', () => openAccount(account)));
    row.append(part('span', '', say(`trouble.${what}`, { number: count ?? 0 })));
    if (text && what !== 'account') row.append(part('div', 'missive-wb-more', text));
    if (text && what === 'account') row.append(part('span', '', ` ${text}`));
    return row;
}

/** A node's name; a click shows it on the canvas. */
const revealing = (id) =>
    part('a', 'missive-wb-node', nameOf(id)).on('click', (event) => {
        event.stopPropagation();
        RED.view.reveal(id);
    });

const openAccount = (id) => RED.editor.editConfig('', 'missive-config', id);
