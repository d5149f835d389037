// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The calls: which node did what, how long it took, what went wrong and what to do. */

const callFilter = { account: '', node: '', failed: false };

function callsView() {
    const nodes = [...new Set(state.calls.map(({ node }) => node))];
    const bar = part('div', 'missive-wb-filter').append(
        chooser(
            'account',
            say('allAccounts'),
            state.accounts.map(({ id, name }) => [id, name ?? say('account')]),
        ),
        chooser(
            'node',
            say('allNodes'),
            nodes.map((id) => [id, nameOf(id)]),
        ),
        $('<label>').append(
            $('<input type="checkbox">')
                .prop('checked', callFilter.failed)
                .on('change', (event) => {
                    callFilter.failed = event.target.checked;
                    draw();
                }),
            document.createTextNode(` ${say('onlyFailed')}`),
        ),
    );
    const fits = ({ account, node, error }) =>
        (!callFilter.account || account === callFilter.account) &&
        (!callFilter.node || node === callFilter.node) &&
        (!callFilter.failed || error);
    const rows = state.calls.filter(fits).slice(0, 200);
    return [bar, ...(rows.length > 0 ? rows.map(callRow) : [part('p', 'missive-wb-none', say('noCalls'))])];
}

function chooser(key, all, choices) {
    const select = $('<select>').attr('aria-label', all);
    for (const [value, text] of [['', all], ...choices]) select.append($('<option>').val(value).text(text));
    return select.val(callFilter[key]).on('change', () => {
        callFilter[key] = select.val();
        draw();
    });
}

function callRow(call) {
    const { at, node, method, path, status, error, waited, took, attempts, dry, number } = call;
    const row = part('div', 'missive-wb-row').toggleClass('missive-wb-failed', Boolean(error));
    row.append(
        part('span', 'missive-wb-time', clock(at)),
        RED.nodes.node(node) ? revealing(node) : part('b', 'missive-wb-node', nameOf(node)),
        part('span', 'missive-wb-what', wordsOf(call)),
        part('span', 'missive-wb-status', dry ? say('dry') : (status ?? '–')),
    );
    const times = [
        `${method} ${path}`,
        say('took', { time: span(took) }),
        waited > 5 ? say('queued', { time: span(waited) }) : '',
        attempts > 1 ? say('tries', { number: attempts }) : '',
    ];
    row.append(part('div', 'missive-wb-more', times.filter(Boolean).join(' · ')));
    if (error) row.append(part('div', 'missive-wb-bad', error));
    if (isWriter() && method === 'GET') {
        const result = part('div', 'missive-wb-tree');
        const repeat = () =>
            post('repeat', { number }).then(
                ({ payload }) => showTree(result, payload),
                () => undefined,
            );
        row.append(part('div', 'missive-wb-acts').append(button('repeat', say('repeat'), repeat)), result);
    }
    return row;
}

/** A node's name as the canvas has it. */
function nameOf(id) {
    const node = RED.nodes.node(id);
    if (id === 'missive-directory') return say('itself');
    return (node && RED.utils.getNodeLabel(node, node.type)) || state?.nodes[id]?.name || state?.nodes[id]?.type || id;
}

/** Data as Node-RED's own tree. */
function showTree(place, payload) {
    place.empty().append(
        RED.utils.createObjectElement(payload, {
            key: null,
            typeHint: 'Object',
            hideKey: false,
            path: 'payload',
            sourceId: '',
            rootPath: 'payload',
            toolbar: undefined,
            ontoggle: undefined,
            exposeApi: true,
        }),
    );
}
