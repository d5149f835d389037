import { quoted } from './paths.js';
import { lineOf, mayWrite, postJson } from './samples.js';
import { accountIn, variablesOf } from './variables.js';

/* What the node would send with the chosen message, as the dialog stands. Nothing is sent. */

const accountProperties = [
    ...['connection', 'url', 'organization', 'from', 'country', 'files', 'dry'],
    ...['send_to', 'send_per_hour', 'send_per_day'],
];

/** The account as the editor has it, deployed or not. */
function accountOf(id, variables) {
    const account = accountIn(RED, id, variables);
    if (!account) return {};
    const own = Object.fromEntries(accountProperties.map((key) => [key, account[key]]));
    return { ...own, account: account.id, token: account.credentials?.token ?? '' };
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
        const variables = variablesOf(RED, node);
        const asked = {
            ...{ type: node.type, id: node.id, z: node.z, subflow: Boolean(RED.nodes.subflow(node.z)) },
            ...{ config: config(), account: accountOf(account(), variables), msg: sample?.msg ?? {}, variables },
        };
        const isKnown = asked.account.account || !/^\$\{/.test(account() ?? '');
        const answer = isKnown
            ? await postJson('missive/preview', asked).catch((error) => ({ error }))
            : { error: { message: say('wouldAccount') } };
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

function drawn({ calls = [], names = [], guard, error }, sample, inSubflow, say) {
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
    if (guard) {
        const counts = Object.entries(guard).map(([span, each]) => say(`wouldLeft.${span}`, each));
        parts.push($('<p class="missive-would-guard"></p>').text(say('wouldGuard', { counts: counts.join(', ') })));
    }
    if (names.length > 0)
        parts.push(
            $('<p class="missive-would-names"></p>').text(
                names.map(([name, id]) => `${quoted(name)} = ${id}`).join(' · '),
            ),
        );
    const notes = ['wouldNote', sample?.cut && 'wouldCut', inSubflow && 'wouldSubflow'].filter(Boolean);
    parts.push($('<p class="missive-would-note"></p>').text(notes.map((each) => say(each)).join(' ')));
    return parts;
}
