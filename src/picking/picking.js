import { afterClick } from './after-click.js';
import { completionsFor } from './complete.js';
import { showHint } from './hints.js';
import { closePanel, openPanel } from './panel.js';
import { jsonataOf, pathOf } from './paths.js';
import { drawPreview } from './preview.js';
import { samplesFor } from './samples.js';

const style = document.createElement('link');
Object.assign(style, { rel: 'stylesheet', href: new URL('picking.css', import.meta.url).href });
document.head.append(style);

/**
 * What an open dialog can do with the messages that came: `pick` opens the tree beside a button and writes what was
 * picked into a row (`read()` and `write({ type, value })`), `show` writes the values below the rows.
 */
export function pickingFor({ node, say, rows, place, config, account, putBeside }) {
    const samples = samplesFor(node);
    let isOpen = true;
    const preview = place && drawPreview(place, samples, { node, say, config, account });
    const draw = () => {
        if (isOpen) for (const { row, read } of rows()) showHint(row, read(), samples.chosen(), say);
    };
    const show = () => afterClick(draw);
    const changed = () => {
        show();
        preview?.stale();
    };
    const loaded = samples.load().then(
        () => isOpen && show(),
        () => undefined,
    );
    return {
        async pick(button, { read, write, focus }) {
            await loaded;
            if (!isOpen) return;
            const pick = (keys) => {
                write(pickedInto(read(), keys));
                focus?.();
            };
            openPanel(button, samples, { say, pick, changed, putBeside });
        },
        async complete(text) {
            await loaded;
            return completionsFor(samples.chosen()?.msg ?? {}, text);
        },
        show() {
            show();
            preview?.stale();
        },
        end() {
            isOpen = false;
            closePanel();
        },
    };
}

/** An expression that somebody has begun goes on; everything else becomes the path. */
function pickedInto({ type, value, caret = value?.length ?? 0 }, keys) {
    const expression = type === 'jsonata' && value.trim() !== '' ? jsonataOf(keys) : undefined;
    if (expression === undefined) return { type: 'msg', value: pathOf(keys) };
    return { type, value: value.slice(0, caret) + expression + value.slice(caret) };
}
