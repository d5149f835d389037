// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/*
 * What the help of an operation says of its rows, its outputs and its errors: all of it stands in the catalogues already.
 * The node's own help has the first sentences.
 */

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A sentence as HTML, with the properties of a message that it names set as code. */
const sentence = (text) => escaped(text).replace(/msg(\.\w+)+/g, '<code>$&</code>');

/** `say` gives a text of the node's catalogue, `ours` one of the plugin's. */
function helpHtml(form, say) {
    const fields = Object.entries(form.rows).filter(([, { kind }]) => kind);
    const settings = Object.entries(form.rows).filter(([, { draw }]) => draw === 'select');
    const [[property, row] = ['', {}]] = fields;
    const first = { field: say(`field.${row.word ?? property}`), key: row.key ?? property };
    const part = (section) =>
        helpList(fields.filter(([, each]) => each.section === section).map((each) => fieldHelp(form, say, each)));
    const codes = errorCodes.filter((code) => code !== 'ERR_MISSIVE_AMBIGUOUS' || form.rows.ambiguous);
    return [
        helpTitle(ours('help.inputs')),
        `<p>${sentence(ours('help.inputsText', first))}</p>`,
        part(undefined),
        ...(form.sections ?? []).map((section) => `<h4>${escaped(say(`section.${section}`))}</h4>\n${part(section)}`),
        settings.length > 0
            ? helpTitle(ours('help.settings')) + helpList(settings.map((each) => settingHelp(say, each)))
            : '',
        helpTitle(ours('help.outputs')),
        ...outputsHelp(form, say),
        helpTitle(ours('help.errors')),
        `<p>${sentence(ours('help.errorsText'))}</p>`,
        helpList(codes.map((code) => helpEntry(code, '', sentence(ours(`error.${code}`))))),
        `<p>${sentence(ours('help.causeText'))}</p>`,
        helpTitle(ours('help.example')),
        ...form.examples.map((each) => exampleHelp(say, each)),
    ].join('\n');
}

function fieldHelp(form, say, [property, row]) {
    const { kind, max, required, requiredBy = [], choices } = row;
    const word = row.word ?? property;
    const all = form.rows.resource?.choices ?? [];
    const own = row.of ?? all;
    const named = (each) => escaped(say(`choice.resource.${each}`));
    const isAlways = required || (requiredBy.length > 0 && requiredBy.length === own.length);
    const hint = row.quiet ? '' : say(`hint.${word}`);
    const rules = [
        own.length < all.length && `${ours('help.onlyFor')} ${own.map(named).join(', ')}.`,
        isAlways && ours('help.required'),
        !isAlways && requiredBy.length > 0 && `${ours('help.requiredFor')} ${requiredBy.map(named).join(', ')}.`,
        max && ours('help.max', { max }),
        kind === 'choice' &&
            choices &&
            `${ours('help.choices')} ${choices.map((each) => `<code>${escaped(each)}</code>`).join(', ')}.`,
    ].filter(Boolean);
    const says = [`<b>${escaped(say(`field.${word}`))}</b>${hint === '' ? '' : ` – ${sentence(hint)}`}`, ...rules].join(
        ' ',
    );
    return helpEntry(`payload.${row.key ?? property}`, ours(`kind.${takes(property, row)}`), says, !isAlways);
}

/** What a flow may give: names too, where they are looked up. */
function takes(property, { kind, key = property, list }) {
    if (key === 'id' || !list || isSearched(list)) return kind;
    return kind === 'picks' ? 'severalNamed' : kind === 'pick' ? 'named' : kind;
}

function settingHelp(say, [name, { choices }]) {
    const all = choices.map((choice, place) => {
        const text = escaped(say(`choice.${name}.${choice}`));
        return place === 0 ? `${text} (${ours('help.default')})` : text;
    });
    return helpEntry(
        escaped(say(`setting.${name}`)),
        '',
        `${sentence(say(`hint.${name}`))} ${ours('help.choices')} ${all.join(' · ')}.`,
    );
}

/** An example in and out; in a family one of each kind, under its title. */
function exampleHelp(say, { of, given, gives }) {
    const name = of === undefined ? '' : `<h4>${escaped(say(`choice.resource.${of}`))}</h4>\n`;
    const json = (payload) =>
        `<pre style="white-space: pre-wrap">msg.payload = ${escaped(JSON.stringify(payload, null, 2))}</pre>`;
    return `${name}<p>${ours('help.exampleIn')}</p>\n${json(given)}\n<p>${ours('help.exampleOut')}</p>\n${json(gives)}`;
}

const helpTitle = (text) => `<h3>${text}</h3>\n`;
const helpList = (all) => `<dl class="message-properties">\n${all.join('\n')}\n</dl>`;

function helpEntry(name, type, html, optional = false) {
    const kind = type === '' ? '' : ` <span class="property-type">${escaped(type)}</span>`;
    return `<dt${optional ? ' class="optional"' : ''}>${name}${kind}</dt>\n<dd>${html}</dd>`;
}

/** Completes what Node-RED shows as help, once; Node-RED may bring a node again. */
function completeHelp(form) {
    const say = (key) => RED._(`${packageName}${form.type}:${key}`);
    for (const script of document.querySelectorAll(`script[data-help-name="${form.type}"]:not([data-whole])`)) {
        script.setAttribute('data-whole', '');
        const whole = script.textContent + (form.examples ? helpHtml(form, say) : '');
        // Its style knows it by this.
        script.textContent = `${withCopying(withBrought(whole, form))}\n<i class="missive-help" hidden></i>`;
    }
}
