// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The events: what came in, what became of it, and trying it again. */

/** Events whose details are open: number of each by its webhook in. */
const opened = new Map();

function eventsView() {
    const hooks = state.hooks;
    if (hooks.length === 0) return [part('p', 'missive-wb-none', say('noHooks'))];
    return hooks.flatMap((hook) => [hookHead(hook), ...stoppedRows(hook), ...pinnedRows(hook), ...eventRows(hook)]);
}

function hookHead(hook) {
    const { id, events } = hook;
    const head = part('div', 'missive-wb-head').append(
        revealing(id),
        part('span', 'missive-wb-hint', say('counts', countsOf(events))),
    );
    if (!isWriter()) return head;
    const acts = part('div', 'missive-wb-acts').append(button('play', say('tryIt'), () => post('run', { node: id })));
    const failed = events.filter(({ fate }) => fate === 'failed' || fate === 'stopped');
    if (failed.length > 0)
        acts.append(
            button('fast-forward', say('runFailed', { number: failed.length }), () => {
                if (confirm(say('runFailedSure', { number: failed.length }))) post('rerun', { node: id, since: 0 });
            }),
        );
    return head.append(acts);
}

function countsOf(events) {
    const count = (...fates) => events.filter(({ fate }) => fates.includes(fate)).length;
    return { all: events.length, filtered: count('filtered'), failed: count('failed', 'stopped') };
}

const pinnedRows = ({ id, pinned = [] }) =>
    pinned.map((each) =>
        part('div', 'missive-wb-row missive-wb-pinned').append(
            $('<i class="fa fa-thumb-tack">'),
            $('<input type="text" class="missive-wb-name">')
                .val(each.name)
                .attr({ 'aria-label': say('pinName'), title: say('pinName') })
                .on('change', ({ target }) => post('pin', { node: id, id: each.id, name: target.value }).then(refresh)),
            part('div', 'missive-wb-acts').append(
                button('play', say('run'), () => post('run', { node: id, pinned: each.id })),
                button('pencil', say('edit'), () => editPinned(each.id)),
                button('trash-o', say('unpin'), () => post('unpin', { id: each.id }).then(refresh)),
            ),
        ),
    );

/** What is kept and has failed too often. */
const stoppedRows = ({ id, stopped = [] }) =>
    stopped.map(({ id: kept, at, event, failures, who, subject }) => {
        const about = [who, subject].filter(Boolean).join(' — ');
        const row = part('div', 'missive-wb-row missive-wb-fate-stopped missive-wb-kept').append(
            part('span', 'missive-wb-time', clock(at)),
            part('span', 'missive-wb-kind', kindOf(event)),
            part('span', 'missive-wb-fate', say('stoppedAfter', { number: failures })),
            part('div', 'missive-wb-what', about),
        );
        if (!isWriter()) return row;
        const drop = () => {
            if (confirm(say('dropEventSure', { name: about || kindOf(event) })))
                post('drop-event', { node: id, kept }).then(refresh);
        };
        return row.append(
            part('div', 'missive-wb-acts').append(
                button('play', say('run'), () => post('run', { node: id, kept }).then(refresh)),
                button('trash-o', say('drop'), drop),
            ),
        );
    });

function eventRows({ id, events }) {
    if (events.length === 0) return [part('p', 'missive-wb-none', say('noEvents'))];
    return events.map((event) => eventRow(id, event));
}

function eventRow(node, event) {
    const { number, at, who, subject, fate, why, failed, replayed } = event;
    const row = part('div', `missive-wb-row missive-wb-fate-${fate}`).attr('tabindex', 0);
    row.append(
        part('span', 'missive-wb-time', clock(at)),
        part('span', 'missive-wb-kind', kindOf(event.event) + (replayed ? ` · ${say('replayed')}` : '')),
        part('span', 'missive-wb-fate', fateText(event)),
        part('div', 'missive-wb-what', [who, subject].filter(Boolean).join(' — ')),
    );
    if (why) row.append(part('div', 'missive-wb-bad', why));
    if (failed && fate !== 'done' && fate !== 'dropped') {
        const where = failed.node && RED.nodes.node(failed.node) ? [revealing(failed.node)] : [];
        row.append(part('div', 'missive-wb-bad').append(where, document.createTextNode(failed.error ?? '')));
    }
    if (!isWriter()) return row;
    const details = part('div', 'missive-wb-details').appendTo(row).hide();
    const open = () => {
        opened.set(node, number);
        details.show();
        showEvent(details, node, event);
    };
    const toggle = () => {
        if (details.is(':visible')) {
            opened.delete(node);
            details.hide();
        } else open();
    };
    row.on('click', (click) => {
        if ($(click.target).closest('.missive-wb-details').length === 0) toggle();
    });
    row.on('keydown', (key) => {
        if (key.target === row[0] && (key.key === 'Enter' || key.key === ' ')) toggle();
    });
    if (opened.get(node) === number) open();
    return row;
}

function fateText({ fate, at, settled, failures, followed, unwanted }) {
    if (fate === 'flow') return followed ? say('fate.flow', { time: span(state.now - at) }) : say('intoFlow');
    if (fate === 'done' && settled) return say('fate.done', { time: span(settled - at) });
    if (fate === 'filtered' && unwanted) return `${say('fate.filtered')}: ${say(`list.${unwanted}`)}`;
    return say(`fate.${fate}`, { number: failures ?? 1 });
}

function showEvent(details, node, { number, event, who, subject }) {
    const name = [who, subject].filter(Boolean).join(' — ') || kindOf(event);
    const tree = part('div', 'missive-wb-tree');
    const acts = part('div', 'missive-wb-acts').append(
        button('play', say('run'), () => post('run', { node, number }).then(refresh)),
        button('thumb-tack', say('pin'), () => post('pin', { node, number, name }).then(refresh)),
    );
    details.empty().append(acts, tree);
    $.getJSON(`missive/activity/event/${encodeURIComponent(node)}/${number}`)
        .done(({ payload, text }) => {
            acts.append(
                button('clipboard', say('copy'), () => RED.clipboard.copyText(JSON.stringify(payload, null, 4))),
            );
            if (payload) showTree(tree, payload);
            else tree.append(part('pre', '', text));
        })
        .fail((xhr) => tree.append(part('p', 'missive-wb-bad', xhr.responseJSON?.error?.message ?? say('failed'))));
}

/** A pinned event as JSON, in Node-RED's own editor. */
function editPinned(id) {
    $.getJSON(`missive/activity/pinned/${encodeURIComponent(id)}`).done(({ node, name, payload }) => {
        RED.editor.editJSON({
            value: JSON.stringify(payload, null, 4),
            complete(text) {
                try {
                    const changed = JSON.parse(text);
                    post('pin', { node, id, name, payload: changed }).then(refresh);
                } catch (error) {
                    RED.notify(error.message, 'error');
                }
            },
        });
    });
}
