// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The accounts: whose they are, what their limiter has spent and holds, who waits. */

function accountCard({ id, name, practice, dry, paused, limiter, backlogs, trouble }) {
    const card = part('div', 'missive-wb-card');
    const head = part('div', 'missive-wb-head').append(
        part('b', '', name ?? say('account')).on('click', () => openAccount(id)),
        part(
            'span',
            `missive-wb-badge missive-wb-${practice ? 'practice' : 'live'}`,
            say(practice ? 'practice' : 'live'),
        ),
    );
    if (dry) head.append(part('span', 'missive-wb-badge missive-wb-dry', say('dry')));
    if (paused) head.append(part('span', 'missive-wb-badge missive-wb-dry', say('paused')));
    card.append(head);
    if (trouble) card.append(part('p', 'missive-wb-bad', trouble));
    if (!limiter) return card;
    for (const { limit, span: ms, used } of limiter.windows) {
        const bar = part('div', 'missive-wb-bar').toggleClass('missive-wb-full', used >= limit);
        bar.append(part('i').css('width', `${Math.min(100, (100 * used) / limit)}%`));
        card.append(
            part('div', 'missive-wb-window').append(
                part('span', '', say('window', { minutes: ms / 60_000 })),
                bar,
                part('b', '', `${used} / ${limit}`),
            ),
        );
    }
    card.append(part('p', 'missive-wb-hint', limiterText(limiter)));
    if (isWriter())
        card.append(
            part('div', 'missive-wb-acts').append(
                paused
                    ? button('play', say('goOn'), () => post('go-on', { account: id }).then(refresh))
                    : button('pause', say('pause'), () => post('pause', { account: id }).then(refresh)),
            ),
        );
    if (paused) card.append(part('p', 'missive-wb-hint', say('pausedHint')));
    return card.append((backlogs ?? []).map(backlogRow));
}

/** What waits of a node, whoever waits longest first. */
function backlogRow({ node, waiting, longest }) {
    const row = part('div', 'missive-wb-row').append(
        RED.nodes.node(node) ? revealing(node) : part('b', '', say('itself')),
        part('span', '', say('backlog', { number: waiting, time: span(longest) })),
    );
    if (!isWriter() || !RED.nodes.node(node)) return row;
    const drop = () => {
        if (confirm(say('dropSure', { number: waiting, name: nameOf(node) })))
            post('drop', { node }).then(({ count }) => {
                RED.notify(say('dropped', { number: count }));
                refresh();
            });
    };
    return row.append(part('div', 'missive-wb-acts').append(button('trash-o', say('drop'), drop)));
}

function limiterText({ inFlight, waiting, queued, held, refused, sharing, instances }) {
    const lanes = ['high', 'quick', 'normal', 'low'].filter((lane) => queued[lane] > 0);
    const inLanes = lanes.map((lane) => `${say(`lane.${lane}`)} ${queued[lane]}`).join(', ');
    return [
        say('inFlight', { number: inFlight }),
        say('waiting', { number: waiting }) + (inLanes ? ` (${inLanes})` : ''),
        held > 0 ? say('held', { seconds: Math.ceil(held / 1000) }) : '',
        refused > 0 ? say('refused', { number: refused }) : '',
        say(`sharing.${sharing}`, { number: instances }),
    ]
        .filter(Boolean)
        .join(' · ');
}

const accountsView = () => state.accounts.map(accountCard);
