// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* Words and small signs. */

const namespace = '@missive-community/node-red-missive/missive-workbench';
const say = (key, values) => RED._(`${namespace}:${key}`, values);

/** The time of day; with the date where it is not today's. */
function clock(at) {
    const date = new Date(at);
    const today = new Date().toDateString() === date.toDateString();
    return today ? date.toLocaleTimeString() : date.toLocaleString();
}

/** Milliseconds, short. */
const span = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`);

/** An event's type as people say it; one that nobody knows stands as it is. */
function kindOf(event) {
    if (!event) return say('unknown');
    const known = say(`kind.${event}`);
    return known.endsWith(`kind.${event}`) ? event : known;
}

/** A call in words: "draft for tom@…", "labels changed on 3". */
function wordsOf({ what: { word, things, to, count } }) {
    const thing = things ? say(`thing.${things}`) : '';
    const named = thing.endsWith(`thing.${things}`) ? things : thing;
    const text = say(`call.${word}`, { things: named });
    return [text, to && say('call.to', { to }), count > 1 && `× ${count}`].filter(Boolean).join(' ');
}

/** A part of the page with a class and a text; whatever the text is, it is text. */
const part = (tag, name, text) =>
    $(`<${tag}>`)
        .addClass(name)
        .text(text ?? '');

const button = (icon, label, act) =>
    $('<button type="button" class="red-ui-button red-ui-button-small">')
        .append($('<i>').addClass(`fa fa-${icon}`), document.createTextNode(` ${label}`))
        .on('click', (event) => {
            event.stopPropagation();
            act();
        });
