/* What is special to the form of an account: the practice inbox, the test of the connection, what the limiter does. */

/** The Missive that the dialog leads to as it stands. The token that is stored is not in the browser: it stays blank. */
function placeInDialog(form, node) {
    const typed = box(form, 'token').val();
    const token = typed === '__PWRD__' ? '' : typed;
    return { account: node.id, connection: box(form, 'connection').val(), url: box(form, 'url').val(), token };
}

/** An e-mail draft needs a sender: the practice inbox has this one. */
const practiceSender = 'Harbor Bikes <shop@harborbikes.example>';

const isPractice = (form) => box(form, 'connection').val() === 'sandbox';

/** Says whose token it is, or what Missive says and what to do. */
async function testConnection(form, node) {
    const says = $('#missive-tested').removeClass('missive-well missive-ill').text(node._('testing'));
    const button = $('#missive-test').prop('disabled', true);
    const { user, organizations = [], error } = await askMissive('missive/test', placeInDialog(form, node));
    button.prop('disabled', false);
    if (error) {
        // Nothing was typed and nothing is stored: that is the one cause.
        const isBlank = error.code === 'ERR_MISSIVE_CONFIG' && box(form, 'token').val().trim() === '';
        says.addClass('missive-ill').text(isBlank ? node._('testedNoToken') : failureText(node, error));
        return;
    }
    const names = organizations.map(({ name }) => name).join(', ');
    const who = user
        ? node._('tested', { name: user.name, email: user.email ?? '' }).replace(' ()', '')
        : node._('testedNobody');
    const parts = [
        isPractice(form) ? node._('testedPractice') : who,
        organizations.length > 0 ? node._('testedOrganizations', { names }) : node._('testedNone'),
    ];
    says.addClass('missive-well').text(parts.join(' '));
    form.pickers.get('organization')?.reload();
}

/** Missive's own words, then what to do about it. */
function failureText(node, { said, code, message }) {
    const advice = code ? node._(`advice.${code}`) : message;
    const lead = code === 'ERR_MISSIVE_AUTH' ? `${node._('testedWrongToken')} ` : '';
    return said ? `${lead}${said.replace(/[.!?]?$/, '.')} ${advice}` : advice;
}

/** What the limiter of a deployed account does, once a second while its dialog is open. */
function followLimiter(node) {
    const panel = $('.missive-live');
    const look = () =>
        $.getJSON(`missive/limiter/${encodeURIComponent(node.id)}`)
            .done((state) => drawLimiter(node, panel, state))
            .fail(() => panel.hide());
    look();
    return setInterval(look, 1000);
}

function drawLimiter(node, panel, state) {
    // Not deployed yet, or without a token.
    if (!state) return panel.hide();
    const { windows, inFlight, waiting, queued, held, refused, sharing, instances } = state;
    panel
        .show()
        .children('.missive-bar')
        .each((at, bar) => {
            const { limit, span, used } = windows[at];
            const width = `${Math.min(100, (100 * used) / limit)}%`;
            $(bar)
                .toggleClass('missive-full', used >= limit)
                .find('i')
                .css('width', width);
            $(bar)
                .children('span')
                .text(node._('live.window', { minutes: span / 60000 }));
            $(bar).children('b').text(`${used} / ${limit}`);
        });
    const lanes = ['high', 'quick', 'normal', 'low']
        .filter((lane) => queued[lane] > 0)
        .map((lane) => `${node._(`live.lane.${lane}`)} ${queued[lane]}`);
    const parts = [
        node._('live.inFlight', { number: inFlight }),
        node._('live.waiting', { number: waiting }) + (lanes.length ? ` (${lanes.join(', ')})` : ''),
        held > 0 ? node._('live.held', { seconds: Math.ceil(held / 1000) }) : '',
        refused > 0 ? node._('live.refused', { number: refused }) : '',
        node._(`live.sharing.${sharing}`, { number: instances }),
    ];
    panel.children('p').text(parts.filter(Boolean).join(' · '));
    return undefined;
}

const barHtml = '<div class="missive-bar"><span></span><div><i></i></div><b></b></div>';
const testHtml = `<button type="button" class="red-ui-button" id="missive-test"><i class="fa fa-check-circle-o"></i> <span></span></button>
    <p id="missive-tested" role="status"></p>`;
