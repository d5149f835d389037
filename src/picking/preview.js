import { lineOf, mayWrite, postJson } from './samples.js';

/* What the node would send with the chosen message, as the dialog stands. Nothing is sent. */

const accountProperties = [
    ...['connection', 'url', 'organization', 'from', 'country', 'files', 'dry'],
    ...['send_to', 'send_per_hour', 'send_per_day'],
];

/** The account as the editor has it, deployed or not. */
function accountOf(id) {
    const account = id && id !== '_ADD_' ? RED.nodes.node(id) : undefined;
    if (!account) return {};
    const own = Object.fromEntries(accountProperties.map((key) => [key, account[key]]));
    return { ...own, account: id, token: account.credentials?.token ?? '' };
}

/** The variables of a node's groups and of its flow or subflow, from the inside out. */
function variablesOf(node) {
    const found = [];
    for (let group = RED.nodes.group?.(node.g); group; group = RED.nodes.group(group.g))
        found.push(...(group.env ?? []));
    const around = RED.nodes.workspace(node.z) ?? RED.nodes.subflow(node.z);
    return [...found, ...(around?.env ?? [])].map(({ name, type, value }) => ({ name, type, value }));
}

/** Draws the button and, once it is pressed, the preview below it. `config()` is the node as the dialog has it. */
export function drawPreview(place, samples, { node, say, config, account }) {
    const bar = $('<div class="missive-would"></div>').appendTo(place);
    const button = $('<button type="button" class="red-ui-button missive-would-ask" aria-expanded="false"></button>')
        .append('<i class="fa fa-paper-plane-o"></i> ', $('<span></span>').text(say('would')))
        .appendTo(bar);
    const panel = $('<div class="missive-would-panel" aria-live="polite"></div>').hide().appendTo(bar);
    let newest = 0;
    const ask = async () => {
        const turn = ++newest;
        const sample = samples.chosen();
        button.attr('aria-expanded', 'true');
        panel.show().attr('aria-busy', 'true');
        const asked = {
            ...{ type: node.type, id: node.id, z: node.z, subflow: Boolean(RED.nodes.subflow(node.z)) },
            ...{
                config: config(),
                account: accountOf(account()),
                msg: sample?.msg ?? {},
                variables: variablesOf(node),
            },
        };
        const answer = await postJson('missive/preview', asked).catch((error) => ({ error }));
        if (turn !== newest) return;
        panel
            .removeAttr('aria-busy')
            .empty()
            .append(drawn(answer, sample, asked.subflow, say));
        panel[0].scrollIntoView?.({ block: 'nearest' });
    };
    button.prop('disabled', !mayWrite()).on('click', ask);
    if (!mayWrite()) button.attr('title', say('wouldForbidden'));
    return { stale: () => panel.toggleClass('missive-would-stale', panel.is(':visible')) };
}

function drawn({ calls = [], names = [], error }, sample, inSubflow, say) {
    const parts = [
        $('<p class="missive-would-note"></p>').text(
            sample ? say('wouldWith', { message: lineOf(sample, say) }) : say('wouldWithout'),
        ),
    ];
    if (error) parts.push($('<p class="missive-would-wrong"></p>').text(error.message));
    for (const { method, path, query, body } of calls) {
        const text = new URLSearchParams(
            Object.entries(query ?? {}).map(([key, value]) => [key, [value].flat().join(',')]),
        );
        const line = `${path}${text.size > 0 ? `?${text}` : ''}`;
        parts.push(
            $('<p class="missive-would-call"></p>').append(
                $('<b></b>').text(method),
                document.createTextNode(` ${line}`),
            ),
        );
        if (body !== undefined)
            parts.push($('<pre class="missive-would-body"></pre>').text(JSON.stringify(body, null, 2)));
    }
    if (!error && calls.length === 0) parts.push($('<p></p>').text(say('wouldNothing')));
    if (names.length > 0)
        parts.push(
            $('<p class="missive-would-names"></p>').text(names.map(([name, id]) => `“${name}” = ${id}`).join(' · ')),
        );
    const notes = ['wouldNote', sample?.cut && 'wouldCut', inSubflow && 'wouldSubflow'].filter(Boolean);
    parts.push($('<p class="missive-would-note"></p>').text(notes.map((each) => say(each)).join(' ')));
    return parts;
}
