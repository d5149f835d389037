/* What is special to the form of webhook in: its path and address, the kinds of events, the secret, the steps in Missive. */

const trimmedPath = (path) =>
    String(path || '')
        .trim()
        .replace(/\/{2,}/g, '/')
        .replace(/^\/|\/$/g, '');
const rootPath = () => `/${trimmedPath(RED.settings.httpNodeRoot)}/`.replace('//', '/');

function pathsOfOthers(node) {
    const taken = new Set();
    RED.nodes.eachNode((other) => {
        if (other.type === 'missive-webhook-in' && other.id !== node.id && !other.d) taken.add(trimmedPath(other.path));
    });
    return taken;
}

/** The package's own paths on the editor's side: a webhook there would never come in. A test compares them. */
const ownPaths = /^\/missive\/(test|choices|sandbox|limiter|activity|sidebar|sidebars|fields|preview)(\/.*)?$/i;

/** What is wrong with a path; undefined where nothing is. */
function pathProblem(node, path) {
    const own = trimmedPath(path);
    if (own === '') return node._('errors.pathMissing');
    if (isEnv(own)) return undefined;
    if (/[\s?#]/.test(own)) return node._('errors.pathCharacters');
    if (ownPaths.test(`${rootPath()}${own}`)) return node._('errors.pathOwn');
    return pathsOfOthers(node).has(own) ? node._('errors.pathTaken') : undefined;
}

/** Addresses that only this machine or its own network knows. */
const isPrivateHost = (host) =>
    /^(localhost|.*\.(local|localhost|lan|internal)|127\..*|10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|\[(::1|f[cde].*)\])$/.test(
        host,
    );

const decodedPart = (part) => {
    try {
        return decodeURI(part);
    } catch (_error) {
        return part;
    }
};

const eventsOf = (node) => (Array.isArray(node.events) ? node.events.filter((type) => typeof type === 'string') : []);

/** In the order in which they were stored, so that a dialog that is opened and closed changes nothing. */
function chosenEvents(storedEvents) {
    const boxes = $('#missive-webhook-in-events input:checked')
        .map((_index, each) => each.value)
        .get();
    const others = $('#missive-webhook-in-others')
        .val()
        .split(/[\s,;]+/)
        .filter(Boolean);
    const chosen = [...new Set([...boxes, ...others])];
    return [
        ...storedEvents.filter((type) => chosen.includes(type)),
        ...chosen.filter((type) => !storedEvents.includes(type)),
    ];
}

function drawAddress(form, node, own) {
    const address = $('<input type="text" id="missive-webhook-in-address" readonly>').on('focus', function () {
        this.select();
    });
    const group = $('<div class="missive-group-of-boxes"></div>').append(address);
    copyButton(node, 'missive-webhook-in-copy', address).appendTo(group);
    own.append(group, $('<p class="missive-hint" id="missive-webhook-in-local"></p>').text(node._('local')));
    const showAddress = () => {
        const path = trimmedPath(box(form, 'path').val());
        const shownPath = isEnv(path)
            ? path
            : path
                  .split('/')
                  .map((part) => encodeURI(decodedPart(part)))
                  .join('/');
        address.val(outsideAddress(`${rootPath()}${shownPath}`)).attr('title', address.val());
    };
    box(form, 'path').on('input change', showAddress);
    showAddress();
    whenOutsideIsKnown(() => {
        // The dialog may be closed by now.
        if (address.closest('body').length === 0) return;
        showAddress();
        show(form, node);
    });
}

function drawEvents(form, node, own) {
    const storedEvents = eventsOf(node);
    const list = $('<div class="missive-checks" id="missive-webhook-in-events" role="group"></div>')
        .attr('aria-label', node._('field.events'))
        .appendTo(own);
    for (const type of form.lists.events) {
        const each = $('<input type="checkbox">').val(type).prop('checked', storedEvents.includes(type));
        $('<label></label>')
            .attr('title', type)
            .append(each, $('<span></span>').text(node._(`event.${type}`)))
            .appendTo(list);
    }
    $('<input type="text" id="missive-webhook-in-others" autocomplete="off" spellcheck="false">')
        .attr({ placeholder: node._('others'), 'aria-label': node._('others') })
        .val(storedEvents.filter((type) => !form.lists.events.includes(type)).join(', '))
        .appendTo(own);
    const says = $('<p class="missive-hint" id="missive-webhook-in-chosen" aria-live="polite"></p>').appendTo(own);
    const showChosen = () => says.text(node._(chosenEvents(storedEvents).length > 0 ? 'someEvents' : 'allEvents'));
    own.on('input change', showChosen);
    // A rule of the node's own brings its one event: what a new node has ticked would let nothing else through.
    box(form, 'mode').on('change', function () {
        if (form.opened && this.value === 'hook' && chosenEvents(storedEvents).join() === 'incoming_email')
            list.find('input').prop('checked', false);
        showChosen();
    });
    showChosen();
}

/** 256 bits: shown once, to be entered in Missive as well. */
function drawSecret(form, node) {
    const secret = box(form, 'secret').wrap('<div class="missive-group-of-boxes"></div>');
    const copy = copyButton(node, 'missive-webhook-in-copy-secret', secret).hide();
    const hint = $('<p class="missive-hint"></p>').appendTo(rowOf(form, 'secret'));
    $(
        '<button type="button" class="red-ui-button" id="missive-webhook-in-generate"><i class="fa fa-magic"></i> <span></span></button>',
    )
        .on('click', () => {
            const bytes = crypto.getRandomValues(new Uint8Array(32));
            const text = [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('');
            secret.attr('type', 'text').val(text).trigger('change');
            copy.show();
            hint.text(node._('generated'));
        })
        .insertAfter(secret)
        .children('span')
        .text(node._('generate'));
    copy.insertAfter(secret);
}

function drawSteps(node, own) {
    const practice = $('<div class="form-tips" id="missive-webhook-in-practice"></div>').text(`${node._('practice')} `);
    $('<a href="missive/sandbox" target="_blank" rel="noopener"></a>').text(node._('openPractice')).appendTo(practice);
    const real = $('<div class="form-tips" id="missive-webhook-in-missive"><b></b><ol></ol></div>');
    real.children('b').text(node._('steps.title'));
    for (const step of ['deploy', 'rule', 'address', 'secret', 'save'])
        $('<li></li>')
            .text(node._(`steps.${step}`))
            .appendTo(real.children('ol'));
    own.append(practice, real);
}

specials['missive-webhook-in'] = {
    checks: { path: pathProblem },
    label: (node) => node.name || (trimmedPath(node.path) && `/${trimmedPath(node.path)}`) || node._('label'),
    /** A path of its own: missive, missive-2, … */
    add(_form, node) {
        const taken = pathsOfOthers(node);
        for (let number = 1; taken.has(trimmedPath(node.path)); number++) node.path = `missive-${number + 1}`;
    },
    open(form, node) {
        const own = (property) => $(`.missive-own[data-own="${property}"]`);
        box(form, 'path')
            .wrap('<div class="missive-group-of-boxes"></div>')
            .before($('<span class="missive-prefix"></span>').text(rootPath()));
        drawAddress(form, node, own('address'));
        drawEvents(form, node, own('events'));
        drawSecret(form, node);
        drawSteps(node, own('steps'));
        box(form, 'account').on('change', () => show(form, node));
    },
    show(form, node) {
        const practice = RED.nodes.node(box(form, 'account').val())?.connection === 'sandbox';
        const hook = box(form, 'mode').val() === 'hook';
        // What a flow file says all the same must not be hidden.
        rowOf(form, 'events').toggle(!hook || eventsOf(node).length > 0);
        $('#missive-webhook-in-practice').toggle(practice && !hook);
        $('#missive-webhook-in-missive').toggle(!practice && !hook);
        $('#missive-webhook-in-local').toggle(!practice && isPrivateHost(outsideServer().hostname));
    },
    save(form, node) {
        // Once a secret was saved, its loss must not open the door; whoever takes it off in the dialog opens it again.
        const account = RED.nodes.node(box(form, 'account').val());
        const secured = box(form, 'secret').val() !== '' || account?.credentials?.has_webhookSecret === true;
        if (secured !== (node.secured === true)) node.secured = secured;
        const chosen = chosenEvents(eventsOf(node));
        if (chosen.length > 0 || node.events) node.events = chosen;
    },
};
