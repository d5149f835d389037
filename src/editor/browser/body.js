// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* A text of several lines: Node-RED's own editor for it, and how it will look. */

/** How the text of a row is written: the setting beside it, else HTML. */
function formatOf(form, property) {
    const [setting] = Object.entries(form.rows).find(([, { beside }]) => beside === property) ?? [];
    return setting ? box(form, setting).val() : form.fields[property].plain ? 'text' : 'html';
}

/** Opens the text editor. A box of one line would lose the line breaks: there they are ↵. */
function editLines(form, property, typed) {
    const format = formatOf(form, property);
    const options = {
        value: typed.value(),
        focus: true,
        complete: (text) => typed.value(text.replace(/\r?\n/g, '↵')),
    };
    if (format === 'markdown') RED.editor.editMarkdown(options);
    else RED.editor.editText({ ...options, mode: format === 'text' ? 'ace/mode/text' : 'ace/mode/html' });
}

/** How a text looks in Missive: without scripts, and with nothing that is fetched but pictures. */
function previewHtml(format, text) {
    const escaped = (plain) => $('<div></div>').text(plain).html().replace(/\n/g, '<br>');
    const body = format === 'markdown' ? RED.utils.renderMarkdown(text) : format === 'text' ? escaped(text) : text;
    return `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: https:">
        <style>body { margin: 8px 10px; font: 14px/1.45 sans-serif; color: #222; background: #fff; } p { margin: 0; }</style>${body}`;
}

/** A button that shows the preview below a row, and keeps it up to date. */
function preparePreview(form, property) {
    const row = rowOf(form, property);
    let frame;
    const button = $('<button type="button" class="missive-look"><i class="fa fa-eye"></i></button>')
        .attr({ title: ours('word.preview'), 'aria-label': ours('word.preview'), 'aria-expanded': 'false' })
        .prependTo(row.children('.missive-buttons'));
    const draw = () => {
        const text = box(form, property).val().replace(/↵/g, '\n');
        if (frame) frame.srcdoc = previewHtml(formatOf(form, property), text);
    };
    const hide = () => {
        frame?.remove();
        frame = undefined;
        button.attr('aria-expanded', 'false');
    };
    button.on('click', () => {
        if (frame) return hide();
        frame = document.createElement('iframe');
        frame.className = 'missive-preview';
        frame.title = ours('word.preview');
        frame.setAttribute('sandbox', '');
        draw();
        row[0].append(frame);
        button.attr('aria-expanded', 'true');
        return undefined;
    });
    const update = () => {
        const isText = box(form, `${property}Type`).val() === 'str';
        button.toggle(isText);
        if (!isText) hide();
        draw();
    };
    box(form, property).on('change keyup typedinputtypechange', update);
    for (const [setting, { beside }] of Object.entries(form.rows))
        if (beside === property) box(form, setting).on('change', draw);
    update();
}
