import { shortly } from './paths.js';

/* The value of a path in the chosen message, faintly below its row. */

/** Writes it, or takes it away; `usual` is the path that the row has by itself: that it leads nowhere says nothing. */
export function showHint(row, { type, value, usual }, sample, say) {
    const text = type === 'msg' && sample ? textOf(value, usual, sample, say) : '';
    let hint = row.children('.missive-seen');
    if (hint.length === 0 && text === '') return;
    if (hint.length === 0) {
        hint = $('<p class="missive-seen"></p>').appendTo(row);
        row.children('.missive-wrong').first().before(hint);
    }
    hint.text(text).prop('hidden', text === '');
}

function textOf(path, usual, { msg, kind }, say) {
    const value = valueAt(msg, path);
    const isExample = kind === 'example';
    if (value === undefined) return path === usual || path === '' ? '' : say(isExample ? 'absentExample' : 'absent');
    const text = shortly(value, 90);
    return isExample ? say('valueExample', { value: text }) : text;
}

function valueAt(msg, path) {
    try {
        return RED.utils.getMessageProperty(msg, path) ?? undefined;
    } catch (_error) {
        return undefined;
    }
}