const practiceHtml = `<p class="missive-about"></p>
    <a class="red-ui-button" id="missive-open-practice" href="missive/sandbox" target="_blank" rel="noopener"><i class="fa fa-external-link"></i> <span></span></a>
    <button type="button" class="red-ui-button" id="missive-show-me-here"><i class="fa fa-hand-o-right"></i> <span></span></button>
    <button type="button" class="red-ui-button" id="missive-go-live"><i class="fa fa-rocket"></i> <span></span></button>`;
const happensHtml =
    '<button type="button" class="red-ui-button red-ui-button-small" id="missive-happens"><i class="fa fa-inbox"></i> <span></span></button>';
const stepsHtml = '<div class="missive-steps" hidden><p></p><ol><li></li><li></li><li></li></ol></div>';

function drawAccount(form, node) {
    const own = (property) => $(`.missive-own[data-own="${property}"]`);
    own('practice').addClass('missive-practice').html(practiceHtml).children('.missive-about').text(node._('practice'));
    $('#missive-open-practice > span').text(node._('openPractice'));
    $('#missive-show-me-here > span').text(ours('word.showMe'));
    $('#missive-go-live > span').text(node._('goLive'));
    own('test').html(testHtml);
    $('#missive-test > span').text(node._('test'));
    own('live')
        .addClass('missive-live')
        .attr('aria-live', 'off')
        .html(`${barHtml}${barHtml}<p class="missive-hint"></p>${happensHtml}`);
    $('#missive-happens > span').text(node._('happens'));
    $('#missive-happens').on('click', () => RED.actions.invoke('missive:show-workbench'));
    const steps = $(stepsHtml).insertAfter(rowOf(form, 'connection'));
    steps.children('p').text(node._('steps.title'));
    for (const [place, step] of ['token', 'test', 'rule'].entries())
        steps
            .find('li')
            .eq(place)
            .text(node._(`steps.${step}`));
    box(form, 'name').attr('placeholder', node._('namePlaceholder'));
}

specials['missive-config'] = {
    label: (node) => node.name || node._(node.connection === 'sandbox' ? 'labelSandbox' : 'label'),
    place: placeInDialog,
    open(form, node) {
        drawAccount(form, node);
        const wasPractice = isPractice(form);
        $('#missive-test').on('click', () => testConnection(form, node));
        // A tour begins at the canvas: the dialogs close, as with Cancel.
        $('#missive-show-me-here')
            .toggle(Boolean(RED.missive.showMe))
            .on('click', () => {
                $('#node-config-dialog-cancel').trigger('click');
                setTimeout(() => {
                    $('#node-dialog-cancel:visible').trigger('click');
                    setTimeout(() => RED.missive.showMe(), 600);
                }, 600);
            });
        $('#missive-go-live').on('click', () => {
            box(form, 'connection').val('missive').trigger('change');
            box(form, 'token').trigger('focus');
        });
        box(form, 'connection').on('change', () =>
            $('.missive-steps').prop('hidden', !wasPractice || isPractice(form)),
        );
        // Node-RED says “change” when it has filled the dialog, too.
        let before = box(form, 'connection').val();
        box(form, 'connection').on('change', function () {
            if (this.value === before) return;
            before = this.value;
            const isBlank = box(form, 'from').val().trim() === '';
            if (isPractice(form) && isBlank) box(form, 'from').val(practiceSender);
            if (!isPractice(form) && box(form, 'from').val() === practiceSender) box(form, 'from').val('');
        });
        for (const property of ['connection', 'url', 'token'])
            box(form, property).on('change', () => {
                $('#missive-tested').text('');
                form.pickers.get('organization')?.reload();
            });
        clearInterval(form.following);
        form.following = followLimiter(node);
    },
    show(form, node) {
        const hint = isPractice(form) ? 'practiceSecret' : 'hint.webhookSecret';
        rowOf(form, 'webhookSecret').children('.missive-hint').removeAttr('data-i18n').text(node._(hint));
        const policy = rowOf(form, 'policy');
        if (policy.children('.missive-hint').length === 0) policy.append('<p class="missive-hint"></p>');
        policy.children('.missive-hint').text(node._(`policy.${box(form, 'policy').val()}`));
    },
    close(form) {
        clearInterval(form.following);
    },
};
