// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The card as it will look in Missive, drawn by the page's own script, and its JSON beside it. */

const pageFile = (name) => new URL(`missive/sidebar/page/${name}`, document.baseURI).href;

/** Draws the preview into a place. `card()` is what the dialog says now; `use(card)` fills the dialog from JSON. */
function cardPreview(node, place, { card, use, maySend }) {
    const say = (word, more) => node._(`preview.${word}`, more);
    const bar = $('<div class="missive-card-bar"><b></b></div>').appendTo(place);
    bar.children('b').text(say('title'));
    // In a root of its own: the dialog's style is not Missive's.
    const host = $('<div class="missive-card-look" id="missive-card-preview"></div>').appendTo(place);
    const root = host[0].attachShadow({ mode: 'open' });
    const sheet = document.createElement('link');
    Object.assign(sheet, { rel: 'stylesheet', href: pageFile('card.css') });
    const frame = $('<div class="sidebar" data-theme="light"></div>').css({
        ...{ background: 'var(--ground)', borderRadius: 'inherit', boxSizing: 'border-box' },
        ...{ minHeight: 'inherit', padding: '8px' },
    });
    root.append(sheet, frame[0]);
    const wrong = $('<p class="missive-wrong" id="missive-card-wrong" aria-live="polite"></p>').appendTo(place);
    $('<p class="missive-hint"></p>').text(say('notes')).appendTo(place);
    for (const theme of ['light', 'dark'])
        $('<button type="button" class="red-ui-button red-ui-button-small"></button>')
            .attr('data-theme-button', theme)
            .text(say(theme))
            .on('click', () => frame.attr('data-theme', theme))
            .appendTo(bar);
    const details = $('<details class="missive-card-source"><summary></summary></details>').appendTo(place);
    details.children('summary').text(say('json'));
    const json = $('<textarea rows="12" spellcheck="false" id="missive-card-json"></textarea>')
        .attr('aria-label', say('json'))
        .appendTo(details);
    const jsonWrong = $('<p class="missive-wrong"></p>').appendTo(details);
    $('<button type="button" class="red-ui-button red-ui-button-small" id="missive-card-use"></button>')
        .text(say('use'))
        .on('click', () => {
            try {
                use(JSON.parse(json.val()));
                jsonWrong.text('');
            } catch (error) {
                jsonWrong.text(say('broken', { reason: error.message }));
            }
        })
        .appendTo(details);

    let timer;
    let newest = 0;
    const refresh = async () => {
        const turn = ++newest;
        const now = card();
        if (!json.is(':focus')) json.val(JSON.stringify(now, null, 4));
        if (Object.keys(now).length === 0) {
            frame.empty().text(say('empty'));
            wrong.text('');
            return;
        }
        try {
            const [{ draw }, answer] = await Promise.all([
                import(pageFile('draw.js')),
                $.ajax({
                    ...{ url: 'missive/sidebar/preview', method: 'POST', contentType: 'application/json' },
                    data: JSON.stringify({ card: now, may_send: maySend() }),
                }),
            ]);
            if (turn !== newest) return;
            wrong.text(answer.error?.message ?? '');
            if (!answer.error) frame.empty().append(draw(answer.card, { language: RED.i18n.lang?.() ?? 'en' }));
        } catch (_error) {
            // Node-RED is not there for the moment: the card stays as it was.
        }
    };
    return {
        refresh() {
            clearTimeout(timer);
            timer = setTimeout(refresh, 250);
        },
        end() {
            clearTimeout(timer);
            newest += 1;
        },
    };
}
