import { entriesOf, isBranch, pathOf, shortly } from './paths.js';

/* What can be typed after `msg.`: what the chosen message has, with its values. */

/** How many ways are looked through, and how many are shown. */
const [mostWays, mostShown] = [2000, 40];

/** The completions of a text: those that begin with it, then those that have it inside, the short ones first. */
export function completionsFor(msg, text) {
    const wanted = text.trim().toLowerCase();
    return waysIn(msg)
        .filter(({ path }) => path.toLowerCase().includes(wanted))
        .map((way) => ({ ...way, place: way.path.toLowerCase().indexOf(wanted) }))
        .sort((a, b) => a.place - b.place || depthOf(a) - depthOf(b))
        .slice(0, mostShown)
        .map(({ path, value }) => ({ value: path, label: lineOf(path, value) }));
}

const depthOf = ({ path }) => path.split(/[.[]/).length;

/** All ways into a message; of a list those into its first row. */
function waysIn(msg) {
    const ways = [];
    const look = (value, keys) => {
        const entries = Array.isArray(value) ? entriesOf(value).slice(0, 1) : entriesOf(value);
        for (const [key, each] of entries) {
            const path = pathOf([...keys, key]);
            if (path === undefined || path.startsWith('_') || ways.length >= mostWays) continue;
            ways.push({ path, value: each });
            if (isBranch(each)) look(each, [...keys, key]);
        }
    };
    look(msg, []);
    return ways;
}

function lineOf(path, value) {
    const line = $('<div class="missive-completion"></div>');
    $('<span class="red-ui-autoComplete-completion"></span>').text(path).appendTo(line);
    $('<span class="missive-completion-value"></span>').text(shortly(value, 40)).appendTo(line);
    return line;
}
