// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The tab in Node-RED's sidebar. */

const views = { events: eventsView, calls: callsView, accounts: accountsView };
let view = 'events';
let visible = false;

const content = part('div', 'missive-wb');
const body = part('div', 'missive-wb-body').attr('aria-live', 'off');

function draw() {
    if (!state || !visible) return;
    // What somebody is reading stays where it is.
    const { scrollTop } = body[0];
    body.empty().append(troubleRows(), views[view]());
    body[0].scrollTop = scrollTop;
}

function tabs() {
    const bar = $('<div class="missive-wb-views button-group" role="tablist">');
    for (const name of Object.keys(views))
        $('<button type="button" class="red-ui-button red-ui-button-small toggle" role="tab">')
            .text(say(`view.${name}`))
            .attr('data-view', name)
            .on('click', () => {
                view = name;
                bar.children().removeClass('selected').filter(`[data-view="${name}"]`).addClass('selected');
                draw();
                refresh();
            })
            .toggleClass('selected', name === view)
            .appendTo(bar);
    return bar;
}

/** What leads elsewhere: the tour, and the practice inbox where an account leads there. */
const practiceLink = $('<a href="missive/sandbox" target="_blank" rel="noopener" class="missive-wb-link">');

function ways() {
    practiceLink.text(say('openPractice'));
    const tour = $('<a href="#" class="missive-wb-link" id="missive-show-me">').text(say('showMe'));
    tour.on('click', (event) => {
        event.preventDefault();
        RED.missive?.showMe?.();
    });
    return part('div', 'missive-wb-ways').append(practiceLink, tour);
}

function showWays() {
    let found = false;
    RED.nodes.eachConfig(({ type, connection }) => {
        if (type === 'missive-config' && connection === 'sandbox') found = true;
    });
    practiceLink.toggle(found);
}

const show = () => RED.sidebar.show('missive');

/** The button of webhook in on the canvas: runs the flow with the pinned event, else the last, else a sample. */
function runHook(node) {
    if (!RED.user.hasPermission('missive-config.write')) {
        RED.notify(say('noReader'), 'warning');
    } else if (node.changed) {
        const message = RED._('notification.warnings.undeployedChanges');
        RED.notify(RED._('notification.warning', { message }), 'warning');
    } else {
        const ran = () => RED.notify(say('ran', { name: nameOf(node.id) }), { type: 'success', timeout: 2000 });
        post('run', { node: node.id }).then(ran, () => undefined);
    }
}

/** Once in a page, however often Node-RED brings the plugin. */
const isFirst = !RED.plugins.getPlugin('missive-workbench');

const plugin = {
    type: 'missive-workbench',
    onadd() {
        content.append(part('div', 'missive-wb-toolbar').append(tabs(), ways()), body);
        RED.sidebar.addTab({
            id: 'missive',
            label: 'Missive',
            name: 'Missive',
            iconClass: 'fa fa-inbox',
            content,
            enableOnEdit: true,
            onchange() {
                visible = true;
                showWays();
                refresh();
            },
            onremove() {
                visible = false;
            },
        });
        RED.comms.subscribe('missive/activity', () => {
            if (visible && content.is(':visible')) refresh();
        });
        for (const event of ['nodes:add', 'nodes:change', 'nodes:remove', 'flows:loaded'])
            RED.events.on(event, ({ type } = {}) => (!type || type === 'missive-config') && setTimeout(showWays, 0));
        // What is in the flow for a while, and the windows, move without news.
        setInterval(() => {
            if (visible && content.is(':visible') && !document.hidden && opened.size === 0) refresh();
        }, 5000);
        RED.actions.add('missive:show-workbench', show, { label: say('action') });
        openOnFirstNode();
    },
};
if (isFirst) {
    RED.missive ??= {};
    RED.missive.runHook = runHook;
    RED.plugins.registerPlugin('missive-workbench', plugin);
}

/** Opens by itself the first time that somebody drops a node of ours. */
function openOnFirstNode() {
    const key = 'missive-workbench-seen';
    RED.events.on('flows:loaded', () => {
        const first = ({ type }) => {
            if (!type?.startsWith('missive-') || type === 'missive-config' || localStorage.getItem(key)) return;
            localStorage.setItem(key, 'true');
            show();
        };
        setTimeout(() => RED.events.on('nodes:add', first), 0);
    });
}
